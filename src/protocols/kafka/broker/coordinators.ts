import { fromMillis, micros, type PartId } from '../../../base/index.ts';
import type { Context, Frame } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import {
  type Answer,
  brokerAssignors,
  type Coordinator,
  type CoordinatorEnv,
  copyCoordinator,
  createCoordinator,
  expire,
  type GroupRecord,
  type LoggedRecord,
  load,
  nextDeadline,
  type Outcome,
  partitionFor,
  recordKey,
  simpleShareAssignor,
  unload,
} from '../group/index.ts';
import { appendAsLeader, type NewRecord, recordsOfSegment, segmentsOf } from '../log/index.ts';
import { partitionName } from '../message.ts';
import { answer } from './answer.ts';
import { responseOf } from './groupAnswers.ts';
import { tellGroup, tellLoaded } from './groupFacts.ts';
import { advance, newsForFollowers } from './partition.ts';
import type { Broker, Replica, Return } from './state.ts';

/** Where groups' coordinators keep what must outlive them. */
export const OFFSETS_TOPIC = '__consumer_offsets';

/** The groups that this broker coordinates, and the requests that wait in them. */
export interface Coordinators {
  readonly groups: Coordinator;
  /** Requests that are not answered, by their token. */
  parked: Map<number, Parked>;
  /** Answers that leave once their records are safe: at this high watermark of the partition. */
  held: readonly { readonly tp: string; readonly offset: number; readonly answers: readonly Answer[] }[];
  /** When the groups' timer goes off; 0 = none is set. */
  wakeAt: number;
}

export interface Parked {
  readonly back: Return;
  readonly group: string;
}

export function newCoordinators(): Coordinators {
  return { groups: createCoordinator(), parked: new Map(), held: [], wakeAt: 0 };
}

export function copyCoordinators(coordinators: Coordinators): Coordinators {
  return { ...coordinators, groups: copyCoordinator(coordinators.groups), parked: new Map(coordinators.parked) };
}

/** Partition of the offsets topic that a group belongs to. */
export function groupPartition(broker: Broker, group: string): string | undefined {
  const id = broker.image.topicIds.get(OFFSETS_TOPIC);
  const topic = id === undefined ? undefined : broker.image.topics.get(id);
  return topic && partitionName(OFFSETS_TOPIC, partitionFor(group, topic.partitions.length));
}

/** The replica that holds a group's records, if this broker is its coordinator. */
export function coordinated(broker: Broker, group: string): Replica | undefined {
  const tp = groupPartition(broker, group);
  const replica = tp === undefined ? undefined : broker.replicas.get(tp);
  return replica?.lead ? replica : undefined;
}

