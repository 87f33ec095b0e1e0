import type { Context } from '../../../engine/index.ts';
import { type MetadataImage, type PartitionRegistration, partitionOf } from '../controller/index.ts';
import { noteTopicsChanged } from '../group/index.ts';
import { newLog } from '../log/index.ts';
import { isInternal, partitionName } from '../message.ts';
import { becomeFollower, becomeLeader } from '../replication/index.ts';
import { follow, tellCut, unfollow } from './follow.ts';
import { leadershipMoved } from './moved.ts';
import { risenTo, rulesOf, tellIsr } from './partition.ts';
import { drawnTopics, placeOf } from './places.ts';
import type { Broker, Replica } from './state.ts';
import { settingsOf } from './topics.ts';

/** The cluster's metadata has changed: this broker takes up and lays down what concerns its replicas. */
export function applyImage(broker: Broker, next: MetadataImage, x: Context): void {
  const before = broker.image;
  know(broker, next);
  for (const [id, topic] of next.topics) {
    const old = before.topics.get(id);
    if (old === topic) continue;
    topic.partitions.forEach((registration, index) => {
      if (old?.partitions[index] !== registration) applyPartition(broker, topic.name, index, registration, x);
    });
  }
  for (const [id, topic] of before.topics)
    if (!next.topics.has(id))
      for (const index of topic.partitions.keys()) dropReplica(broker, partitionName(topic.name, index), 'deleted', x);
}

/** Takes the metadata as what clients are told from now on. */
export function know(broker: Broker, next: MetadataImage): void {
  if (haveTopicsChanged(broker.image, next)) noteTopicsChanged(broker.coordinators.groups);
  broker.image = next;
}

/** Groups whose coordinator assigns partitions itself look at topics that come, go or grow. */
function haveTopicsChanged(before: MetadataImage, { topics }: MetadataImage): boolean {
  if (before.topics === topics) return false;
  if (before.topics.size !== topics.size) return true;
  for (const [id, topic] of topics) if (before.topics.get(id)?.partitions.length !== topic.partitions.length) return true;
  return false;
}

/** What the cluster's metadata says of one partition. */
export function applyPartition(broker: Broker, topic: string, index: number, registration: PartitionRegistration, x: Context): void {
  const tp = partitionName(topic, index);
  if (!registration.replicas.includes(broker.node)) {
    dropReplica(broker, tp, 'reassigned', x);
    return;
  }
  let replica = broker.replicas.get(tp);
  if (replica === undefined) {
    replica = newReplica(topic, index, x);
    broker.replicas.set(tp, replica);
  }
  if (registration.leader === broker.node) lead(broker, replica, registration, x);
  else followLeader(broker, replica, registration, x);
}

function newReplica(topic: string, index: number, x: Context): Replica {
  return {
    ...{ tp: partitionName(topic, index), topic, index, log: newLog(x.now), settings: settingsOf(topic, x) },
    ...{ leaderNode: -1, leaderEpoch: -1, lead: undefined, readers: [], writers: [] },
  };
}

function lead(broker: Broker, replica: Replica, registration: PartitionRegistration, x: Context): void {
  const { log, tp } = replica;
  const before = log.highWatermark;
  const isNew = registration.leaderEpoch > replica.leaderEpoch;
  if (replica.leaderNode >= 0 && replica.leaderNode !== broker.node) unfollow(broker, replica.leaderNode, tp);
  const leader = becomeLeader(replica.lead, broker.node, log, registration, rulesOf(broker, replica, x));
  if (leader === undefined) return;
  const isrBefore = replica.lead?.isr;
  const wasLeading = replica.lead !== undefined;
  const why = wasLeading ? 'new-epoch' : x.booting ? 'declared' : howElected(registration, replica.leaderNode);
  replica.lead = leader;
  broker.hasStragglers = true;
  replica.leaderNode = broker.node;
  replica.leaderEpoch = registration.leaderEpoch;
  // The controller may raise the epoch of a partition whose leader stays: nobody goes on with what was agreed before.
  if (isNew) tellRole(broker, replica, 'leader', registration, x, why);
  if (isrBefore !== undefined) tellIsr(replica, isrBefore, registration.isr, x);
  // Who led it before has all that goes with it.
  if (!wasLeading) leadershipMoved(broker, replica, x);
  if (log.highWatermark > before) risenTo(broker, replica, x);
  // A smaller set in sync, or one that is large enough again, may decide what waits.
  broker.stirred.add(replica.tp);
}

