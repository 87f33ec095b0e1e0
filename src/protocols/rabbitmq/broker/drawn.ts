import type { LineId, PartId } from '../../../base/index.ts';
import type { Context, Line, Part } from '../../../engine/index.ts';
import { argumentsOf, type BindingConfig, type QueueConfig } from '../configs.ts';
import { BINDING, EXCHANGE, QUEUE } from '../kinds.ts';
import { policiesOf } from '../policy/policies.ts';
import { type BindingRequest, bind, identityOf, unbindLine } from './bindings.ts';
import { broadcast, peersOf } from './cluster/peers.ts';
import { addExchange, isPredeclared, predeclare, removeExchange, removeIfUnbound } from './exchanges.ts';
import { permissionsOf } from './permissions.ts';
import { takePolicies } from './policies.ts';
import { addQueue, removeQueue } from './queues.ts';
import type { DeclaredWhy } from './reasons.ts';
import { type Broker, type Exchange, type ExchangeType, type Queue, topologyChanged } from './state.ts';

/*
 * The drawing, as an operator's definitions file: what is drawn inside the broker is declared when it boots, and follows
 * the drawing while it runs. Exclusive and server-named queues are their clients' to declare.
 */

interface ExchangeConfig {
  readonly type: ExchangeType | 'default';
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly alternate: string;
}

/** The name that the broker knows a drawn part by: the default exchange's is empty. */
function brokerName(part: Part, x: Context): string {
  return part.kind === EXCHANGE && x.config<ExchangeConfig>(part.id).type === 'default' ? '' : part.name;
}

/** The drawn part that a client's declaration means: the one it was sent to, or the one of that name. */
export function drawnPart(kind: string, name: string, to: PartId, x: Context): PartId {
  const target = x.wiring.part(to);
  if (target?.kind === kind && (name === '' || brokerName(target, x) === name)) return to;
  if (name === '') return '';
  return x.wiring.places.find((part) => part.kind === kind && brokerName(part, x) === name)?.id ?? '';
}

/** Declares all that is drawn and not there yet: at boot, and after a restart. */
export function declareDrawn(broker: Broker, x: Context): void {
  broker.peers = peersOf(x);
  ownPolicies(broker, x);
  predeclare(broker);
  const { places, lines } = x.wiring;
  for (const part of places) if (part.kind === EXCHANGE) declareExchange(broker, part, 'booted', x);
  for (const part of places) if (part.kind === QUEUE) declareQueue(broker, part, 'booted', x);
  for (const line of lines) if (line.kind === BINDING) bindLine(broker, line, 'booted', x);
}

/** Policies that are configured on this node; those of the others come on top. */
function ownPolicies(broker: Broker, x: Context): void {
  const node = x.wiring.self.id;
  const config = x.config(node);
  broker.version = String(config['version'] ?? '3.10');
  broker.permissions = permissionsOf(config['permissions']);
  const policies = policiesOf(config);
  takePolicies(broker, node, policies, x);
  broadcast(broker, { op: 'policies', node, policies }, x);
}

function declareExchange(broker: Broker, part: Part, why: DeclaredWhy, x: Context): void {
  const name = brokerName(part, x);
  const known = broker.exchanges.get(name);
  if (known) {
    adopt(broker, known, part.id);
    if (isPredeclared(name)) x.fact('place.declared', part.id, 0, '', why, { kind: 'exchange', name, type: known.type, durable: true });
    return;
  }
  const { type, durable, autoDelete, internal, alternate } = x.config<ExchangeConfig>(part.id);
  const args = alternate === '' ? {} : { 'alternate-exchange': alternate };
  addExchange(broker, { name, type: type as ExchangeType, durable, autoDelete, internal, arguments: args }, part.id, why, x);
}

function adopt(broker: Broker, place: Exchange | Queue, part: PartId): void {
  if (place.part === part) return;
  place.part = part;
  if ('drawn' in place) place.drawn = part;
  topologyChanged(broker);
}

function declareQueue(broker: Broker, part: Part, why: DeclaredWhy, x: Context): void {
  const config = x.config<QueueConfig>(part.id);
  const { durable, exclusive, autoDelete } = config;
  const known = broker.queues.get(part.name);
  if (known) adopt(broker, known, part.id);
  // What the others have to decide about is not made anew.
  else if (!exclusive && part.name !== '' && !broker.absent.has(part.name))
    addQueue(broker, { name: part.name, durable, autoDelete, owner: '', arguments: argumentsOf(config) }, part.id, why, x);
}

