import type { Context } from '../../../engine/index.ts';
import { type BasicDeliver, type FieldValue, type Table, typed } from '../amqp/index.ts';
import { type AmqpError, amqpError, preconditionFailed, queueNamed } from './errors.ts';
import { placeOf } from './place.ts';
import type { Channel, Consumer, Entry, Queue, Unacked } from './state.ts';
import { tellClient } from './tell.ts';

/*
 * Streams: a log that reading does not empty. Every consumer has an offset of its own and gets message after message as far
 * as its prefetch goes; an acknowledgement only gives credit back.
 */

/** Why a stream refuses a consumer. */
export function refusedByStream(queue: Queue, channel: Channel, noAck: boolean): AmqpError | undefined {
  const name = queueNamed(queue.name);
  if (channel.prefetch === 0) return preconditionFailed(`consumer prefetch count is not set for '${name}'`);
  if (noAck) return amqpError('NOT_IMPLEMENTED', `automatic acknowledgement not supported by stream queues ${name}`);
  return undefined;
}

/** Where a new consumer begins (x-stream-offset): by default behind all that is there. */
export function firstOffset(queue: Queue, args: Table): number {
  const given = args['x-stream-offset'];
  if (given === undefined) return queue.ready.length;
  const { value } = typed(given as FieldValue);
  if (value === 'first') return 0;
  if (value === 'last') return Math.max(0, queue.ready.length - 1);
  return typeof value === 'number' ? Math.max(0, value) : queue.ready.length;
}

/** Lets every consumer read on as far as its credit goes. */
export function runStream(queue: Queue, keep: (consumer: Consumer, unacked: Unacked) => void, x: Context): void {
  for (const consumer of queue.active) {
    while (consumer.credit > 0 && consumer.offset < queue.ready.length) {
      consumer.credit--;
      readOne(queue, consumer, keep, x);
    }
  }
}

function readOne(queue: Queue, consumer: Consumer, keep: (consumer: Consumer, unacked: Unacked) => void, x: Context): void {
  const { channel, part, line } = consumer;
  const offset = consumer.offset++;
  const entry = queue.ready[offset] as Entry;
  const tag = channel.nextTag++;
  queue.delivered++;
  keep(consumer, { tag, entry, queue: queue.id, consumerTag: consumer.tag, remoteTag: 0, since: x.now });
  const at = placeOf(queue, x);
  x.fact('message.read', at, entry.message.id, line, '', { consumer: part, tag, offset });
  const { properties } = entry.message;
  const headers = { ...properties.headers, 'x-stream-offset': offset };
  const frame: BasicDeliver = {
    verb: 'basic.deliver',
    channel: channel.number,
    consumerTag: consumer.tag,
    deliveryTag: tag,
    redelivered: false,
    message: { ...entry.message, properties: { ...properties, headers } },
  };
  tellClient(channel, queue, { to: part, line, frame, seq: entry.seq, keeps: true }, x);
}
