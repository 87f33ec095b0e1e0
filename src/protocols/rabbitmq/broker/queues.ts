import type { JsonObject, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BasicCancel, QueueDeclare, Table } from '../amqp/index.ts';
import { policyFor } from '../policy/policies.ts';
import { checkQueueArguments, compareQueueArguments, inequivalent, typeOf } from './arguments.ts';
import { formGroup } from './cluster/group.ts';
import { broadcast } from './cluster/peers.ts';
import { noteGone } from './cluster/replicate.ts';
import { type AmqpError, amqpError, lockedQueue, noQueue, preconditionFailed, queueNamed, reservedName } from './errors.ts';
import { removeBindingsTo, withoutBreaks } from './exchanges.ts';
import { touch } from './expiry.ts';
import { noteDeclared } from './omissions.ts';
import { placeOf } from './place.ts';
import type { DeclaredWhy, GoneWhy } from './reasons.ts';
import { rulesOf } from './rules.ts';
import { type Broker, type Channel, type Consumer, type Queue, readyCount, topologyChanged } from './state.ts';
import { takeAll } from './store.ts';
import { tellClient } from './tell.ts';

export interface QueueRequest {
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly owner: PartId;
  readonly arguments: Table;
}

export function newQueue(broker: Broker, request: QueueRequest, part: PartId): Queue {
  const type = typeOf(request.arguments);
  return {
    ...request,
    id: broker.nextId++,
    type,
    singleActive: request.arguments['x-single-active-consumer'] === true,
    rules: rulesOf(request.arguments, policyFor(broker.policies, type, request.name), broker.version),
    ttlTimer: 0,
    ttlAt: 0,
    expiresTimer: 0,
    part,
    drawn: part,
    home: '',
    kept: [],
    nextHop: 1,
    group: undefined,
    ready: [],
    head: 0,
    nextSeq: 1,
    unacked: 0,
    active: [],
    holder: undefined,
    desks: [],
    consumers: 0,
    hadConsumers: false,
    slotAt: 0,
    delivered: 0,
    discarded: 0,
    isRefusing: false,
  };
}

/** Makes a queue that is not there yet. */
export function addQueue(broker: Broker, request: QueueRequest, part: PartId, why: DeclaredWhy, x: Context): Queue {
  const queue = newQueue(broker, request, part);
  broker.queues.set(queue.name, queue);
  broker.queueById.set(queue.id, queue);
  topologyChanged(broker);
  const data: JsonObject = { kind: 'queue', name: queue.name, durable: queue.durable, exclusive: queue.owner !== '' };
  x.fact('place.declared', placeOf(queue, x), 0, '', why, data);
  noteDeclared(queue, x);
  touch(queue, x);
  broadcast(broker, { op: 'queue', request, drawn: part, home: x.wiring.self.id, term: 0, isAbsent: false }, x);
  formGroup(broker, queue, x);
  return queue;
}

const DROPPED = { outcome: 'dropped' } as const;

/**
 * A queue goes, with all that is in it, and nothing is dead-lettered. Its consumers are told; what they hold can no longer
 * be acknowledged, and trying so is ignored.
 */
export function removeQueue(broker: Broker, queue: Queue, why: GoneWhy, x: Context): void {
  broker.queues.delete(queue.name);
  broker.queueById.delete(queue.id);
  if (queue.ttlAt > 0) x.forget(queue.ttlTimer);
  if (queue.expiresTimer > 0) x.forget(queue.expiresTimer);
  topologyChanged(broker);
  const at = placeOf(queue, x);
  x.fact('place.deleted', at, 0, '', why, { kind: 'queue', name: queue.name });
  for (const { message } of takeAll(queue)) x.fact('message.settled', at, message.id, '', 'deleted', DROPPED);
  for (const { channel } of queue.type === 'stream' ? [] : queue.desks) {
    for (let i = channel.head; i < channel.unacked.length; i++) {
      const unacked = channel.unacked[i];
      if (unacked?.queue === queue.id) x.fact('message.settled', at, unacked.entry.message.id, '', 'deleted', DROPPED);
    }
  }
  removeBindingsTo(broker, queue.name, false, 'deleted', x);
  for (const desk of queue.desks) {
    desk.channel.desks = desk.channel.desks.filter((other) => other !== desk);
    cancelConsumers(queue, desk.channel, x);
  }
  broadcast(broker, { op: 'queue-gone', name: queue.name }, x);
}

function cancelConsumers(queue: Queue, channel: Channel, x: Context): void {
  const own = [...channel.consumers.values()].filter((consumer) => consumer.queue === queue);
  own.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  for (const consumer of own) {
    channel.consumers.delete(consumer.tag);
    tellConsumerGone(consumer, 'deleted', x);
    if (channel.closing) continue;
    const frame: BasicCancel = { verb: 'basic.cancel', channel: channel.number, consumerTag: consumer.tag };
    tellClient(channel, queue, { to: consumer.part, line: consumer.line, frame, seq: 0, keeps: false }, x);
  }
}