/** What the coordinator knows beside its groups. */
export function envOf(broker: Broker, x: Context): CoordinatorEnv {
  const { initialRebalanceDelayMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  const { features, image } = broker;
  const topics = new Map([...image.topics.values()].map(({ name, partitions }) => [name, partitions.length]));
  const modern = {
    config: {
      sessionTimeout: fromMillis(45_000),
      heartbeatInterval: fromMillis(5_000),
      maxSize: Number.MAX_SAFE_INTEGER,
      assignmentInterval: features.assignmentInterval,
    },
    topics,
  };
  return {
    classic: {
      initialRebalanceDelay: features.hasInitialDelay ? fromMillis(initialRebalanceDelayMillis) : 0,
      newMemberJoinTimeout: fromMillis(300_000),
      maxSize: Number.MAX_SAFE_INTEGER,
      minSessionTimeout: 1,
      maxSessionTimeout: fromMillis(1_800_000),
    },
    consumer: { ...modern, assignors: brokerAssignors(['uniform', 'range']) },
    share: { ...modern, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: fromMillis(10_080 * 60_000),
  };
}

/** What a group's state machine has brought about: records are written, answers leave when they are safe, all is told. */
export function carryOut(broker: Broker, outcome: Outcome, x: Context, client: PartId = ''): void {
  for (const event of outcome.events) tellGroup(broker, event, client, x);
  const pending = new Map<string, number>();
  for (const record of outcome.records) {
    const tp = groupPartition(broker, record.groupId);
    const replica = tp === undefined ? undefined : broker.replicas.get(tp);
    if (replica?.lead) pending.set(replica.tp, write(broker, replica, record, x));
  }
  const { coordinators } = broker;
  const [tp, offset] = [...pending][0] ?? [undefined, 0];
  if (tp === undefined) reply(broker, outcome.answers, x);
  else coordinators.held = [...coordinators.held, { tp, offset, answers: outcome.answers }];
  for (const name of pending.keys()) {
    const replica = broker.replicas.get(name) as Replica;
    newsForFollowers(broker, replica);
    advance(broker, replica, x);
  }
  wakeGroups(broker, x);
}

function write(broker: Broker, replica: Replica, record: GroupRecord, x: Context): number {
  const value = record.value === null ? null : record.type;
  const made: NewRecord = { message: 0, key: recordKey(record), value, producer: broker.part, timestamp: x.now, weight: 0, note: record };
  const batch = { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records: [made] };
  appendAsLeader(replica.log, batch, { leaderEpoch: replica.leaderEpoch, now: x.now, settings: replica.settings }, 'coordinator');
  return replica.log.logEndOffset;
}

/** The followers have what the coordinator wrote: answers that waited for that leave. */
export function coordinatorRisen(broker: Broker, { tp, log }: Replica, x: Context): void {
  const { coordinators } = broker;
  const done = coordinators.held.filter((held) => held.tp === tp && held.offset <= log.highWatermark);
  if (done.length === 0) return;
  coordinators.held = coordinators.held.filter((held) => !done.includes(held));
  for (const { answers } of done) reply(broker, answers, x);
}

function reply(broker: Broker, answers: readonly Answer[], x: Context): void {
  const { parked } = broker.coordinators;
  for (const given of answers) {
    const waiting = parked.get(given.token as number);
    if (!waiting) continue;
    parked.delete(given.token as number);
    answer(waiting.back, responseOf(given, waiting.back.correlation) as Frame, x);
  }
}

/** One timer for all groups. */
export function wakeGroups(broker: Broker, x: Context): void {
  const { coordinators } = broker;
  const at = nextDeadline(coordinators.groups);
  if (at === Number.POSITIVE_INFINITY || (coordinators.wakeAt !== 0 && coordinators.wakeAt <= at)) return;
  coordinators.wakeAt = Math.max(x.now, at);
  x.wake({ name: 'groups', at: coordinators.wakeAt }, micros(coordinators.wakeAt - x.now));
}

export function groupsTimer(broker: Broker, at: number, x: Context): void {
  const { coordinators } = broker;
  if (coordinators.wakeAt !== at) return;
  coordinators.wakeAt = 0;
  carryOut(broker, expire(coordinators.groups, envOf(broker, x), x.now), x);
}

/** This broker has begun, or ceased, to lead a partition of the offsets topic: its groups come, or go. */
export function coordinatorMoved(broker: Broker, replica: Replica, x: Context): void {
  if (replica.topic !== OFFSETS_TOPIC) return;
  const { groups } = broker.coordinators;
  const isHere = (group: string) => groupPartition(broker, group) === replica.tp;
  if (replica.lead) {
    carryOut(broker, load(groups, notes(replica), envOf(broker, x), x.now), x);
    tellLoaded(broker, isHere, x);
    return;
  }
  const outcome = unload(groups, isHere, x.now);
  broker.coordinators.held = broker.coordinators.held.filter(({ tp }) => tp !== replica.tp);
  reply(broker, outcome.answers, x);
}

function notes(replica: Replica): readonly LoggedRecord[] {
  return segmentsOf(replica.log)
    .flatMap(recordsOfSegment)
    .flatMap((record): readonly LoggedRecord[] => {
      if (record.note !== undefined) return [record.note as GroupRecord];
      const { control, producerId } = record.batch;
      return control ? [{ type: 'Marker', producerId, isCommit: control.type === 'COMMIT' }] : [];
    });
}
