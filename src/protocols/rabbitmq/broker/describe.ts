import type { PartId } from '../../../base/index.ts';
import { CELLS_SHOWN, type Cell, type Description, type PartView, type Wiring } from '../../../engine/index.ts';
import { DISK, REPLICA } from '../kinds.ts';
import { notModelled } from './arguments.ts';
import {
  type Binding,
  type Broker,
  type Channel,
  type Consumer,
  type Entry,
  type Exchange,
  type Queue,
  type Replica,
  readyCount,
} from './state.ts';
import { inQueueOrder } from './store.ts';

/*
 * What stage and inspector show of a broker. Keys are looked up in the i18n catalogues: `figure.<key>`, `detail.<key>`,
 * `column.<key>`.
 */
type Row = readonly (string | number | boolean)[];
type Detail = PartView['details'][number];

/** What 4.x does otherwise, as values `value.<key>`. */
const DIFFERENCES: readonly Row[] = [['limit20'], ['noMirrors']];

const ABSENT: PartView = { status: 'absent', figures: [], details: [] };

export function describeBroker(broker: Broker, wiring: Wiring): Description {
  const views = new Map<PartId, PartView>();
  views.set(wiring.self.id, brokerView(broker));
  for (const part of wiring.places) views.set(part.id, ABSENT);
  for (const exchange of broker.exchanges.values()) if (exchange.part !== '') views.set(exchange.part, exchangeView(broker, exchange));
  const bindings = bindingsToQueues(broker);
  const show = (name: string) => viewOf(broker, name, wiring.self.id, bindings.get(name) ?? []);
  for (const queue of broker.queues.values()) if (queue.part !== '') views.set(queue.part, show(queue.name));
  for (const part of wiring.places) if (part.kind === DISK) views.set(part.id, diskView(broker));
  // Replicas are drawn by the name of their queue.
  for (const part of wiring.places) if (part.kind === REPLICA) views.set(part.id, asCopy(show(part.name)));
  return views;
}

function asCopy(view: PartView): PartView {
  return view.store ? { ...view, store: { ...view.store, isCopy: true } } : view;
}

function diskView({ unwritten }: Broker): PartView {
  const buffered = unwritten.filter(({ isBuffered }) => isBuffered);
  const ready = buffered.slice(0, CELLS_SHOWN).map(({ entry }) => cell(entry));
  return {
    status: 'up',
    store: { ready, readyCount: buffered.length, unacked: [], unackedCount: 0, isCopy: true, isBuffer: true },
    figures: [{ key: 'notOnDisk', value: unwritten.length }],
    details: [],
  };
}

/** What this node has of a queue: the queue itself, a follower's copy of it, or nothing. */
function viewOf(broker: Broker, name: string, self: PartId, bindings: readonly Binding[]): PartView {
  const queue = broker.queues.get(name);
  const replica = broker.replicas.get(name);
  if (queue?.home === '') return queueView(queue, self, bindings);
  return replica ? replicaView(replica) : ABSENT;
}

function replicaView({ kind, role, term, leader, entries, out, synced, index }: Replica): PartView {
  const all = [...entries.values()].sort(inQueueOrder);
  const ready = all.filter(({ seq }) => !out.has(seq));
  const held = all.filter(({ seq }) => out.has(seq));
  return {
    status: 'up',
    store: {
      ready: ready.slice(0, CELLS_SHOWN).map(cell),
      readyCount: ready.length,
      unacked: held.slice(0, CELLS_SHOWN).map(cell),
      unackedCount: held.length,
      isCopy: true,
    },
    figures: [
      { key: 'role', value: kind === 'mirror' ? 'mirror' : role },
      { key: 'leader', value: leader },
      ...(kind === 'quorum'
        ? [
            { key: 'term', value: term },
            { key: 'logIndex', value: index },
          ]
        : [{ key: 'synced', value: synced.length }]),
    ],
    details: [],
  };
}

function allChannels(broker: Broker): readonly Channel[] {
  return [...broker.connections.values()].flatMap((connection) => [...connection.channels.values()]);
}

