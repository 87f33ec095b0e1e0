import type { PartId } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import { endChannel, openChannel, type Wire } from '../channels.ts';
import { addConsumer, tellStarted } from '../consume.ts';
import { keep, requeueEntries, runQueue } from '../dispatch.ts';
import { handleMethod } from '../methods.ts';
import { ensureDesk } from '../rotation.ts';
import { settleAll, takeTags } from '../settle.ts';
import type { Broker, Channel, Connection, Group, Queue } from '../state.ts';
import { insert } from '../store.ts';
import type { ClusterFrame, HeldDelivery } from './frames.ts';
import { seatOf, tellNode } from './peers.ts';

/*
 * The node that has a queue, as far as its clients are connected elsewhere: each of their channels has a shadow here, which
 * the queue treats like any other channel.
 */

type Of<Verb extends ClusterFrame['verb']> = ClusterFrame & { readonly verb: Verb };

function shadowConnection(broker: Broker, front: NodeId, client: PartId): Connection {
  const key = `${front} ${client}`;
  const known = broker.shadows.get(key);
  if (known) return known;
  const connection: Connection = { client, line: '', id: broker.nextId++, closing: false, channels: new Map() };
  broker.shadows.set(key, connection);
  return connection;
}

function shadowOf(broker: Broker, front: NodeId, client: PartId, number: number): Channel {
  const connection = shadowConnection(broker, front, client);
  return connection.channels.get(number) ?? openChannel(broker, connection, number, front);
}

export function hearCall(
  broker: Broker,
  front: NodeId,
  { client, channel: number, method, prefetch, from, line }: Of<'cluster.call'>,
  x: Context,
): void {
  const channel = shadowOf(broker, front, client, number);
  channel.prefetch = prefetch;
  const queue = 'queue' in method ? broker.queues.get(method.queue) : undefined;
  const wire: Wire = { client, from, to: queue ? seatOf(queue, x) : x.wiring.self.id, line, relay: { node: front, channel: number } };
  const error = handleMethod(broker, channel, method, wire, x);
  if (error) tellNode(front, { verb: 'cluster.refuse', client, channel: number, error, from, line }, x);
}

export function hearSettle(broker: Broker, front: NodeId, { client, channel: number, tags, how }: Of<'cluster.settle'>, x: Context): void {
  const channel = broker.shadows.get(`${front} ${client}`)?.channels.get(number);
  if (channel) settleAll(broker, channel, takeTags(channel, tags), how, x);
}

export function hearGone(broker: Broker, front: NodeId, { client, channel: number, why }: Of<'cluster.gone'>, x: Context): void {
  const connection = broker.shadows.get(`${front} ${client}`);
  const channel = connection?.channels.get(number);
  if (!connection || !channel) return;
  endChannel(broker, connection, channel, why, x);
  if (connection.channels.size === 0) broker.shadows.delete(`${front} ${client}`);
}

/** A front is gone, and all channels of its clients with it. */
export function dropFront(broker: Broker, front: NodeId, x: Context): void {
  for (const [key, connection] of [...broker.shadows]) {
    if (!key.startsWith(`${front} `)) continue;
    broker.shadows.delete(key);
    for (const channel of [...connection.channels.values()]) endChannel(broker, connection, channel, 'connection-closed', x);
  }
  for (const queue of broker.queues.values()) {
    const lost = queue.group?.limbo.filter((one) => one.front === front) ?? [];
    if (lost.length > 0) leaveLimbo(queue, front, x);
  }
}

/** Consumers and deliveries that a new leader hears of from their front. */
export function hearAttach(broker: Broker, front: NodeId, given: Of<'cluster.attach'>, x: Context): void {
  const queue = broker.queues.get(given.queue);
  if (queue?.home !== '') return;
  const channel = shadowOf(broker, front, given.client, given.channel);
  for (const { method, prefetch, part, line } of given.consumers) {
    if (channel.consumers.has(method.consumerTag)) continue;
    channel.prefetch = prefetch;
    const wire: Wire = { client: given.client, from: part, to: seatOf(queue, x), line, relay: { node: front, channel: given.channel } };
    const consumer = addConsumer(channel, queue, method, wire, x);
    tellStarted(queue, consumer, x);
  }
  for (const held of given.held) holdAgain(queue, channel, held, x);
  leaveLimbo(queue, front, x);
}

function holdAgain(queue: Queue, channel: Channel, { tag, seq, consumerTag }: HeldDelivery, x: Context): void {
  const group = queue.group as Group;
  const found = group.limbo.find(({ entry }) => entry.seq === seq);
  if (!found) return;
  group.limbo = group.limbo.filter((other) => other !== found);
  const desk = ensureDesk(channel, queue);
  keep(channel, desk, { tag, entry: found.entry, queue: queue.id, consumerTag, remoteTag: 0, since: x.now }, x);
  channel.nextTag = Math.max(channel.nextTag, tag + 1);
  const consumer = consumerTag === undefined ? undefined : channel.consumers.get(consumerTag);
  if (consumer && consumer.credit > 0) consumer.credit--;
}

/** What this front's clients held and have not claimed comes back. */
export function leaveLimbo(queue: Queue, front: NodeId, x: Context): void {
  const { group } = queue;
  if (!group) return;
  const lost = group.limbo.filter((one) => one.front === front);
  group.limbo = group.limbo.filter((one) => one.front !== front);
  const entries = lost.map(({ entry }) => entry);
  if (entries.length > 0) requeueEntries(queue, entries, 'connection-closed', x);
  else runQueue(queue, x);
}

/** The entries of a replica become the queue of a new leader. */
export function fillQueue(queue: Queue, entries: readonly { readonly entry: Queue['ready'][number]; readonly isOut: boolean }[]): void {
  queue.ready = [];
  queue.head = 0;
  for (const { entry, isOut } of entries) {
    if (!isOut) insert(queue, entry);
    queue.nextSeq = Math.max(queue.nextSeq, entry.seq + 1);
  }
}
