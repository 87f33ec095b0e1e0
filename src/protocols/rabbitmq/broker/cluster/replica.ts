import { fromMillis, micros } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import { commit } from '../arrive.ts';
import { type Broker, type Entry, type Queue, type Replica, topologyChanged } from '../state.ts';
import { inQueueOrder } from '../store.ts';
import type { ClusterFrame } from './frames.ts';
import { attach } from './front.ts';
import { follow, makeGroup, tellRole } from './group.ts';
import { fillQueue, leaveLimbo } from './home.ts';
import { broadcast, tellNode } from './peers.ts';

/*
 * A follower of a replicated queue. A quorum queue elects its next leader as Raft does: who has heard nothing of a leader
 * for a while asks for votes in a new term, and leads when most members have given theirs; nobody votes for one who knows
 * less than himself. Of a mirrored queue the oldest synchronised mirror is promoted.
 */

type Of<Verb extends ClusterFrame['verb']> = ClusterFrame & { readonly verb: Verb };

/** A follower waits this long for a leader, and up to as long again, so that not all ask at once. */
const ELECTION_MILLIS = 150;

export function hearInstall(broker: Broker, leader: NodeId, given: Of<'replica.install'>, x: Context): void {
  const { queue, term, kind, index, entries, out, members, synced } = given;
  const known = broker.replicas.get(queue);
  if (known && known.term > term) return;
  broker.replicas.set(queue, {
    kind,
    role: 'follower',
    members,
    leader,
    term,
    votedIn: Math.max(term, known?.votedIn ?? 0),
    votes: 0,
    index,
    lag: known?.lag ?? 0,
    synced,
    entries: new Map(entries.map((entry) => [entry.seq, entry])),
    out: new Map(out.map(({ seq, front }) => [seq, front])),
    enqueued: new Map(given.enqueued),
  });
  if (kind === 'quorum' && known?.role !== 'follower') tellRole(queue, 'follower', term, 'leader-known', broker, x);
  const replica = broker.replicas.get(queue) as Replica;
  replica.lag = tellNode(leader, { verb: 'replica.appended', queue, term, index }, x) - x.now;
}

export function hearAppend(broker: Broker, leader: NodeId, { queue, term, index, entry, synced }: Of<'replica.append'>, x: Context): void {
  const replica = broker.replicas.get(queue);
  if (!replica || term < replica.term) return;
  Object.assign(replica, { term, leader, index, synced, role: 'follower' });
  for (const seq of entry.gone) {
    replica.entries.delete(seq);
    replica.out.delete(seq);
  }
  for (const added of entry.add) replica.entries.set(added.seq, added);
  for (const { seq, front } of entry.out) replica.out.set(seq, front);
  if (entry.enqueued) replica.enqueued.set(entry.enqueued.sender, entry.enqueued.number);
  replica.lag = tellNode(leader, { verb: 'replica.appended', queue, term, index }, x) - x.now;
}

/** A follower has come so far: what enough of them have is stored. */
export function hearAppended(broker: Broker, node: NodeId, { queue: name, term, index }: Of<'replica.appended'>, x: Context): void {
  const queue = broker.queues.get(name);
  const group = queue?.group;
  if (!queue || !group || term !== group.term) return;
  group.matched = new Map([...group.matched, [node, index]]);
  commit(broker, queue, x);
}

/**
 * The leader is lost: a quorum queue's followers wait a while, then one asks for votes. The further the others are, the longer
 * they wait, and the more their waits differ: the first to ask must be heard before the next one does.
 */
export function awaitElection(broker: Broker, queue: string, x: Context): void {
  const lag = broker.replicas.get(queue)?.lag ?? 0;
  const wait = Math.max(fromMillis(ELECTION_MILLIS), 2 * lag);
  x.wake({ name: 'election', queue }, micros(wait + x.random(2 * wait)));
}

function majority(replica: Replica): number {
  return Math.floor(replica.members.length / 2) + 1;
}

function isLed(broker: Broker, replica: Replica): boolean {
  return replica.role === 'follower' && broker.reachable.has(replica.leader);
}

