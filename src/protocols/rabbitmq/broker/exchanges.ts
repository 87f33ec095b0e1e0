import type { PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import { type ExchangeDeclare, type Table, typed } from '../amqp/index.ts';
import { compareArgument, inequivalent } from './arguments.ts';
import { dropBindings } from './bindings.ts';
import { broadcast } from './cluster/peers.ts';
import {
  type AmqpError,
  amqpError,
  defaultExchangeRefused,
  exchangeNamed,
  noExchange,
  preconditionFailed,
  reservedName,
} from './errors.ts';
import { alternateOf } from './policies.ts';
import type { DeclaredWhy, GoneWhy } from './reasons.ts';
import { type Broker, type Exchange, type ExchangeType, topologyChanged } from './state.ts';

const TYPES: readonly string[] = ['direct', 'fanout', 'topic', 'headers'];

/** Exchanges that every virtual host has from the start. */
const PREDECLARED: readonly (readonly [string, ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
  ['amq.topic', 'topic'],
];

export interface ExchangeRequest {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
}

export function predeclare(broker: Broker): void {
  for (const [name, type] of PREDECLARED) {
    if (!broker.exchanges.has(name)) {
      broker.exchanges.set(
        name,
        makeExchange(broker, { name, type, durable: true, autoDelete: false, internal: false, arguments: {} }, ''),
      );
    }
  }
}

export function makeExchange(broker: Broker, request: ExchangeRequest, part: PartId): Exchange {
  const alternate = alternateOf(broker.policies, request.name, request.arguments);
  return { ...request, alternate, part, bindings: [], published: 0, unroutable: 0 };
}

export function isPredeclared(name: string): boolean {
  return PREDECLARED.some(([known]) => known === name);
}

/** Makes an exchange that is not there yet. */
export function addExchange(broker: Broker, request: ExchangeRequest, part: PartId, why: DeclaredWhy, x: Context): Exchange {
  const exchange = makeExchange(broker, request, part);
  broker.exchanges.set(request.name, exchange);
  topologyChanged(broker);
  const { name, type, durable } = request;
  broadcast(broker, { op: 'exchange', request }, x);
  x.fact('place.declared', part === '' ? x.wiring.self.id : part, 0, '', why, { kind: 'exchange', name, type, durable });
  return exchange;
}

/** An exchange goes, with its bindings; bindings that led to it go too, and auto-delete exchanges left without any. */
export function removeExchange(broker: Broker, exchange: Exchange, why: GoneWhy, x: Context): void {
  broker.exchanges.delete(exchange.name);
  topologyChanged(broker);
  dropBindings(broker, exchange, () => true, 'deleted', x);
  x.fact('place.deleted', exchange.part === '' ? x.wiring.self.id : exchange.part, 0, '', why, { kind: 'exchange', name: exchange.name });
  removeBindingsTo(broker, exchange.name, true, 'deleted', x);
  broadcast(broker, { op: 'exchange-gone', name: exchange.name }, x);
}

/** Takes away all bindings to a place that goes. */
export function removeBindingsTo(broker: Broker, name: string, toExchange: boolean, why: GoneWhy, x: Context): void {
  for (const exchange of [...broker.exchanges.values()]) {
    const leads = dropBindings(broker, exchange, (b) => b.destination === name && b.toExchange === toExchange, why, x);
    if (leads) removeIfUnbound(broker, exchange, x);
  }
}

/** An auto-delete exchange goes when its last binding has gone, not before its first. */
export function removeIfUnbound(broker: Broker, exchange: Exchange, x: Context): void {
  if (!exchange.autoDelete || exchange.bindings.length > 0 || broker.exchanges.get(exchange.name) !== exchange) return;
  removeExchange(broker, exchange, 'auto-delete', x);
}

function checkAlternate(name: string, args: Table): AmqpError | undefined {
  const alternate = args['alternate-exchange'];
  if (alternate === undefined || typed(alternate).type === 'longstr') return undefined;
  return preconditionFailed(`invalid type '${typed(alternate).type}' for arg 'alternate-exchange' in ${exchangeNamed(name)}`);
}

/** What a second declaration asks for must be what is there. */
function compare(exchange: Exchange, request: ExchangeRequest): AmqpError | undefined {
  const where = exchangeNamed(exchange.name);
  if (exchange.type !== request.type) return inequivalent('type', where, `'${request.type}'`, `'${exchange.type}'`);
  const flags = [
    ['durable', exchange.durable, request.durable],
    ['auto_delete', exchange.autoDelete, request.autoDelete],
    ['internal', exchange.internal, request.internal],
  ] as const;
  for (const [key, now, asked] of flags) if (now !== asked) return inequivalent(key, where, `'${asked}'`, `'${now}'`);
  return compareArgument('alternate-exchange', where, exchange.arguments, request.arguments);
}

/** exchange.declare. `part`: the drawn part of that name. */
export function declareExchange(broker: Broker, frame: ExchangeDeclare, part: PartId, x: Context): AmqpError | undefined {
  const name = withoutBreaks(frame.exchange);
  if (frame.passive) {
    if (name === '') return defaultExchangeRefused();
    return broker.exchanges.has(name) ? undefined : noExchange(name);
  }
  if (!TYPES.includes(frame.type)) return amqpError('COMMAND_INVALID', `unknown exchange type '${frame.type}'`);
  if (name === '') return defaultExchangeRefused();
  const { durable, autoDelete, internal } = frame;
  const request = { name, type: frame.type as ExchangeType, durable, autoDelete, internal, arguments: frame.arguments };
  const known = broker.exchanges.get(name);
  if (known) return compare(known, request);
  if (name.startsWith('amq.')) return reservedName('exchange', name);
  const wrong = checkAlternate(name, frame.arguments);
  if (wrong) return wrong;
  addExchange(broker, request, part, 'client', x);
  return undefined;
}

/** exchange.delete. What is not there is deleted already. */
export function deleteExchange(broker: Broker, given: string, ifUnused: boolean, x: Context): AmqpError | undefined {
  const name = withoutBreaks(given);
  if (name === '') return defaultExchangeRefused();
  if (name.startsWith('amq.')) return amqpError('ACCESS_REFUSED', `deletion of system ${exchangeNamed(name)} not allowed`);
  const exchange = broker.exchanges.get(name);
  if (!exchange) return undefined;
  if (ifUnused && exchange.bindings.length > 0) return preconditionFailed(`${exchangeNamed(name)} in use`);
  removeExchange(broker, exchange, 'client', x);
  return undefined;
}

/** The broker strips line breaks from names. */
export function withoutBreaks(name: string): string {
  return name.replaceAll(/[\r\n]/g, '');
}