/** Out of need, with what is lost or without; or the preferred leader is given its place back by one that is still in sync. */
function howElected({ replicas, leader, isr, leaderRecoveryState }: PartitionRegistration, previous: number): string {
  if (leaderRecoveryState === 'RECOVERING') return 'elected-unclean';
  const isGivenBack = leader === replicas[0] && previous >= 0 && previous !== leader && isr.includes(previous);
  return isGivenBack ? 'elected-preferred' : 'elected';
}

function followLeader(broker: Broker, replica: Replica, registration: PartitionRegistration, x: Context): void {
  const { leader, leaderEpoch } = registration;
  const isSame = leader === replica.leaderNode && replica.leaderEpoch >= 0;
  if (isSame && leaderEpoch === replica.leaderEpoch) return;
  const wasLeader = replica.lead !== undefined;
  if (replica.leaderNode >= 0 && replica.leaderNode !== broker.node) unfollow(broker, replica.leaderNode, replica.tp);
  replica.lead = undefined;
  replica.leaderNode = leader;
  replica.leaderEpoch = leaderEpoch;
  if (!isSame) {
    const end = replica.log.logEndOffset;
    const lost = becomeFollower(replica.log, x.now);
    if (lost.length > 0) tellCut(replica, lost, end, 'above-watermark', x);
    tellRole(broker, replica, leader < 0 ? 'offline' : 'follower', registration, x);
  }
  if (wasLeader) leadershipMoved(broker, replica, x);
  broker.stirred.add(replica.tp);
  follow(broker, replica, x);
}

/** A replica rests: it neither leads nor follows, until the controller says otherwise. What it holds is kept. */
export function stopReplica(broker: Broker, tp: string, x: Context): void {
  const replica = broker.replicas.get(tp);
  if (!replica || replica.leaderNode < 0) return;
  if (replica.leaderNode !== broker.node) unfollow(broker, replica.leaderNode, tp);
  const wasLeader = replica.lead !== undefined;
  replica.lead = undefined;
  replica.leaderNode = -1;
  const isr = partitionOf(broker.image, replica.topic, replica.index)?.isr ?? [];
  tellRole(broker, replica, 'offline', { isr, leaderRecoveryState: 'RECOVERED' }, x, 'replica-stopped');
  if (wasLeader) leadershipMoved(broker, replica, x);
  broker.stirred.add(tp);
}

export function dropReplica(broker: Broker, tp: string, why: string, x: Context): void {
  const replica = broker.replicas.get(tp);
  if (!replica) return;
  broker.replicas.delete(tp);
  const wasLeader = replica.lead !== undefined;
  replica.lead = undefined;
  if (wasLeader) leadershipMoved(broker, replica, x);
  if (replica.leaderNode >= 0) unfollow(broker, replica.leaderNode, tp);
  if (drawnTopics(x).has(replica.topic))
    x.fact('replica.left', placeOf(replica.topic, x), 0, '', why, { topic: replica.topic, partition: replica.index });
  broker.stirred.add(replica.tp);
}

function tellRole(
  broker: Broker,
  replica: Replica,
  role: 'leader' | 'follower' | 'offline',
  { isr, leaderRecoveryState }: Pick<PartitionRegistration, 'isr' | 'leaderRecoveryState'>,
  x: Context,
  why = role === 'offline' ? 'no-leader' : 'leader-known',
): void {
  if (isInternal(replica.topic)) return;
  const place = placeOf(replica.topic, x);
  const { tp, topic, index: partition, leaderEpoch: term, leaderNode: leader } = replica;
  // One that was not in sync leads: what it lacks is lost.
  const isUnclean = leaderRecoveryState === 'RECOVERING';
  const data = { queue: tp, place, role, term, leader, topic, partition, node: broker.node, isr: [...isr], isUnclean };
  x.fact('replica.role', broker.part, 0, '', why, data);
}