function detail(key: string, columns: readonly string[], rows: readonly Row[]): readonly Detail[] {
  return rows.length === 0 ? [] : [{ key, columns, rows }];
}

function brokerView(broker: Broker): PartView {
  const channels = allChannels(broker);
  const queues = [...broker.queues.values()];
  const undrawn: readonly Row[] = [
    ...[...broker.exchanges.values()]
      .filter(({ part, name }) => part === '' && !isAlwaysThere(name))
      .map(({ name }) => ['exchange', name] as const),
    ...queues.filter(({ drawn }) => drawn === '').map(({ name }) => ['queue', name] as const),
  ];
  return {
    status: 'up',
    figures: [
      { key: 'connections', value: broker.connections.size },
      { key: 'channels', value: channels.length },
      { key: 'exchanges', value: broker.exchanges.size },
      { key: 'queues', value: broker.queues.size },
      { key: 'ready', value: queues.reduce((sum, queue) => sum + readyCount(queue), 0) },
      { key: 'unacked', value: queues.reduce((sum, queue) => sum + queue.unacked, 0) },
    ],
    details: [
      ...detail('channels', ['client', 'channel', 'consumers', 'unacked', 'prefetchGlobal', 'confirms'], channels.map(channelRow)),
      ...detail('differs', ['what'], broker.version === '3.10' ? [] : DIFFERENCES),
      ...detail('undrawn', ['kind', 'name'], undrawn),
      ...detail('notModelled', ['queue', 'argument'], queues.flatMap(notModelledRows)),
    ],
  };
}

function isAlwaysThere(name: string): boolean {
  return name === '' || name.startsWith('amq.');
}

function channelRow(channel: Channel): Row {
  const { client, number, consumers, unacked, head, limit, confirming } = channel;
  return [client, number, consumers.size, unacked.length - head, limit, confirming];
}

function notModelledRows(queue: Queue): readonly Row[] {
  return notModelled(queue.arguments).map((argument) => [queue.name, argument]);
}

function exchangeView(broker: Broker, exchange: Exchange): PartView {
  const isDefault = exchange.name === '';
  const bindings: readonly Row[] = isDefault
    ? [...broker.queues.values()].map(({ name }) => ['queue', name, name, ''])
    : exchange.bindings.map((binding) => [
        binding.toExchange ? 'exchange' : 'queue',
        binding.destination,
        binding.key,
        argumentsText(binding),
      ]);
  const { alternate } = exchange;
  return {
    status: 'up',
    figures: [
      { key: 'type', value: isDefault ? 'default' : exchange.type },
      { key: 'bindings', value: bindings.length },
      { key: 'published', value: exchange.published },
      { key: 'unroutable', value: exchange.unroutable },
      { key: 'durable', value: exchange.durable },
      ...(exchange.autoDelete ? [{ key: 'autoDelete', value: true }] : []),
      ...(exchange.internal ? [{ key: 'internal', value: true }] : []),
      ...(alternate !== undefined ? [{ key: 'alternate', value: alternate }] : []),
    ],
    details: detail('bindings', ['kind', 'to', 'key', 'arguments'], bindings),
  };
}

function argumentsText(binding: Binding): string {
  const names = Object.keys(binding.arguments);
  return names.map((name) => `${name}=${JSON.stringify(binding.arguments[name])}`).join(' ');
}

function cell(entry: Entry): Cell {
  const { message, redelivered } = entry;
  return { message: message.id, key: message.key, producer: message.producer, redelivered };
}

/** What its channels hold of a queue's messages, in order of position. */
function unackedCells(queue: Queue): readonly Cell[] {
  const held: Entry[] = [];
  for (const { channel } of queue.desks) {
    for (let i = channel.head; i < channel.unacked.length; i++) {
      const unacked = channel.unacked[i];
      if (unacked?.queue === queue.id) held.push(unacked.entry);
    }
  }
  held.sort((a, b) => a.seq - b.seq);
  return held.slice(0, CELLS_SHOWN).map(cell);
}

