import type { PartId } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ClientFrame } from '../../amqp/index.ts';
import type { Wire } from '../channels.ts';
import { type AmqpError, amqpError, queueNamed } from '../errors.ts';
import type { RequeuedWhy } from '../reasons.ts';
import type { Settlement } from '../settle.ts';
import type { Broker, Channel, Entry, Queue, Unacked } from '../state.ts';
import type { ClusterFrame } from './frames.ts';
import { isLeaderless, sendAgain } from './parking.ts';
import { homeOf, tellNode } from './peers.ts';

/*
 * The node that a client is connected with, as far as its queues are elsewhere: it passes methods on, gives deliveries tags
 * of its own, and tells the homes when a channel ends.
 */

export function timedOut(queue: string): AmqpError {
  return amqpError('NOT_FOUND', `failed to perform operation on ${queueNamed(queue)} due to timeout`);
}

/** Passes a method on to the home of its queue, which answers through here. */
export function forward(
  broker: Broker,
  channel: Channel,
  queue: Queue,
  method: ClientFrame,
  wire: Wire,
  x: Context,
): AmqpError | undefined {
  const home = homeOf(queue, x);
  if (home !== x.wiring.self.id && !broker.reachable.has(home)) return timedOut(queue.name);
  const { prefetch } = channel;
  channel.homes.add(home);
  if (method.verb === 'basic.consume')
    channel.away.set(method.consumerTag, { queue: queue.name, method, prefetch, part: wire.from, line: wire.line });
  tellNode(
    home,
    { verb: 'cluster.call', client: channel.client, channel: channel.number, method, prefetch, from: wire.from, line: wire.line },
    x,
  );
  return undefined;
}

/** Tells the home of a queue which of its deliveries a client has settled. */
export function settleAway(broker: Broker, channel: Channel, queue: Queue, settled: readonly Unacked[], how: Settlement, x: Context): void {
  if (isLeaderless(broker, queue)) {
    channel.late = [...channel.late, ...settled.map((unacked) => ({ unacked, how }))];
    return;
  }
  const tags = settled.map(({ remoteTag }) => remoteTag);
  tellNode(homeOf(queue, x), { verb: 'cluster.settle', client: channel.client, channel: channel.number, queue: queue.name, tags, how }, x);
}

/** The channel ends: so do its shadows. */
export function leaveHomes(channel: Channel, why: RequeuedWhy, x: Context): void {
  for (const home of channel.homes) tellNode(home, { verb: 'cluster.gone', client: channel.client, channel: channel.number, why }, x);
  channel.homes.clear();
  channel.away.clear();
}

/** The channel of a client that is connected here, if it still stands. */
export function channelOf(broker: Broker, client: PartId, number: number): Channel | undefined {
  const channel = broker.connections.get(client)?.channels.get(number);
  return channel === undefined || channel.closing ? undefined : channel;
}

/** Where a frame to a client begins: at this node's end of its line. */
export function hereOn(line: string, x: Context): PartId {
  const self = x.wiring.self.id;
  const drawn = x.wiring.line(line);
  const end = drawn && [drawn.from, drawn.to].find((part) => x.wiring.nodeOf(part) === self);
  return end ?? self;
}

/** What a home has to say to a client. Deliveries get the next tag of the channel. */
export function hearRelay(broker: Broker, given: ClusterFrame & { readonly verb: 'cluster.relay' }, x: Context): void {
  const { client, to, line, keeps, queue, seq } = given;
  const channel = channelOf(broker, client, given.channel);
  if (channel === undefined) return;
  let { frame } = given;
  if (frame.verb === 'basic.deliver' || frame.verb === 'basic.get-ok') {
    const tag = channel.nextTag++;
    const { message, redelivered, deliveryTag: remoteTag } = frame;
    const consumerTag = frame.verb === 'basic.deliver' ? frame.consumerTag : undefined;
    const entry: Entry = { seq, message, redelivered, expiry: 0, rank: 0, returns: 0 };
    if (keeps) channel.unacked.push({ tag, entry, queue: broker.queues.get(queue)?.id ?? 0, consumerTag, remoteTag, since: x.now });
    frame = { ...frame, deliveryTag: tag };
  } else if (frame.verb === 'basic.cancel') channel.away.delete(frame.consumerTag);
  x.send(hereOn(line, x), to, line, frame);
}

/** A replicated queue has another leader: it hears which of its consumers and deliveries are here. */
export function attach(broker: Broker, queue: Queue, x: Context): void {
  const home = homeOf(queue, x);
  sendAgain(queue, x);
  for (const { channels } of broker.connections.values())
    for (const channel of channels.values()) if (!channel.closing) attachChannel(broker, channel, queue, home, x);
}

function attachChannel(broker: Broker, channel: Channel, queue: Queue, home: string, x: Context): void {
  const isQuorum = queue.type === 'quorum';
  const consumers = [...channel.away.values()].filter((consumer) => consumer.queue === queue.name);
  const isCancelled = (tag: string) => !isQuorum && channel.away.get(tag)?.method.arguments['x-cancel-on-ha-failover'] === true;
  for (const { method, part, line } of consumers) {
    if (!isCancelled(method.consumerTag)) continue;
    x.send(hereOn(line, x), part, line, { verb: 'basic.cancel', channel: channel.number, consumerTag: method.consumerTag } as ClientFrame);
  }
  const staying = consumers.filter(({ method }) => !isCancelled(method.consumerTag));
  for (const { method } of consumers) if (!staying.some((one) => one.method === method)) channel.away.delete(method.consumerTag);
  const own = channel.unacked.slice(channel.head).filter((unacked) => unacked.queue === queue.id && unacked.remoteTag > 0);
  // A mirror knows nothing of deliveries: it hands everything out again, and acknowledgements of the old ones are ignored.
  if (!isQuorum && own.length > 0)
    channel.unacked = channel.unacked.map((unacked) => (own.includes(unacked) ? { ...unacked, queue: 0 } : unacked));
  const late = isQuorum ? channel.late.filter(({ unacked }) => unacked.queue === queue.id) : [];
  channel.late = channel.late.filter((one) => !late.includes(one));
  const outstanding = [...own, ...late.map(({ unacked }) => unacked)];
  const held = isQuorum ? outstanding.map(({ remoteTag, entry, consumerTag }) => ({ tag: remoteTag, seq: entry.seq, consumerTag })) : [];
  if (staying.length === 0 && held.length === 0) return;
  channel.homes.add(home);
  tellNode(
    home,
    { verb: 'cluster.attach', client: channel.client, channel: channel.number, queue: queue.name, consumers: staying, held },
    x,
  );
  for (const { unacked, how } of late) settleAway(broker, channel, queue, [unacked], how, x);
}
