import { type Micros, micros, utf8Length } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';
import { die } from './death.ts';
import { type Entry, type Queue, readyCount } from './state.ts';
import { takeHead } from './store.ts';

/*
 * Time to live. A message expires at the head of its queue only: one behind a longer-lived message stays, and counts, until
 * it gets there.
 */

/** When a message stored now expires; 0 = never. Of the queue's and the message's own time to live the shorter holds. */
export function expiryOf(queue: Queue, message: AmqpMessage, x: Context): number {
  const { expiration } = message.properties;
  const own = expiration === undefined ? -1 : Number(expiration) * 1_000;
  const { ttl } = queue.rules;
  if (own < 0 && ttl < 0) return 0;
  const lives = own < 0 ? ttl : ttl < 0 ? own : Math.min(own, ttl);
  // 0 stands for never, so what expires at the very beginning of the run does so a moment later.
  return Math.max(1, x.now + lives);
}

function headOf(queue: Queue): Entry | undefined {
  return queue.ready[queue.head];
}

/** Whatever has expired at the head is gone; the queue wakes up when the next one will have. */
export function dropExpired(queue: Queue, x: Context): void {
  for (let head = headOf(queue); head && head.expiry > 0 && head.expiry <= x.now; head = headOf(queue)) {
    takeHead(queue);
    die(queue, head, 'expired', x);
  }
  const next = headOf(queue)?.expiry ?? 0;
  if (next === queue.ttlAt) return;
  if (queue.ttlAt > 0) x.forget(queue.ttlTimer);
  queue.ttlAt = next;
  if (next > 0) queue.ttlTimer = x.wake({ name: 'ttl', queue: queue.id }, micros(next - x.now) as Micros);
}

/** x-expires: from now on a queue without consumers has this long. Called whenever it is used. */
export function touch(queue: Queue, x: Context): void {
  if (queue.rules.expires < 0) return;
  if (queue.expiresTimer > 0) x.forget(queue.expiresTimer);
  queue.expiresTimer = queue.consumers > 0 ? 0 : x.wake({ name: 'expire', queue: queue.id }, micros(queue.rules.expires) as Micros);
}

function readyBytes(queue: Queue): number {
  let bytes = 0;
  for (let i = queue.head; i < queue.ready.length; i++) bytes += utf8Length((queue.ready[i] as Entry).message.body);
  return bytes;
}

/** Whether one more message would be too many. */
export function wouldOverflow(queue: Queue, message: AmqpMessage): boolean {
  const { maxLength, maxBytes } = queue.rules;
  if (maxLength >= 0 && readyCount(queue) + 1 > maxLength) return true;
  return maxBytes >= 0 && readyBytes(queue) + utf8Length(message.body) > maxBytes;
}

/** What is too many goes from the head. */
export function dropOverflow(queue: Queue, x: Context): void {
  if (queue.rules.overflow !== 'drop-head' || queue.type === 'stream') return;
  while (readyCount(queue) > 0 && isOverfull(queue)) die(queue, takeHead(queue), 'maxlen', x);
}

/** Whether more is ready than the queue may hold. */
export function isOverfull(queue: Queue): boolean {
  const { maxLength, maxBytes } = queue.rules;
  if (maxLength < 0 && maxBytes < 0) return false;
  return (maxLength >= 0 && readyCount(queue) > maxLength) || (maxBytes >= 0 && readyBytes(queue) > maxBytes);
}
