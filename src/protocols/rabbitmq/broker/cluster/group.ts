import type { JsonObject } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import { isInteger, typed } from '../../amqp/index.ts';
import { policyFor } from '../../policy/policies.ts';
import { placeOf } from '../place.ts';
import type { Broker, Entry, Group, GroupKind, Queue } from '../state.ts';
import { inQueueOrder } from '../store.ts';
import type { LogEntry } from './frames.ts';
import { seatOf, tellNode } from './peers.ts';

/*
 * Which nodes hold a replicated queue, seen from its leader: a quorum queue has a fixed number of members, a mirrored one
 * those that its policy asks for (ha-mode; up to 3.13).
 */

/** Members of a quorum queue unless x-quorum-initial-group-size says otherwise. */
const GROUP_SIZE = 3;

function quorumMembers(broker: Broker, queue: Queue, self: NodeId): readonly NodeId[] {
  const given = queue.arguments['x-quorum-initial-group-size'];
  const asked = given === undefined ? undefined : typed(given);
  const size = asked && isInteger(asked.type) ? Number(asked.value) : GROUP_SIZE;
  return [self, ...broker.peers].slice(0, Math.max(1, size));
}

function mirrorMembers(broker: Broker, queue: Queue, self: NodeId, x: Context): readonly NodeId[] {
  // Mirrored queues ended with 3.13: later brokers ignore what policies say of them.
  const rules = broker.version === '3.10' ? policyFor(broker.policies, 'classic', queue.name)?.definition : undefined;
  const params = rules?.['ha-params'];
  switch (rules?.['ha-mode']) {
    case 'all':
      return [self, ...broker.peers];
    case 'exactly':
      return [self, ...broker.peers].slice(0, typeof params === 'number' ? Math.max(1, params) : 1);
    case 'nodes': {
      const names = Array.isArray(params) ? params.map(String) : [];
      const nameOf = (node: NodeId) => x.wiring.part(node)?.name ?? node;
      return [self, ...broker.peers.filter((node) => names.includes(nameOf(node)))];
    }
    default:
      return [self];
  }
}

/** True when a policy mirrors a queue of this name. */
export function isMirrored(broker: Broker, queue: Queue): boolean {
  return (
    queue.type === 'classic' &&
    broker.version === '3.10' &&
    policyFor(broker.policies, 'classic', queue.name)?.definition['ha-mode'] !== undefined
  );
}

/** Makes or changes the group of a queue that is led here. */
export function formGroup(broker: Broker, queue: Queue, x: Context): void {
  if (broker.peers.length === 0 || queue.home !== '') return;
  const self = x.wiring.self.id;
  const isQuorum = queue.type === 'quorum';
  if (!isQuorum && queue.type !== 'classic') return;
  const members = isQuorum ? (queue.group?.members ?? quorumMembers(broker, queue, self)) : mirrorMembers(broker, queue, self, x);
  if (members.length === 1) {
    queue.group = undefined;
    return;
  }
  const known = queue.group?.following ?? [];
  const isNew = queue.group === undefined;
  queue.group ??= makeGroup(isQuorum ? 'quorum' : 'mirror', 1, 0);
  queue.group.members = members;
  if (isNew && isQuorum) tellRole(queue.name, 'leader', 1, 'declared', broker, x, { messages: [], held: [] });
  for (const node of members) if (node !== self && !known.includes(node) && broker.reachable.has(node)) follow(broker, queue, node, x);
}

/** Says which role this node has for a queue. */
export function tellRole(
  queue: string,
  role: 'leader' | 'candidate' | 'follower',
  term: number,
  why: string,
  broker: Broker,
  x: Context,
  more: JsonObject = {},
): void {
  const known = broker.queues.get(queue);
  x.fact('replica.role', x.wiring.self.id, 0, '', why, { queue, place: known ? placeOf(known, x) : '', role, term, ...more });
}

export function makeGroup(kind: GroupKind, term: number, index: number): Group {
  return {
    kind,
    members: [],
    following: [],
    synced: [],
    term,
    index,
    matched: new Map(),
    joined: new Map(),
    pending: [],
    enqueued: new Map(),
    limbo: [],
  };
}

/** Everything in a queue, with what is handed out. */
function contents(queue: Queue): { readonly entries: readonly Entry[]; readonly out: LogEntry['out'] } {
  const entries = queue.ready.slice(queue.head);
  const out: { seq: number; front: NodeId }[] = [];
  for (const { channel } of queue.desks) {
    for (let i = channel.head; i < channel.unacked.length; i++) {
      const unacked = channel.unacked[i];
      if (unacked?.queue !== queue.id) continue;
      entries.push(unacked.entry);
      out.push({ seq: unacked.entry.seq, front: channel.relay });
    }
  }
  for (const { entry, front } of queue.group?.limbo ?? []) {
    entries.push(entry);
    out.push({ seq: entry.seq, front });
  }
  for (const { entry } of queue.group?.kind === 'quorum' ? queue.group.pending : []) entries.push(entry);
  return { entries: entries.sort(inQueueOrder), out };
}

/** A member within reach gets what it needs to follow. A late mirror gets what is there only if the policy says so. */
export function follow(broker: Broker, queue: Queue, node: NodeId, x: Context): void {
  const group = queue.group as Group;
  const { entries, out } = contents(queue);
  const isAutomatic = policyFor(broker.policies, queue.type, queue.name)?.definition['ha-sync-mode'] === 'automatic';
  const isSynced = group.kind === 'quorum' || entries.length === 0 || isAutomatic;
  group.following = [...group.following.filter((other) => other !== node), node];
  group.synced = isSynced ? [...group.synced.filter((other) => other !== node), node] : group.synced;
  group.joined = new Map([...group.joined, [node, queue.nextSeq]]);
  group.matched = new Map([...group.matched, [node, group.index]]);
  tellNode(
    node,
    {
      verb: 'replica.install',
      queue: queue.name,
      term: group.term,
      kind: group.kind,
      index: group.index,
      entries: isSynced ? entries : [],
      out: isSynced ? out : [],
      enqueued: [...group.enqueued],
      members: group.members,
      synced: group.synced,
    },
    x,
    seatOf(queue, x),
  );
  if (!x.booting)
    x.fact('replica.joined', placeOf(queue, x), 0, '', isSynced ? 'synced' : 'unsynced', { node, queue: queue.name, term: group.term });
}

/** A member is out of reach. */
export function unfollow(queue: Queue, node: NodeId): void {
  const { group } = queue;
  if (!group) return;
  group.following = group.following.filter((other) => other !== node);
  group.synced = group.synced.filter((other) => other !== node);
}
