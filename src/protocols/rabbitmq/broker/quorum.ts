import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';
import { noteReturned } from './cluster/replicate.ts';
import { die } from './death.ts';
import { placeOf } from './place.ts';
import type { RequeuedWhy } from './reasons.ts';
import { type Entry, type Queue, readyCount } from './state.ts';
import { insert, positionOf } from './store.ts';

/*
 * What a quorum queue (rabbit_fifo) does otherwise than a classic one: it counts how often a message came back, gives up
 * after a delivery limit, and has its own rule for where a returned message goes.
 */

/** Below this part of its limit a queue that refused publications takes them again (rabbit_fifo's LOW_LIMIT). */
const LOW_LIMIT = 0.8;

/**
 * Deliveries come back, in order of delivery. With a delivery limit, or when a consumer has gone, they stand before all
 * others; a consumer that puts one back in a queue without a limit sends it to the very end.
 */
export function takeBack(queue: Queue, entries: readonly Entry[], why: RequeuedWhy, x: Context): void {
  const { deliveryLimit } = queue.rules;
  const toTheEnd = deliveryLimit < 0 && (why === 'rejected' || why === 'recovered');
  for (const entry of entries) {
    const returns = entry.returns + 1;
    if (deliveryLimit >= 0 && returns > deliveryLimit) {
      die(queue, entry, 'delivery_limit', x);
      continue;
    }
    const back: Entry = { ...entry, seq: queue.nextSeq++, rank: toTheEnd ? 0 : 1, redelivered: true, returns };
    insert(queue, back);
    noteReturned(queue, entry, back, x);
    x.fact('message.requeued', placeOf(queue, x), entry.message.id, '', why, { ahead: positionOf(queue, back), returns });
  }
}

/** The message as it is handed out: a quorum queue says how often it has come back. A fetched one says so even the first time. */
export function asDelivered(queue: Queue, { message, returns }: Entry, isFetched: boolean): AmqpMessage {
  if (queue.type !== 'quorum' || (returns === 0 && !isFetched)) return message;
  const { properties } = message;
  return { ...message, properties: { ...properties, headers: { ...properties.headers, 'x-delivery-count': returns } } };
}

/** Whether a quorum queue with x-overflow reject-publish takes no more: it stops one too late, and starts again only when it has emptied. */
export function isRefusing(queue: Queue): boolean {
  const { maxLength } = queue.rules;
  if (queue.isRefusing && maxLength >= 0 && readyCount(queue) <= Math.trunc(maxLength * LOW_LIMIT)) queue.isRefusing = false;
  return queue.isRefusing;
}