function queueView(queue: Queue, self: PartId, bindings: readonly Binding[]): PartView {
  const consumers = queue.desks.flatMap((desk) => [...desk.channel.consumers.values()].filter((consumer) => consumer.desk === desk));
  return {
    status: 'up',
    store: {
      ready: queue.ready.slice(queue.head, queue.head + CELLS_SHOWN).map(cell),
      readyCount: readyCount(queue),
      // What is read from a stream stays where it is.
      unacked: queue.type === 'stream' ? [] : unackedCells(queue),
      unackedCount: queue.type === 'stream' ? 0 : queue.unacked,
    },
    figures: [
      { key: 'ready', value: readyCount(queue) },
      { key: 'unacked', value: queue.unacked },
      { key: 'consumers', value: queue.consumers },
      { key: 'delivered', value: queue.delivered },
      ...(queue.discarded > 0 ? [{ key: 'discarded', value: queue.discarded }] : []),
      { key: 'durable', value: queue.durable },
      ...(queue.owner === '' ? [] : [{ key: 'exclusive', value: true }]),
      ...(queue.autoDelete ? [{ key: 'autoDelete', value: true }] : []),
      ...(queue.singleActive ? [{ key: 'singleActive', value: true }] : []),
      ...(queue.type === 'classic' ? [] : [{ key: 'queueType', value: queue.type }]),
      ...groupFigures(queue),
    ],
    details: [
      ...detail('consumers', ['client', 'state', 'prefetchUsed', 'prefetch', 'priority', 'noAck'], consumers.map(consumerRow)),
      ...detail(
        'bindings',
        ['exchange', 'key', 'arguments'],
        bindings.map((binding) => [binding.source, binding.key, argumentsText(binding)]),
      ),
      ...detail('members', ['node', 'role', 'logIndex'], memberRows(queue, self)),
      ...detail('notModelled', ['queue', 'argument'], notModelledRows(queue)),
    ],
  };
}

function groupFigures({ group }: Queue): PartView['figures'] {
  if (!group) return [];
  const { kind, term, index, pending } = group;
  if (kind === 'mirror') return [{ key: 'role', value: 'master' }];
  return [
    { key: 'role', value: 'leader' },
    { key: 'term', value: term },
    { key: 'logIndex', value: index },
    { key: 'uncommitted', value: pending.length },
  ];
}

function memberRows({ group }: Queue, self: PartId): readonly Row[] {
  if (!group) return [];
  const roleOf = (node: string) => {
    if (node === self) return group.kind === 'quorum' ? 'leader' : 'master';
    if (!group.following.includes(node)) return 'away';
    return group.kind === 'quorum' ? 'follower' : group.synced.includes(node) ? 'mirror' : 'unsynced';
  };
  return group.members.map((node) => [node, roleOf(node), node === self ? group.index : (group.matched.get(node) ?? 0)]);
}

/** Values of the column `state`: i18n keys `value.<state>`. */
function consumerState(consumer: Consumer): string {
  const { queue } = consumer;
  if (queue.singleActive && queue.holder !== consumer) return 'waiting';
  return consumer.blocked || consumer.credit === 0 ? 'full' : 'free';
}

function consumerRow(consumer: Consumer): Row {
  const { part, prefetch, credit, priority, noAck } = consumer;
  return [part, consumerState(consumer), credit < 0 ? 0 : Math.max(0, prefetch - credit), prefetch, priority, noAck];
}

/** By name of the queue, all at once: a broker of thousands of both is described at every step. */
function bindingsToQueues(broker: Broker): ReadonlyMap<string, readonly Binding[]> {
  const bindings = new Map<string, Binding[]>();
  for (const exchange of broker.exchanges.values()) {
    for (const binding of exchange.bindings) {
      if (binding.toExchange) continue;
      const known = bindings.get(binding.destination);
      if (known) known.push(binding);
      else bindings.set(binding.destination, [binding]);
    }
  }
  return bindings;
}
