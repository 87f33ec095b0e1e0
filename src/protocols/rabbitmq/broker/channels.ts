import type { LineId, PartId } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { BrokerFrame } from '../amqp/index.ts';
import { leaveHomes } from './cluster/front.ts';
import { tellNode } from './cluster/peers.ts';
import { requeueEntries } from './dispatch.ts';
import type { AmqpError } from './errors.ts';
import { touch } from './expiry.ts';
import { isDone, removeQueue, tellConsumerGone } from './queues.ts';
import type { ClosedWhy, RequeuedWhy } from './reasons.ts';
import { isForgotten, successor } from './rotation.ts';
import type { Broker, Channel, Connection, Desk, Entry } from './state.ts';
import { rollBack } from './transactions.ts';

/** Where a frame came from and where its answer goes. */
export interface Wire {
  readonly client: PartId;
  /** The part of the client that sent it. */
  readonly from: PartId;
  /** The part of the broker that it came to. */
  readonly to: PartId;
  readonly line: LineId;
  /** Set when the client is connected with another node of the cluster: that one passes answers on. */
  readonly relay?: { readonly node: NodeId; readonly channel: number };
}

export function answer(wire: Wire, frame: BrokerFrame, x: Context): void {
  const { relay, client, from: to, line } = wire;
  if (relay === undefined) x.send(wire.to, to, line, frame);
  else tellNode(relay.node, { verb: 'cluster.relay', client, channel: relay.channel, to, line, frame, queue: '', seq: 0, keeps: false }, x);
}

export function openConnection(broker: Broker, wire: Wire, x: Context): void {
  const stale = broker.connections.get(wire.client);
  if (stale) dropConnection(broker, stale, 'replaced', x);
  broker.connections.set(wire.client, { client: wire.client, line: wire.line, id: broker.nextId++, closing: false, channels: new Map() });
  x.fact('connection.opened', x.wiring.self.id, 0, wire.line, '', { client: wire.client });
  answer(wire, { verb: 'connection.open-ok', channel: 0 }, x);
}

export function openChannel(broker: Broker, connection: Connection, number: number, relay: NodeId = ''): Channel {
  const channel: Channel = {
    client: connection.client,
    number,
    id: broker.nextId++,
    closing: false,
    nextTag: 1,
    unacked: [],
    head: 0,
    consumers: new Map(),
    desks: [],
    prefetch: 0,
    limitOn: false,
    limit: 0,
    volume: 0,
    lastQueue: '',
    confirming: false,
    nextSeqNo: 1,
    unconfirmed: new Map(),
    reply: undefined,
    transaction: undefined,
    ackTimer: 0,
    relay,
    late: [],
    away: new Map(),
    homes: new Set(),
    awaited: new Map(),
    publishedTo: '',
    publishedOn: '',
  };
  connection.channels.set(number, channel);
  return channel;
}

/**
 * The channel stops: queues it consumes from hear of it at once, and its deliveries go back. Queues that it only fetched
 * from hear of it when the channel process ends (`endChannel`).
 */
export function stopChannel(broker: Broker, channel: Channel, why: RequeuedWhy, x: Context): void {
  if (channel.closing) return;
  channel.closing = true;
  channel.reply = undefined;
  rollBack(channel, 'rolled-back', x);
  if (channel.homes.size > 0) leaveHomes(channel, why, x);
  const consuming = channel.desks.filter((desk) => desk.consumers > 0);
  // The broker asks them one after the other, the youngest queue first.
  consuming.sort((a, b) => b.queue.id - a.queue.id);
  for (const desk of consuming) leaveQueue(broker, desk, why, x);
  channel.consumers.clear();
}

/** The channel is no more. */
export function endChannel(broker: Broker, connection: Connection, channel: Channel, why: RequeuedWhy, x: Context): void {
  stopChannel(broker, channel, why, x);
  for (const desk of channel.desks.slice().sort((a, b) => a.queue.id - b.queue.id)) leaveQueue(broker, desk, why, x);
  connection.channels.delete(channel.number);
}