/** No leader has been heard of. */
export function election(broker: Broker, name: string, x: Context): void {
  const replica = broker.replicas.get(name);
  if (!replica || isLed(broker, replica)) return;
  if (replica.kind === 'mirror') {
    // It led the queue before it stopped, and nobody has told it of another master.
    if (replica.role === 'stopped') lead(broker, name, replica, 'promoted', x);
    return;
  }
  const others = replica.members.filter((node) => node !== x.wiring.self.id && broker.reachable.has(node));
  // Alone it can't win: it asks again when others are back.
  if (others.length + 1 < majority(replica)) return;
  replica.role = 'candidate';
  replica.term = Math.max(replica.term, replica.votedIn) + 1;
  replica.votedIn = replica.term;
  replica.votes = 1;
  tellRole(name, 'candidate', replica.term, 'no-leader', broker, x);
  for (const node of others) tellNode(node, { verb: 'replica.vote', queue: name, term: replica.term, index: replica.index }, x);
  awaitElection(broker, name, x);
}

export function hearVote(broker: Broker, candidate: NodeId, { queue, term, index }: Of<'replica.vote'>, x: Context): void {
  const replica = broker.replicas.get(queue);
  const isGranted =
    replica !== undefined && term > replica.votedIn && term > replica.term && index >= replica.index && !isLed(broker, replica);
  if (replica && isGranted) {
    replica.votedIn = term;
    replica.term = term;
    if (replica.role === 'candidate') tellRole(queue, 'follower', term, 'higher-term', broker, x);
    replica.role = 'follower';
    replica.leader = candidate;
  }
  tellNode(candidate, { verb: 'replica.voted', queue, term, isGranted }, x);
}

export function hearVoted(broker: Broker, { queue, term, isGranted }: Of<'replica.voted'>, x: Context): void {
  const replica = broker.replicas.get(queue);
  if (replica?.role !== 'candidate' || replica.term !== term || !isGranted) return;
  replica.votes++;
  if (replica.votes >= majority(replica)) lead(broker, queue, replica, 'elected', x);
}

/** Which mirror takes over when the master is lost: the oldest synchronised one; after a crash any, rather than none. */
export function nextMaster(broker: Broker, replica: Replica, isClean: boolean, x: Context): NodeId | undefined {
  const self = x.wiring.self.id;
  const up = replica.members.filter((node) => node !== replica.leader && (node === self || broker.reachable.has(node)));
  return up.find((node) => replica.synced.includes(node)) ?? (isClean ? undefined : up[0]);
}

/** From now on the queue is led here. */
export function lead(broker: Broker, name: string, replica: Replica, why: 'elected' | 'promoted', x: Context): void {
  const queue = broker.queues.get(name);
  if (!queue) return;
  const self = x.wiring.self.id;
  const isMirror = replica.kind === 'mirror';
  // What an old leader gets back by itself has not been handed out since.
  const isFailover = isMirror && replica.role !== 'stopped';
  broker.replicas.delete(name);
  const all = [...replica.entries.values()].sort(inQueueOrder);
  const entries = all.map((entry) => (isFailover ? { ...entry, redelivered: true } : entry));
  queue.home = '';
  const group = makeGroup(replica.kind, replica.term, replica.index);
  group.members = replica.members;
  group.enqueued = new Map(replica.enqueued);
  queue.group = group;
  const frontOf = (entry: Entry) => (isMirror ? undefined : replica.out.get(entry.seq));
  group.limbo = entries.flatMap((entry) => {
    const front = frontOf(entry);
    return front === undefined ? [] : [{ entry, front }];
  });
  fillQueue(
    queue,
    entries.map((entry) => ({ entry, isOut: frontOf(entry) !== undefined })),
  );
  topologyChanged(broker);
  const ids = (isHeld: boolean) => entries.filter((entry) => (frontOf(entry) !== undefined) === isHeld).map(({ message }) => message.id);
  tellRole(name, 'leader', replica.term, why, broker, x, { messages: ids(false), held: ids(true) });
  for (const node of replica.members) if (node !== self && broker.reachable.has(node)) follow(broker, queue, node, x);
  broadcast(broker, { op: 'home', name, home: self, kind: replica.kind }, x);
  attach(broker, queue, x);
  releaseLost(broker, queue, x);
}

/** Whatever was held through a node that is gone comes back. */
function releaseLost(broker: Broker, queue: Queue, x: Context): void {
  const fronts = new Set(queue.group?.limbo.map(({ front }) => front));
  for (const front of fronts) if (front !== x.wiring.self.id && !broker.reachable.has(front)) leaveLimbo(queue, front, x);
}
