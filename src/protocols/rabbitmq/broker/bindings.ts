import type { JsonObject, LineId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import { type FieldValue, type Table, typed } from '../amqp/index.ts';
import { broadcast } from './cluster/peers.ts';
import { type AmqpError, preconditionFailed } from './errors.ts';
import { headersPattern } from './headers.ts';
import type { DeclaredWhy, GoneWhy } from './reasons.ts';
import { type Binding, type Broker, type Exchange, topologyChanged } from './state.ts';
import { binaryTerm, valueTerm } from './terms.ts';
import { topicWords } from './topic.ts';

/** What a binding is asked to be: by a client's frame, or by a drawn line. */
export interface BindingRequest {
  readonly source: string;
  readonly destination: string;
  readonly toExchange: boolean;
  readonly key: string;
  readonly arguments: Table;
}

/** Arguments in order of their names and with their types: what makes two bindings the same one. */
export function identityOf(request: BindingRequest): string {
  const args = Object.keys(request.arguments)
    .sort()
    .map((name) => [name, typed(request.arguments[name] as FieldValue)]);
  return JSON.stringify([request.toExchange, request.destination, request.key, args]);
}

const KINDS = ['all', 'any', 'all-with-x', 'any-with-x'];

/** What a headers exchange refuses in a binding (rabbit_exchange_type_headers:validate_binding). */
export function checkBinding(exchange: Exchange, args: Table): AmqpError | undefined {
  const given = args['x-match'];
  if (exchange.type !== 'headers' || given === undefined) return undefined;
  const { type, value } = typed(given);
  if (type !== 'longstr') {
    return preconditionFailed(`Invalid x-match field type ${type} (value ${valueTerm({ type, value })}); expected longstr`);
  }
  if (KINDS.includes(value as string)) return undefined;
  const expected = 'expected all, any, all-with-x, or any-with-x';
  return preconditionFailed(`Invalid x-match field value ${binaryTerm(value as string)}; ${expected}`);
}

/** `at` and `data` of facts about a binding: the exchange it begins at. */
function tell(kind: string, exchange: Exchange, binding: Binding, why: string, x: Context): void {
  if (why === 'cluster') return;
  const at = exchange.part === '' ? x.wiring.self.id : exchange.part;
  const data: JsonObject = { exchange: binding.source, to: binding.destination, toExchange: binding.toExchange, key: binding.key };
  if (binding.lines.length === 0) x.fact(kind, at, 0, '', why, data);
  for (const line of binding.lines) x.fact(kind, at, 0, line, why, data);
}

/** Where each identity stands in a list of bindings. Handed on from list to list, so that a thousand bindings are not compared with one another. */
const placesByList = new WeakMap<readonly Binding[], Map<string, number>>();

function placesOf(bindings: readonly Binding[]): Map<string, number> {
  return placesByList.get(bindings) ?? new Map(bindings.map(({ identity }, index) => [identity, index]));
}

/** Binds, or finds that it is bound already. `lines`: the drawn lines that stand for it. */
export function bind(
  broker: Broker,
  exchange: Exchange,
  request: BindingRequest,
  lines: readonly LineId[],
  why: DeclaredWhy | 'cluster',
  x: Context,
): void {
  const identity = identityOf(request);
  const { bindings } = exchange;
  const places = placesOf(bindings);
  const index = places.get(identity) ?? bindings.length;
  const known = bindings[index];
  const fresh = known ? lines.filter((line) => !known.lines.includes(line)) : lines;
  if (known && fresh.length === 0) return;
  const binding: Binding = {
    ...request,
    identity,
    lines: known ? [...known.lines, ...fresh] : lines,
    words: exchange.type === 'topic' ? topicWords(request.key) : [],
    pattern: exchange.type === 'headers' ? headersPattern(request.arguments) : undefined,
  };
  // Lists are replaced, not changed: checkpoints share them.
  exchange.bindings = known ? bindings.with(index, binding) : [...bindings, binding];
  placesByList.delete(bindings);
  placesByList.set(exchange.bindings, places.set(identity, index));
  topologyChanged(broker);
  if (why !== 'cluster' && !known) broadcast(broker, { op: 'bind', request }, x);
  tell('binding.added', exchange, known ? { ...binding, lines: fresh } : binding, why, x);
}

/** Takes a binding away; nothing happens when there is none. True when there was one. */
export function unbind(broker: Broker, exchange: Exchange, request: BindingRequest, why: GoneWhy, x: Context): boolean {
  const identity = identityOf(request);
  const binding = exchange.bindings.find((candidate) => candidate.identity === identity);
  if (!binding) return false;
  dropBindings(broker, exchange, (candidate) => candidate === binding, why, x);
  return true;
}

/** Takes away the bindings of an exchange that a test names; true when there were some. */
export function dropBindings(
  broker: Broker,
  exchange: Exchange,
  isGone: (binding: Binding) => boolean,
  why: GoneWhy | 'cluster',
  x: Context,
): boolean {
  const gone = exchange.bindings.filter(isGone);
  if (gone.length === 0) return false;
  exchange.bindings = exchange.bindings.filter((binding) => !gone.includes(binding));
  topologyChanged(broker);
  for (const binding of gone) {
    if (why !== 'cluster') broadcast(broker, { op: 'unbind', request: binding }, x);
    tell('binding.removed', exchange, binding, why, x);
  }
  return true;
}

/** A drawn line goes: the binding goes with it, unless another line stands for the same one. */
export function unbindLine(broker: Broker, exchange: Exchange, line: LineId, why: GoneWhy, x: Context): boolean {
  const binding = exchange.bindings.find((candidate) => candidate.lines.includes(line));
  if (!binding) return false;
  if (binding.lines.length === 1) return dropBindings(broker, exchange, (candidate) => candidate === binding, why, x);
  const lines = binding.lines.filter((other) => other !== line);
  exchange.bindings = exchange.bindings.map((other) => (other === binding ? { ...binding, lines } : other));
  topologyChanged(broker);
  tell('binding.removed', exchange, { ...binding, lines: [line] }, why, x);
  return true;
}
