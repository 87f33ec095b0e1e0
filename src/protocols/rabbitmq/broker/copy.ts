import type { Broker, Channel, Connection, Consumer, Desk, Exchange, Queue, Replica } from './state.ts';

/*
 * A copy of a broker that goes on by itself. Queues, channels, desks and consumers know one another, so each is copied once
 * and the copies are tied together in the same way; messages, entries, unacked records and bindings are shared. Where a
 * place holds many things, copying it is one `slice`.
 */
interface Twins {
  readonly queues: Map<Queue, Queue>;
  readonly channels: Map<Channel, Channel>;
  readonly desks: Map<Desk, Desk>;
  readonly consumers: Map<Consumer, Consumer>;
}

export function copyBroker(broker: Broker): Broker {
  const twins: Twins = { queues: new Map(), channels: new Map(), desks: new Map(), consumers: new Map() };
  const queues = new Map<string, Queue>();
  const queueById = new Map<number, Queue>();
  for (const [name, queue] of broker.queues) {
    const twin = copyQueue(queue);
    twins.queues.set(queue, twin);
    queues.set(name, twin);
    queueById.set(twin.id, twin);
  }
  const connections = new Map<string, Connection>();
  for (const [client, connection] of broker.connections) connections.set(client, copyConnection(connection, twins));
  const shadows = new Map<string, Connection>();
  for (const [key, connection] of broker.shadows) shadows.set(key, copyConnection(connection, twins));
  const exchanges = new Map<string, Exchange>();
  // Their lists of bindings are replaced on every change, so they are shared.
  for (const [name, exchange] of broker.exchanges) exchanges.set(name, { ...exchange });
  for (const [queue, twin] of twins.queues) tieQueue(queue, twin, twins);
  for (const [channel, twin] of twins.channels) tieChannel(channel, twin, twins);
  return {
    ...broker,
    exchanges,
    queues,
    queueById,
    connections,
    shadows,
    reachable: new Set(broker.reachable),
    stopping: new Set(broker.stopping),
    absent: new Map(broker.absent),
    replicas: new Map([...broker.replicas].map(([name, replica]) => [name, copyReplica(replica)])),
    routes: new Map(),
  };
}

function copyConnection(connection: Connection, twins: Twins): Connection {
  const channels = new Map<number, Channel>();
  for (const [number, channel] of connection.channels) channels.set(number, copyChannel(channel, twins));
  return { ...connection, channels };
}

function copyReplica(replica: Replica): Replica {
  return { ...replica, entries: new Map(replica.entries), out: new Map(replica.out), enqueued: new Map(replica.enqueued) };
}

/** A group's lists are replaced on every change, so they are shared. */
function copyQueue(queue: Queue): Queue {
  return { ...queue, group: queue.group && { ...queue.group }, ready: queue.ready.slice(queue.head), head: 0 };
}

function copyChannel(channel: Channel, twins: Twins): Channel {
  const twin: Channel = { ...channel, unacked: channel.unacked.slice(channel.head), head: 0, unconfirmed: new Map(channel.unconfirmed) };
  twin.away = new Map(channel.away);
  twin.homes = new Set(channel.homes);
  twin.awaited = new Map(channel.awaited);
  twins.channels.set(channel, twin);
  return twin;
}

function tieQueue(queue: Queue, twin: Queue, twins: Twins): void {
  twin.desks = queue.desks.map((desk) => deskTwin(desk, twins));
  twin.active = queue.active.map((consumer) => consumerTwin(consumer, twins));
  twin.holder = queue.holder && consumerTwin(queue.holder, twins);
}

function tieChannel(channel: Channel, twin: Channel, twins: Twins): void {
  twin.desks = channel.desks.map((desk) => deskTwin(desk, twins));
  twin.consumers = new Map([...channel.consumers].map(([tag, consumer]) => [tag, consumerTwin(consumer, twins)]));
}

function deskTwin(desk: Desk, twins: Twins): Desk {
  const known = twins.desks.get(desk);
  if (known) return known;
  const queue = twins.queues.get(desk.queue) as Queue;
  const channel = twins.channels.get(desk.channel) as Channel;
  const twin: Desk = { ...desk, queue, channel, blocked: [] };
  twins.desks.set(desk, twin);
  twin.blocked = desk.blocked.map((consumer) => consumerTwin(consumer, twins));
  return twin;
}

function consumerTwin(consumer: Consumer, twins: Twins): Consumer {
  const known = twins.consumers.get(consumer);
  if (known) return known;
  const desk = deskTwin(consumer.desk, twins);
  // Tying the desk may have met this consumer already.
  const met = twins.consumers.get(consumer);
  if (met) return met;
  const twin: Consumer = { ...consumer, queue: desk.queue, channel: desk.channel, desk };
  twins.consumers.set(consumer, twin);
  return twin;
}