/** A queue forgets a channel: its consumers go, its deliveries come back in their places (rabbit_amqqueue_process:handle_ch_down). */
function leaveQueue(broker: Broker, desk: Desk, why: RequeuedWhy, x: Context): void {
  const { queue, channel } = desk;
  const hadBusiness = !isForgotten(desk);
  channel.desks = channel.desks.filter((other) => other !== desk);
  queue.desks = queue.desks.filter((other) => other !== desk);
  if (!hadBusiness) return;
  const gone = [...channel.consumers.values()].filter((consumer) => consumer.desk === desk);
  queue.active = queue.active.filter((consumer) => consumer.channel !== channel);
  queue.consumers -= gone.length;
  for (const consumer of gone) {
    channel.consumers.delete(consumer.tag);
    tellConsumerGone(consumer, why === 'connection-closed' ? 'connection-closed' : 'channel-closed', x);
  }
  if (queue.holder?.channel === channel) queue.holder = queue.singleActive ? successor(queue) : undefined;
  const back = takeDeliveries(channel, queue.id);
  queue.unacked -= back.length;
  if (isDone(queue)) {
    // What the leaving channel held dies with its queue.
    const at = queue.part || x.wiring.self.id;
    for (const { message } of back) x.fact('message.settled', at, message.id, '', 'deleted', { outcome: 'dropped' });
    removeQueue(broker, queue, 'auto-delete', x);
  } else {
    if (gone.length > 0) touch(queue, x);
    requeueEntries(queue, back, why, x);
  }
}

function takeDeliveries(channel: Channel, queue: number): readonly Entry[] {
  const outstanding = channel.unacked.slice(channel.head);
  channel.unacked = outstanding.filter((unacked) => unacked.queue !== queue);
  channel.head = 0;
  return outstanding.filter((unacked) => unacked.queue === queue).map((unacked) => unacked.entry);
}

/** Refuses what a frame asked: closes its channel, or for a graver error the whole connection. */
export function refuse(
  broker: Broker,
  connection: Connection,
  channel: Channel | undefined,
  error: AmqpError,
  wire: Wire,
  x: Context,
): void {
  const self = x.wiring.self.id;
  const data = { client: connection.client, code: error.code, text: error.text };
  if (error.connection || channel === undefined) {
    // The channel that erred goes first: another channel of the connection may still be handed what it held.
    if (channel) endChannel(broker, connection, channel, 'connection-closed', x);
    endChannels(broker, connection, x);
    connection.closing = true;
    x.fact('connection.closed', self, 0, wire.line, 'error', data);
    answer(wire, { verb: 'connection.close', channel: 0, code: error.code, text: error.text }, x);
    removeExclusive(broker, connection, x);
    return;
  }
  stopChannel(broker, channel, 'channel-closed', x);
  x.fact('channel.closed', self, 0, wire.line, 'error', { ...data, channel: channel.number });
  answer(wire, { verb: 'channel.close', channel: channel.number, code: error.code, text: error.text }, x);
}

function endChannels(broker: Broker, connection: Connection, x: Context): void {
  const channels = [...connection.channels.values()].sort((a, b) => a.number - b.number);
  for (const channel of channels) endChannel(broker, connection, channel, 'connection-closed', x);
}

/** The connection is gone, by a farewell or without one: so are its channels and its exclusive queues. */
export function dropConnection(broker: Broker, connection: Connection, why: ClosedWhy, x: Context): void {
  if (broker.connections.get(connection.client) === connection) broker.connections.delete(connection.client);
  endChannels(broker, connection, x);
  removeExclusive(broker, connection, x);
  if (!connection.closing) x.fact('connection.closed', x.wiring.self.id, 0, connection.line, why, { client: connection.client });
}

function removeExclusive(broker: Broker, connection: Connection, x: Context): void {
  for (const queue of [...broker.queues.values()]) if (queue.owner === connection.client) removeQueue(broker, queue, 'exclusive', x);
}
