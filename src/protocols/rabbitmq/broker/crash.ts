import type { Context } from '../../../engine/index.ts';
import { isPersistent } from '../amqp/index.ts';
import { dropBindings } from './bindings.ts';
import { tellNode } from './cluster/peers.ts';
import { isOnDisk } from './disk.ts';
import { placeOf } from './place.ts';
import { newQueue } from './queues.ts';
import { type Broker, type Entry, type Queue, topologyChanged } from './state.ts';
import { inQueueOrder } from './store.ts';
import { rollBack } from './transactions.ts';

const DROPPED = { outcome: 'dropped' } as const;

/**
 * What is left after a crash is what the disk has: durable exchanges and queues, bindings between them, and persistent
 * messages in durable queues in their order. After an unclean end the broker can't tell which of them had been handed out,
 * and marks all as redelivered, even those that nobody has seen (rabbit_queue_index; checked on 3.10.8 with kill -9). A
 * quorum queue has all of its messages on disk, and knows what had been handed out.
 */
export function crashBroker(broker: Broker, x: Context): void {
  end(broker, false, x);
}

/** A clean stop: connections are closed first, so what clients held is back in its place, and the disk knows all of it. */
export function stopBroker(broker: Broker, x: Context): void {
  end(broker, true, x);
}

function end(broker: Broker, isClean: boolean, x: Context): void {
  for (const { channels } of broker.connections.values()) for (const channel of channels.values()) rollBack(channel, 'crashed', x);
  if (isClean) for (const node of broker.reachable) tellNode(node, { verb: 'cluster.stopping' }, x);
  // What it forgets from here on is no news for the others.
  broker.peers = [];
  for (const queue of [...broker.queues.values()]) {
    broker.queues.delete(queue.name);
    broker.queueById.delete(queue.id);
    if (keepElsewhere(broker, queue, x)) continue;
    // Closing its consumers' connections has made an auto-delete queue go.
    const isLeft = queue.durable && !(isClean && queue.autoDelete && queue.hadConsumers);
    recoverQueue(broker, queue, isLeft, isClean, x);
  }
  for (const exchange of [...broker.exchanges.values()]) {
    if (exchange.durable) continue;
    broker.exchanges.delete(exchange.name);
    x.fact('place.deleted', exchange.part || x.wiring.self.id, 0, '', 'crashed', { kind: 'exchange', name: exchange.name });
  }
  for (const exchange of broker.exchanges.values()) {
    const hasEnd = (name: string, toExchange: boolean) => (toExchange ? broker.exchanges : broker.queues).has(name);
    dropBindings(broker, exchange, (binding) => !hasEnd(binding.destination, binding.toExchange), 'crashed', x);
  }
  broker.unwritten = [];
  broker.connections.clear();
  broker.shadows.clear();
  broker.reachable.clear();
  broker.stopping.clear();
  topologyChanged(broker);
}

/**
 * In a cluster the others decide what becomes of a queue that is replicated or at home elsewhere: it is missed until they
 * are heard. What was led here stays on disk.
 */
function keepElsewhere(broker: Broker, queue: Queue, x: Context): boolean {
  const { name, durable, autoDelete, owner, drawn, group } = queue;
  if (queue.home === '' && group === undefined) return false;
  const request = { name, durable, autoDelete, owner, arguments: queue.arguments };
  const home = queue.home === '' ? x.wiring.self.id : queue.home;
  if (durable || group !== undefined) broker.absent.set(name, { request, drawn, home, why: group === undefined ? 'down' : 'timeout' });
  if (group === undefined) return true;
  const held = outstanding(queue);
  const { kind, members, term, index, synced } = group;
  const entries = [...queue.ready.slice(queue.head), ...held, ...group.limbo.map(({ entry }) => entry)];
  const kept = kind === 'quorum' ? entries : entries.filter((entry) => durable && isPersistent(entry.message));
  // Nobody else has what is not on this disk.
  if (group.following.length === 0)
    for (const entry of entries)
      if (!kept.includes(entry)) x.fact('message.settled', placeOf(queue, x), entry.message.id, '', 'crashed', DROPPED);
  broker.replicas.set(name, {
    kind,
    role: 'stopped',
    members,
    leader: home,
    term,
    votedIn: term,
    votes: 0,
    index,
    lag: 0,
    synced,
    entries: new Map(kept.map((entry) => [entry.seq, entry])),
    out: new Map(held.map((entry) => [entry.seq, home])),
    enqueued: new Map(group.enqueued),
  });
  return true;
}

function recoverQueue(broker: Broker, queue: Queue, isLeft: boolean, isClean: boolean, x: Context): void {
  const at = placeOf(queue, x);
  const isQuorum = queue.type !== 'classic';
  // What was read from a stream has never left it.
  const held = (queue.type === 'stream' ? [] : outstanding(queue)).map((entry) => ({
    ...entry,
    redelivered: true,
    returns: isQuorum ? entry.returns + 1 : 0,
  }));
  const entries = [...queue.ready.slice(queue.head), ...held].sort(inQueueOrder);
  const kept: Entry[] = [];
  for (const entry of entries) {
    const isSafe = isQuorum || (isPersistent(entry.message) && (isClean || isOnDisk(broker, queue.id, entry)));
    if (isLeft && isSafe) kept.push(entry);
    else x.fact('message.settled', at, entry.message.id, '', 'crashed', DROPPED);
  }
  if (!isLeft) {
    x.fact('place.deleted', at, 0, '', 'crashed', { kind: 'queue', name: queue.name });
    return;
  }
  const { name, durable, autoDelete, owner, part } = queue;
  const recovered = newQueue(broker, { name, durable, autoDelete, owner, arguments: queue.arguments }, part);
  const isMarked = !isClean && !isQuorum;
  recovered.ready = kept.map((entry, i) => ({ ...entry, seq: i + 1, redelivered: isMarked || entry.redelivered }));
  recovered.nextSeq = kept.length + 1;
  broker.queues.set(name, recovered);
  broker.queueById.set(recovered.id, recovered);
}

/** Deliveries that nobody has acknowledged. */
function outstanding(queue: Queue): readonly Entry[] {
  const all: Entry[] = [];
  for (const { channel } of queue.desks) {
    for (let i = channel.head; i < channel.unacked.length; i++) {
      const unacked = channel.unacked[i];
      if (unacked?.queue === queue.id) all.push(unacked.entry);
    }
  }
  return all;
}