export function tellConsumerGone(consumer: Consumer, why: GoneWhy, x: Context): void {
  x.fact('consumer.cancelled', placeOf(consumer.queue, x), 0, consumer.line, why, { consumer: consumer.part });
}

/** An auto-delete queue that has had consumers goes with the last one. */
export function isDone(queue: Queue): boolean {
  return queue.autoDelete && queue.hadConsumers && queue.consumers === 0;
}

/** An exclusive queue is its connection's alone. */
export function checkAccess(queue: Queue, client: PartId): AmqpError | undefined {
  return queue.owner === '' || queue.owner === client ? undefined : lockedQueue(queue.name);
}

/** The queue that a client may use, or why it may not. */
export function accessibleQueue(broker: Broker, name: string, client: PartId): Queue | AmqpError {
  const queue = broker.queues.get(name);
  return queue ? (checkAccess(queue, client) ?? queue) : noQueue(name);
}

export function isQueue(result: Queue | AmqpError): result is Queue {
  return 'ready' in result;
}

function compare(queue: Queue, request: QueueRequest): AmqpError | undefined {
  if (queue.owner !== request.owner) return lockedQueue(queue.name);
  const where = queueNamed(queue.name);
  if (queue.durable !== request.durable) return inequivalent('durable', where, `'${request.durable}'`, `'${queue.durable}'`);
  if (queue.autoDelete !== request.autoDelete) {
    return inequivalent('auto_delete', where, `'${request.autoDelete}'`, `'${queue.autoDelete}'`);
  }
  return compareQueueArguments(where, queue.arguments, request.arguments);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A name as the broker makes them, from its own random stream. */
export function generatedName(prefix: string, x: Context): string {
  let name = `${prefix}-`;
  for (let i = 0; i < 22; i++) name += LETTERS.charAt(x.random(LETTERS.length));
  return name;
}

/**
 * queue.declare, but for the pseudo-queue of direct replies. `partOf` finds the drawn part of a name ('' if none).
 * @returns the queue, or why it is refused.
 */
export function declareQueue(
  broker: Broker,
  frame: QueueDeclare,
  client: PartId,
  partOf: (name: string) => PartId,
  x: Context,
): Queue | AmqpError {
  const given = withoutBreaks(frame.queue);
  if (frame.passive) return accessibleQueue(broker, given, client);
  if (given.startsWith('amq.')) return reservedName('queue', given);
  const name = given === '' ? generatedName('amq.gen', x) : given;
  const { autoDelete, exclusive } = frame;
  // An exclusive queue dies with its connection; the broker takes it as not durable whatever is asked.
  const request = { name, durable: frame.durable && !exclusive, autoDelete, owner: exclusive ? client : '', arguments: frame.arguments };
  const known = broker.queues.get(name);
  if (known) {
    const wrong = compare(known, request);
    if (!wrong) touch(known, x);
    return wrong ?? known;
  }
  const wrong = checkQueueArguments(name, frame.arguments) ?? checkProperties(request);
  return wrong ?? addQueue(broker, request, partOf(given), 'client', x);
}

/** Replicated queues are durable and everybody's (rabbit_queue_type_util). */
function checkProperties({ name, durable, autoDelete, owner, arguments: args }: QueueRequest): AmqpError | undefined {
  if (typeOf(args) === 'classic') return undefined;
  const property = autoDelete ? 'auto-delete' : owner !== '' ? 'exclusive-owner' : durable ? undefined : 'non-durable';
  return property === undefined ? undefined : preconditionFailed(`invalid property '${property}' for ${queueNamed(name)}`);
}

/** queue.purge: ready messages only. */
export function purge(queue: Queue, why: 'client' | 'operator', x: Context): number {
  const at = placeOf(queue, x);
  const gone = takeAll(queue);
  x.fact('place.purged', at, 0, '', why, { count: gone.length });
  for (const entry of gone) {
    noteGone(queue, entry, x);
    x.fact('message.settled', at, entry.message.id, '', 'purged', DROPPED);
  }
  return gone.length;
}

/** queue.delete. What is not there is deleted already; the count is of ready messages. */
export function checkDelete(queue: Queue, ifUnused: boolean, ifEmpty: boolean): AmqpError | undefined {
  if (queue.type === 'quorum' && (ifUnused || ifEmpty)) {
    const flag = ifUnused ? 'if-unused' : 'if-empty';
    return amqpError(
      'NOT_IMPLEMENTED',
      `cannot delete ${queueNamed(queue.name)}. queue.delete operations with ${flag} flag set are not supported by quorum queues`,
    );
  }
  if (ifEmpty && readyCount(queue) > 0) return preconditionFailed(`${queueNamed(queue.name)} not empty`);
  if (ifUnused && queue.consumers > 0) return preconditionFailed(`${queueNamed(queue.name)} in use`);
  return undefined;
}
