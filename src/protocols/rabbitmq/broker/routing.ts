import type { LineId, PartId } from '../../../base/index.ts';
import type { Context, Wiring } from '../../../engine/index.ts';
import { type AmqpMessage, type Table, typed } from '../amqp/index.ts';
import { ALTERNATE, IMPLICIT } from '../kinds.ts';
import { wayTo } from './cluster/peers.ts';
import { headersMatch, headersMismatch } from './headers.ts';
import type { RoutedData, RoutePlan, RouteStep } from './plan.ts';
import type { Mismatch } from './reasons.ts';
import type { Binding, Broker, Exchange } from './state.ts';
import { topicMatches, topicMismatch, topicWords } from './topic.ts';

/*
 * The routing decision of rabbit_exchange:route: every exchange that can be reached is asked once, a queue gets one copy
 * however many ways lead to it, and an exchange's alternate is asked only when none of its own bindings matched, whatever
 * lies behind those bindings.
 */

/** Decisions remembered for each exchange before the memory is emptied: keys may be without number. */
const REMEMBERED_MAX = 512;

const NO_HEADERS: Table = {};

/** What a message is routed by. */
interface RoutedBy {
  readonly keys: readonly string[];
  readonly words: readonly (readonly string[])[];
  readonly headers: Table;
}

/** Routing keys of CC or BCC: the texts in the list. */
function headerKeys(headers: Table, name: 'CC' | 'BCC'): readonly string[] {
  const given = headers[name];
  return Array.isArray(given) ? given.filter((key) => typeof key === 'string') : [];
}

/** Type of a CC or BCC header that is no list, which the broker refuses. */
export function wrongRoutingHeader(headers: Table | undefined): { readonly name: string; readonly type: string } | undefined {
  if (headers === undefined) return undefined;
  for (const name of ['CC', 'BCC'] as const) {
    const given = headers[name];
    if (given !== undefined && !Array.isArray(given)) return { name, type: typed(given).type };
  }
  return undefined;
}

function routedBy(message: AmqpMessage): RoutedBy {
  const headers = message.properties.headers ?? NO_HEADERS;
  const keys = [message.key, ...headerKeys(headers, 'CC'), ...headerKeys(headers, 'BCC'), ...(message.bcc ?? [])];
  return { keys, words: keys.map(topicWords), headers };
}

/** True when the key alone decides, so that the decision can be remembered. */
function isPlain(broker: Broker, message: AmqpMessage): boolean {
  const headers = message.properties.headers;
  if (message.bcc !== undefined) return false;
  if (headers === undefined) return true;
  if (headers['CC'] !== undefined || headers['BCC'] !== undefined) return false;
  for (const exchange of broker.exchanges.values()) if (exchange.type === 'headers' && exchange.bindings.length > 0) return false;
  return true;
}

/** What this exchange, and those behind it, decide for this message. */
export function planFor(
  broker: Broker,
  exchange: Exchange,
  message: AmqpMessage,
  x: Context,
  isAvoided?: (queue: string) => boolean,
): RoutePlan {
  if (isAvoided || !isPlain(broker, message)) return makePlan(broker, exchange, routedBy(message), x, isAvoided);
  let remembered = broker.routes.get(exchange.name);
  const known = remembered?.get(message.key);
  if (known) return known;
  if (remembered === undefined || remembered.size >= REMEMBERED_MAX) {
    remembered = new Map();
    broker.routes.set(exchange.name, remembered);
  }
  const plan = makePlan(broker, exchange, routedBy(message), x, undefined);
  remembered.set(message.key, plan);
  return plan;
}

/** Why a binding does not match, or undefined when it does. */
function mismatch(exchange: Exchange, binding: Binding, by: RoutedBy): Mismatch | undefined {
  switch (exchange.type) {
    case 'fanout':
      return undefined;
    case 'direct':
      if (by.keys.includes(binding.key)) return undefined;
      return { why: 'direct-differs', got: by.keys[0] as string, wanted: binding.key };
    case 'topic':
      if (by.words.some((words) => topicMatches(binding.words, words))) return undefined;
      return topicMismatch(binding.words, by.words[0] as readonly string[]);
    case 'headers':
      return binding.pattern && !headersMatch(binding.pattern, by.headers) ? headersMismatch(binding.pattern, by.headers) : undefined;
  }
}

/** Where an exchange sends a message, before what others decided is taken into account. */
interface Decision {
  readonly why: RoutePlan['why'];
  readonly targets: readonly { readonly name: string; readonly toExchange: boolean; readonly line: LineId }[];
  readonly matched: readonly LineId[];
  readonly unmatched: RoutedData['unmatched'];
}

function decide(exchange: Exchange, by: RoutedBy, wiring: Wiring): Decision {
  const targets: { name: string; toExchange: boolean; line: LineId }[] = [];
  const matched: LineId[] = [];
  const unmatched: { readonly [key: string]: string | number | boolean }[] = [];
  for (const binding of exchange.bindings) {
    const wrong = mismatch(exchange, binding, by);
    if (wrong === undefined) {
      targets.push({ name: binding.destination, toExchange: binding.toExchange, line: binding.lines[0] ?? '' });
      matched.push(...binding.lines);
    } else for (const line of binding.lines) unmatched.push({ line, ...wrong });
  }
  if (targets.length > 0) return { why: 'matched', targets, matched, unmatched };
  const { alternate } = exchange;
  if (alternate === undefined) return { why: 'unroutable', targets, matched, unmatched };
  const line = impliedLine(wiring, exchange.part, ALTERNATE);
  return { why: 'alternate', targets: [{ name: alternate, toExchange: true, line }], matched: line === '' ? [] : [line], unmatched };
}

