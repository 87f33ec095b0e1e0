import type { PartId } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ClientRequest } from '../../frames.ts';
import { brokersOf, controlWay, servingBrokers, type Way } from '../../routes.ts';
import { REQUEST_TIMEOUT, SETUP_TIMEOUT } from './settings.ts';
import type { Life, Pending } from './state.ts';

interface More {
  readonly way?: Way | undefined;
  readonly timeout?: number;
  readonly purpose?: string;
}

/**
 * Sends a request, which has the client's next number, to a broker along its way, or along the one given. Returns the number,
 * or 0 when the broker can't be reached. Times are µs.
 */
export function ask(state: Life, node: number, frame: ClientRequest, x: Context, more: More = {}): number {
  const part = brokersOf(x.wiring).get(node);
  const way = more.way ?? controlWay(x.wiring, node);
  if (!part || !way || state.unreachable.has(part.id)) return 0;
  const { correlation } = frame;
  state.nextCorrelation++;
  const { timeout = REQUEST_TIMEOUT, purpose = '' } = more;
  state.requests.push({ node, part: part.id, frame, sentAt: x.now, deadline: x.now + timeout, purpose });
  x.send(x.wiring.self.id, way.to, way.line, frame);
  return correlation;
}

/** Asks a broker, whichever it is, for what all of them know. Returns 0 when none can be reached. */
export function askAny(state: Life, request: ClientRequest, x: Context): number {
  const node = anyBroker(state, x);
  const part = brokersOf(x.wiring).get(node);
  // A process that is not there refuses at once; where nothing answers at all the set-up times out.
  return part ? ask(state, node, request, x, { timeout: state.connected.has(part.id) ? REQUEST_TIMEOUT : SETUP_TIMEOUT }) : 0;
}

/** Brokers that are up as far as it knows come first; it stays with one that answers. */
function anyBroker(state: Life, x: Context): number {
  const nodes = bootstrap(state, x);
  const up = nodes.filter((node) => state.metadata?.brokers.includes(node));
  const choice = up.length > 0 ? up : nodes;
  return choice[state.turn % Math.max(1, choice.length)] ?? -1;
}

function bootstrap(state: Life, x: Context): readonly number[] {
  const nodes: number[] = [];
  for (const [node, part] of servingBrokers(x.wiring)) if (!state.unreachable.has(part.id) && controlWay(x.wiring, node)) nodes.push(node);
  return nodes;
}

export function isReachable(state: Life, node: number, x: Context): boolean {
  const part = brokersOf(x.wiring).get(node);
  return part !== undefined && !state.unreachable.has(part.id);
}

/** A request of this kind that is out, to this node if one is given. */
export function pendingRequest(state: Life, verb: string, node?: number): Pending | undefined {
  for (const pending of state.requests) if (pending.frame.verb === verb && (node === undefined || pending.node === node)) return pending;
  return undefined;
}

/** Forgets the requests of this kind: their answers are not waited for any more. */
export function dropRequests(state: Life, verb: string): void {
  take(state, ({ frame }) => frame.verb === verb);
}

/** The request that an answer belongs to; undefined when it was given up. */
export function takeAnswered(state: Life, correlation: number): Pending | undefined {
  const { requests } = state;
  let at = 0;
  while (at < requests.length && requests[at]?.frame.correlation !== correlation) at++;
  const pending = requests[at];
  if (!pending) return undefined;
  requests.splice(at, 1);
  state.connected.add(pending.part);
  return pending;
}

/** The connection with a broker has ended; its requests, which will not be answered. */
export function disconnect(state: Life, part: PartId): readonly Pending[] {
  state.unreachable.add(part);
  state.connected.delete(part);
  return take(state, (pending) => pending.part === part);
}

const NONE: readonly Pending[] = [];

/** Requests that have waited too long. */
export function takeExpired(state: Life, now: number): readonly Pending[] {
  // Mostly there is none.
  for (const { deadline } of state.requests) if (deadline <= now) return take(state, (pending) => pending.deadline <= now);
  return NONE;
}

function take(state: Life, isMeant: (pending: Pending) => boolean): readonly Pending[] {
  const { requests } = state;
  const taken = requests.filter(isMeant);
  for (const pending of taken) requests.splice(requests.indexOf(pending), 1);
  return taken;
}

export function nextDeadline(state: Life): number {
  let next = Infinity;
  for (const { deadline } of state.requests) if (deadline < next) next = deadline;
  return next;
}
