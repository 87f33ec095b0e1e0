import type { Context } from '../../../engine/index.ts';
import type { BasicDeliver } from '../amqp/index.ts';
import { awaitAck } from './awaitAck.ts';
import { seatOf } from './cluster/peers.ts';
import { noteGone, noteOut } from './cluster/replicate.ts';
import { die } from './death.ts';
import { dropExpired, dropOverflow } from './expiry.ts';
import { placeOf } from './place.ts';
import { asDelivered, takeBack } from './quorum.ts';
import type { RequeuedWhy, TurnWhy } from './reasons.ts';
import { ensureDesk, nextConsumer, unblock } from './rotation.ts';
import { type Channel, type Consumer, type Desk, type Entry, type Queue, readyCount, type Unacked } from './state.ts';
import { inQueueOrder, positionOf, putBack, takeHead } from './store.ts';
import { runStream } from './stream.ts';
import { tellClient } from './tell.ts';

const AUTO_ACKED = { outcome: 'acked' } as const;

/** Hands out ready messages as long as some consumer can take one. */
export function runQueue(queue: Queue, x: Context): void {
  if (queue.type === 'stream') {
    runStream(queue, (consumer, unacked) => keep(consumer.channel, consumer.desk, unacked, x), x);
    return;
  }
  while (readyCount(queue) > 0) {
    const consumer = nextConsumer(queue);
    if (consumer === undefined) return;
    handOver(queue, consumer, x);
  }
}

function turnWhy(queue: Queue, consumer: Consumer): TurnWhy {
  if (queue.singleActive) return 'turn-single-active';
  if (consumer.exclusive) return 'turn-exclusive';
  if (queue.consumers === 1) return 'turn-only';
  const { active } = queue;
  const last = active[active.length - 1] as Consumer;
  if (last.priority < consumer.priority) return 'turn-priority';
  return active.length === 1 ? 'turn-free' : 'turn-next';
}

function handOver(queue: Queue, consumer: Consumer, x: Context): void {
  const { channel, line, part } = consumer;
  const at = placeOf(queue, x);
  const entry = takeHead(queue);
  const { message, redelivered } = entry;
  const tag = channel.nextTag++;
  consumer.desk.unsent = (consumer.desk.unsent + 1) % 50;
  queue.delivered++;
  if (!consumer.noAck)
    keep(channel, consumer.desk, { tag, entry, queue: queue.id, consumerTag: consumer.tag, remoteTag: 0, since: x.now }, x);
  x.fact('message.delivered', at, message.id, line, turnWhy(queue, consumer), { consumer: part, tag, redelivered });
  const frame: BasicDeliver = {
    verb: 'basic.deliver',
    channel: channel.number,
    consumerTag: consumer.tag,
    deliveryTag: tag,
    redelivered,
    message: asDelivered(queue, entry, false),
  };
  // Mostly the client is connected here.
  if (channel.relay === '') x.send(seatOf(queue, x), part, line, frame);
  else tellClient(channel, queue, { to: part, line, frame, seq: entry.seq, keeps: !consumer.noAck }, x);
  if (consumer.noAck) noteGone(queue, entry, x);
  if (consumer.noAck) x.fact('message.settled', at, message.id, '', 'auto-acked', AUTO_ACKED);
  dropExpired(queue, x);
}

/** Records a delivery that waits for its acknowledgement. */
export function keep(channel: Channel, desk: Desk, unacked: Unacked, x: Context): void {
  channel.unacked.push(unacked);
  noteOut(desk.queue, unacked.entry, channel.relay, x);
  if (channel.ackTimer === 0) awaitAck(channel, 0, x);
  desk.unacked++;
  desk.queue.unacked++;
}

/** Gives back the credit of settled deliveries; true when a consumer may take part again because of it. */
export function returnCredit(desk: Desk, settled: readonly Unacked[]): boolean {
  desk.unacked -= settled.length;
  desk.queue.unacked -= settled.length;
  let freed = false;
  for (const { consumerTag } of settled) {
    const consumer = consumerTag === undefined ? undefined : desk.channel.consumers.get(consumerTag);
    if (consumer === undefined || consumer.desk !== desk || consumer.credit < 0) continue;
    if (consumer.credit === 0) freed = true;
    consumer.credit++;
  }
  return freed && unblock(desk);
}

const ACKED = { outcome: 'acked' } as const;

/** Deliveries of one queue and consumer are done with: acknowledged, or rejected for good. */
export function forgetDeliveries(desk: Desk, settled: readonly Unacked[], why: 'acked' | 'rejected', x: Context): void {
  const { queue } = desk;
  const at = placeOf(queue, x);
  const freed = returnCredit(desk, settled);
  if (queue.type === 'stream') {
    runQueue(queue, x);
    return;
  }
  for (const { entry } of settled) {
    if (why === 'acked') noteGone(queue, entry, x);
    if (why === 'acked') x.fact('message.settled', at, entry.message.id, '', why, ACKED);
    else die(queue, entry, 'rejected', x);
  }
  if (freed) runQueue(queue, x);
}

/** Deliveries go back to their places, and the queue hands out what it can. */
export function requeueDeliveries(desk: Desk, settled: readonly Unacked[], why: RequeuedWhy, x: Context): void {
  returnCredit(desk, settled);
  requeueEntries(
    desk.queue,
    settled.map((unacked) => unacked.entry),
    why,
    x,
  );
}

export function requeueEntries(queue: Queue, entries: readonly Entry[], why: RequeuedWhy, x: Context): void {
  if (queue.type === 'quorum') takeBack(queue, entries, why, x);
  else if (queue.type === 'classic') putInPlace(queue, entries, why, x);
  dropOverflow(queue, x);
  dropExpired(queue, x);
  runQueue(queue, x);
}

function putInPlace(queue: Queue, entries: readonly Entry[], why: RequeuedWhy, x: Context): void {
  const inOrder = isInOrder(entries) ? entries : entries.slice().sort(inQueueOrder);
  putBack(queue, inOrder);
  const at = placeOf(queue, x);
  for (const entry of inOrder) x.fact('message.requeued', at, entry.message.id, '', why, { ahead: positionOf(queue, entry) });
}

function isInOrder(entries: readonly Entry[]): boolean {
  return entries.every((entry, i) => i === 0 || inQueueOrder(entries[i - 1] as Entry, entry) < 0);
}

/** basic.get: takes the message at the head for a channel, outside every rotation. */
export function fetchOne(
  channel: Channel,
  queue: Queue,
  noAck: boolean,
  x: Context,
): { readonly entry: Entry; readonly tag: number } | undefined {
  if (readyCount(queue) === 0) return undefined;
  const entry = takeHead(queue);
  const tag = channel.nextTag++;
  queue.delivered++;
  if (noAck) noteGone(queue, entry, x);
  else keep(channel, ensureDesk(channel, queue), { tag, entry, queue: queue.id, consumerTag: undefined, remoteTag: 0, since: x.now }, x);
  dropExpired(queue, x);
  return { entry, tag };
}