function placeNamed(broker: Broker, part: Part | undefined): Exchange | Queue | undefined {
  if (part === undefined) return undefined;
  const places: ReadonlyMap<string, Exchange | Queue> = part.kind === EXCHANGE ? broker.exchanges : broker.queues;
  const drawnAs = (place: Exchange | Queue) => ('drawn' in place ? place.drawn : place.part);
  // All but the default exchange and what was just renamed have the name that they are drawn with.
  const named = places.get(part.name);
  if (named && drawnAs(named) === part.id) return named;
  for (const place of places.values()) if (drawnAs(place) === part.id) return place;
  return undefined;
}

/** What a drawn binding asks for, when both its ends are there. */
function lineRequest(
  broker: Broker,
  line: Line,
  x: Context,
): { readonly exchange: Exchange; readonly request: BindingRequest } | undefined {
  const target = x.wiring.part(line.to);
  const exchange = placeNamed(broker, x.wiring.part(line.from)) as Exchange | undefined;
  const destination = placeNamed(broker, target);
  // The default exchange takes no bindings.
  if (!exchange || !destination || exchange.name === '') return undefined;
  const { key, headers, xMatch } = x.config<BindingConfig>(line.id);
  const args = exchange.type === 'headers' ? { ...headers, 'x-match': xMatch } : {};
  return {
    exchange,
    request: { source: exchange.name, destination: destination.name, toExchange: target?.kind === EXCHANGE, key, arguments: args },
  };
}

export function bindLine(broker: Broker, line: Line, why: DeclaredWhy, x: Context): void {
  const found = lineRequest(broker, line, x);
  if (found) bind(broker, found.exchange, found.request, [line.id], why, x);
}

/** Drawn lines that stand for a binding that a client asks for. */
export function linesFor(broker: Broker, request: BindingRequest, x: Context): readonly LineId[] {
  const from = broker.exchanges.get(request.source)?.part;
  const to = request.toExchange ? broker.exchanges.get(request.destination)?.part : broker.queues.get(request.destination)?.drawn;
  if (!from || !to) return [];
  const identity = identityOf(request);
  return x.wiring.lines
    .filter((line) => line.kind === BINDING && line.from === from && line.to === to)
    .filter((line) => identityOf(lineRequest(broker, line, x)?.request ?? request) === identity)
    .map((line) => line.id);
}

/** A place or line of this broker joined, left or was reconfigured. */
export function followDrawing(broker: Broker, change: 'joined' | 'left' | 'reconfigured', id: PartId | LineId, x: Context): void {
  // Implied lines and the lines to clients are part of remembered decisions and replies.
  topologyChanged(broker);
  const line = x.wiring.line(id);
  const part = x.wiring.part(id);
  if (id === x.wiring.self.id) ownPolicies(broker, x);
  else if (change === 'left') {
    dropLine(broker, id, x);
    dropPlace(broker, id, x);
  } else if (part?.kind === EXCHANGE || part?.kind === QUEUE) {
    if (change === 'reconfigured') dropPlace(broker, id, x);
    if (part.kind === EXCHANGE) declareExchange(broker, part, 'operator', x);
    else declareQueue(broker, part, 'operator', x);
    for (const own of x.wiring.lines) if (own.kind === BINDING && (own.from === id || own.to === id)) bindLine(broker, own, 'operator', x);
  } else if (line?.kind === BINDING) {
    if (change === 'reconfigured') replaceLine(broker, line, x);
    else bindLine(broker, line, 'operator', x);
  }
}

/** Another key or other headers: an auto-delete exchange does not go in between. */
function replaceLine(broker: Broker, line: Line, x: Context): void {
  const found = lineRequest(broker, line, x);
  if (!found) return;
  const { exchange, request } = found;
  const old = exchange.bindings.find((binding) => binding.lines.includes(line.id));
  if (old?.identity === identityOf(request)) return;
  if (old) unbindLine(broker, exchange, line.id, 'operator', x);
  bind(broker, exchange, request, [line.id], 'operator', x);
}

function dropLine(broker: Broker, id: LineId, x: Context): void {
  for (const exchange of [...broker.exchanges.values()]) {
    if (unbindLine(broker, exchange, id, 'operator', x)) removeIfUnbound(broker, exchange, x);
  }
}

/** A drawn place goes; what the broker always has stays, only undrawn. */
function dropPlace(broker: Broker, id: PartId, x: Context): void {
  for (const exchange of [...broker.exchanges.values()]) {
    if (exchange.part !== id) continue;
    if (isPredeclared(exchange.name)) adopt(broker, exchange, '');
    else removeExchange(broker, exchange, 'operator', x);
  }
  for (const queue of [...broker.queues.values()]) if (queue.part === id) removeQueue(broker, queue, 'operator', x);
}