function impliedLine(wiring: Wiring, from: PartId, kind: string): LineId {
  return from === '' ? '' : (wiring.lines.find((line) => line.from === from && line.kind === kind)?.id ?? '');
}

/** The default exchange: every queue is bound by its own name, and nothing else can be. */
function decideDefault(broker: Broker, exchange: Exchange, by: RoutedBy, wiring: Wiring): Decision {
  const keys = [...new Set(by.keys)].sort();
  const names = keys.filter((key) => broker.queues.has(key));
  const lines = exchange.part === '' ? [] : wiring.lines.filter((line) => line.from === exchange.part && line.kind === IMPLICIT);
  const nameOf = (line: { readonly to: PartId }) => wiring.part(line.to)?.name ?? '';
  const targets = names.map((name) => ({ name, toExchange: false, line: lines.find((line) => nameOf(line) === name)?.id ?? '' }));
  const matched = targets.flatMap(({ line }) => (line === '' ? [] : [line]));
  const unmatched = lines
    .filter((line) => !matched.includes(line.id))
    .map((line) => ({ line: line.id, why: 'direct-differs', got: by.keys[0] as string, wanted: nameOf(line) }));
  return { why: targets.length > 0 ? 'matched' : 'unroutable', targets, matched, unmatched };
}

/** A plan under construction: the exchange, and how many hops from the first. */
interface Stop {
  readonly exchange: Exchange;
  readonly depth: number;
  readonly steps: RouteStep[];
  readonly names: string[];
  decision: Decision | undefined;
}

/** What is known while a route is followed: every exchange is asked once, every queue reached once. */
interface Search {
  readonly broker: Broker;
  readonly x: Context;
  readonly stops: Stop[];
  readonly seen: Set<string>;
  readonly reached: Set<number>;
  readonly nexts: Map<RouteStep, Stop>;
  /** Queues that a dead message must not come back to. */
  readonly isAvoided: ((queue: string) => boolean) | undefined;
}

function makePlan(
  broker: Broker,
  first: Exchange,
  by: RoutedBy,
  x: Context,
  isAvoided: ((queue: string) => boolean) | undefined,
): RoutePlan {
  const { wiring } = x;
  const stops: Stop[] = [{ exchange: first, depth: 0, steps: [], names: [], decision: undefined }];
  const search: Search = {
    broker,
    x,
    stops,
    seen: new Set([first.name]),
    reached: new Set(),
    nexts: new Map(),
    isAvoided,
  };
  for (let i = 0; i < stops.length; i++) {
    const stop = stops[i] as Stop;
    const { exchange } = stop;
    // As somebody's alternate the default exchange reaches nothing: its bindings are only implied.
    const isDefault = exchange.name === '' && stop.depth === 0;
    stop.decision = isDefault ? decideDefault(broker, exchange, by, wiring) : decide(exchange, by, wiring);
    // Copies leave in falling order of the queues' names: the broker sorts the names, and turns the list round in sending.
    const targets = stop.decision.targets.toSorted((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
    for (const target of targets) {
      if (target.toExchange) goOn(search, stop, target);
      else reach(search, stop, target);
    }
  }
  return finish(stops[0] as Stop, search.nexts);
}

type Target = Decision['targets'][number];

/** The way leads on to another exchange. An alternate exchange may be missing: that is silent. */
function goOn({ broker, x, stops, seen, nexts }: Search, stop: Stop, { name, line }: Target): void {
  const exchange = broker.exchanges.get(name);
  if (!exchange || seen.has(name)) return;
  seen.add(name);
  const depth = stop.depth + 1;
  const step = { line, to: exchange.part || x.wiring.self.id, queue: 0, name, depth, next: undefined };
  const behind: Stop = { exchange, depth, steps: [], names: [], decision: undefined };
  stops.push(behind);
  nexts.set(step, behind);
  stop.steps.push(step);
}

/** The way ends at a queue. */
function reach({ broker, x, reached, isAvoided }: Search, stop: Stop, { name, line }: Target): void {
  const queue = broker.queues.get(name);
  if (!queue || isAvoided?.(name)) return;
  stop.names.push(queue.drawn || queue.name);
  if (reached.has(queue.id)) return;
  reached.add(queue.id);
  const way = wayTo(queue, line, x);
  stop.steps.push({ ...way, queue: queue.id, name, depth: stop.depth + 1, next: undefined });
}

/** Builds the tree from its leaves: plans never change once made. */
function finish(stop: Stop, nexts: ReadonlyMap<RouteStep, Stop>): RoutePlan {
  const steps = stop.steps.map((step) => {
    const behind = nexts.get(step);
    return behind ? { ...step, next: finish(behind, nexts) } : step;
  });
  const { why, matched, unmatched } = stop.decision as Decision;
  const queues = steps.flatMap((step) => (step.next ? step.next.queues : [step.queue]));
  const names = [...new Set([...stop.names, ...steps.flatMap((step) => step.next?.data.queues ?? [])])];
  return {
    exchange: stop.exchange.name,
    part: stop.exchange.part,
    why,
    data: { matched, unmatched, queues: names },
    steps,
    queues,
    deep: steps.some((step) => step.next !== undefined && step.next.queues.length > 0),
  };
}
