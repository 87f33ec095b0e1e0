import type { Context, NodeId } from '../../../engine/index.ts';
import type { BasicAck, BasicNack } from '../amqp/index.ts';
import { tellNode } from './cluster/peers.ts';
import type { Publisher } from './plan.ts';
import type { Broker, Channel } from './state.ts';

/*
 * Publisher confirms: a publication is confirmed when every queue that gets a copy has taken it, and refused when one refuses.
 */

/** One queue fewer has to take its copy before the publisher hears of it. */
export function taken(broker: Broker, publisher: Publisher, x: Context): void {
  const { seqNo } = publisher;
  if (tellFront(publisher, true, x)) return;
  const channel = channelOf(broker, publisher);
  if (!channel) return;
  const left = (channel.unconfirmed.get(seqNo) ?? 0) - 1;
  if (left > 0) channel.unconfirmed.set(seqNo, left);
  else if (channel.unconfirmed.delete(seqNo)) confirm(channel, seqNo, x);
}

/** The publisher hears that a queue has not taken its message. */
export function refused(broker: Broker, publisher: Publisher, x: Context): void {
  if (tellFront(publisher, false, x)) return;
  const channel = channelOf(broker, publisher);
  if (!channel?.unconfirmed.delete(publisher.seqNo)) return;
  const frame: BasicNack = {
    verb: 'basic.nack',
    channel: channel.number,
    deliveryTag: publisher.seqNo,
    multiple: false,
    requeue: false,
  };
  x.send(channel.publishedTo, channel.client, channel.publishedOn, frame);
}

/** When the publisher is connected with another node, that one is told. */
function tellFront({ front, client, channel, seqNo }: Publisher, isTaken: boolean, x: Context): boolean {
  if (front === x.wiring.self.id) return false;
  tellNode(front, { verb: 'cluster.taken', client, channel, seqNo, isTaken }, x);
  return true;
}

/** A home has taken its copy of a publication, or refused it; `isTaken` of a lost home is true, as for a deleted queue. */
export function hearTaken(broker: Broker, home: NodeId, publisher: Publisher, isTaken: boolean, x: Context): void {
  const channel = channelOf(broker, publisher);
  const homes = channel?.awaited.get(publisher.seqNo);
  if (channel && homes) {
    const left = homes.toSpliced(homes.indexOf(home), homes.includes(home) ? 1 : 0);
    if (left.length > 0) channel.awaited.set(publisher.seqNo, left);
    else channel.awaited.delete(publisher.seqNo);
  }
  if (isTaken) taken(broker, publisher, x);
  else refused(broker, publisher, x);
}

/** Classic queues of a lost home count as having taken what was on its way to them. */
export function confirmLost(broker: Broker, home: NodeId, x: Context): void {
  const front = x.wiring.self.id;
  for (const { channels } of broker.connections.values()) {
    for (const { client, id: channel, awaited } of [...channels.values()]) {
      for (const [seqNo, homes] of [...awaited])
        for (const one of homes) if (one === home) hearTaken(broker, home, { front, client, channel, seqNo }, true, x);
    }
  }
}

/** The very channel that published, if it is still open. */
function channelOf(broker: Broker, { client, channel: id }: Publisher): Channel | undefined {
  const channels = broker.connections.get(client)?.channels.values() ?? [];
  for (const channel of channels) if (channel.id === id && !channel.closing) return channel;
  return undefined;
}

export function confirm(channel: Channel, seqNo: number, x: Context): void {
  const frame: BasicAck = { verb: 'basic.ack', channel: channel.number, deliveryTag: seqNo, multiple: false };
  x.send(channel.publishedTo, channel.client, channel.publishedOn, frame);
}
