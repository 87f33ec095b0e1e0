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
  recordKey,
  removeExpired,
  simpleShareAssignor,
  unload,
} from '../group/index.ts';
import { answer } from './answer.ts';
import { brokenResponse, responseOf } from './groupAnswers.ts';
import { tellGroup, tellLoaded } from './groupFacts.ts';
import { appendNote, homeOf, ledHome, OFFSETS_TOPIC, type RecordProducer, replicate, writtenRecords } from './internal.ts';
import type { Broker, Replica, Return } from './state.ts';

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
  /** What was asked. */
  readonly api: string;
}

export function newCoordinators(): Coordinators {
  return { groups: createCoordinator(), parked: new Map(), held: [], wakeAt: 0 };
}

export function copyCoordinators(coordinators: Coordinators): Coordinators {
  return { ...coordinators, groups: copyCoordinator(coordinators.groups), parked: new Map(coordinators.parked) };
}

/** What the coordinator knows beside its groups. */
export function envOf(broker: Broker, x: Context): CoordinatorEnv {
  const { initialRebalanceDelayMillis, minSessionTimeoutMillis, consumerSessionMillis, consumerHeartbeatMillis } = x.config<BrokerConfig>(
    x.wiring.self.id,
  );
  const { features, image } = broker;
  const topics = new Map([...image.topics.values()].map(({ name, partitions }) => [name, partitions.length]));
  const modern = {
    config: {
      sessionTimeout: fromMillis(consumerSessionMillis),
      heartbeatInterval: fromMillis(consumerHeartbeatMillis),
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
      minSessionTimeout: fromMillis(minSessionTimeoutMillis),
      maxSessionTimeout: fromMillis(1_800_000),
    },
    consumer: { ...modern, assignors: brokerAssignors(['uniform', 'range']) },
    share: { ...modern, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: fromMillis(10_080 * 60_000),
  };
}

/**
 * What a group's state machine has brought about: records are written, answers leave when they are safe, all is told. `producer`: whose
 * transaction the records belong to.
 */
export function carryOut(broker: Broker, outcome: Outcome, x: Context, client: PartId = '', producer?: RecordProducer): void {
  for (const event of outcome.events) tellGroup(broker, event, client, x);
  const pending = new Map<string, number>();
  for (const note of outcome.records) {
    const home = ledHome(broker, OFFSETS_TOPIC, note.groupId);
    const record = { key: recordKey(note), value: note.value === null ? null : note.type, note };
    if (home) pending.set(home.tp, appendNote(broker, home, record, x, producer));
  }
  holdOrReply(broker, outcome.answers, pending, x);
  for (const tp of pending.keys()) replicate(broker, broker.replicas.get(tp) as Replica, x);
  wakeGroups(broker, x);
}

/** An answer waits for what was just written about its own group. */
function holdOrReply(broker: Broker, answers: readonly Answer[], pending: ReadonlyMap<string, number>, x: Context): void {
  const { coordinators } = broker;
  const byHome = new Map<string, Answer[]>();
  for (const given of answers) {
    const waiting = coordinators.parked.get(given.token as number);
    const tp = waiting && homeOf(broker, OFFSETS_TOPIC, waiting.group);
    if (tp === undefined || !pending.has(tp)) reply(broker, [given], x);
    else byHome.set(tp, [...(byHome.get(tp) ?? []), given]);
  }
  const held = [...byHome].map(([tp, own]) => ({ tp, offset: pending.get(tp) ?? 0, answers: own }));
  if (held.length > 0) coordinators.held = [...coordinators.held, ...held];
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

/** Every 10 min (offsets.retention.check.interval.ms): offsets that are too old go, and groups that have nothing left. */
export function expireOffsets(broker: Broker, x: Context): void {
  carryOut(broker, removeExpired(broker.coordinators.groups, envOf(broker, x), x.now), x);
  wakeOffsetsExpiry(x);
}

export function wakeOffsetsExpiry(x: Context): void {
  x.wake({ name: 'offsetsExpiry' }, micros(fromMillis(600_000)));
}

/** This broker has begun, or ceased, to lead a partition of the offsets topic: its groups come, or go. */
export function coordinatorMoved(broker: Broker, replica: Replica, x: Context): void {
  const { coordinators } = broker;
  const { groups, parked } = coordinators;
  const isHere = (group: string) => homeOf(broker, OFFSETS_TOPIC, group) === replica.tp;
  if (replica.lead) {
    carryOut(broker, load(groups, notes(replica), envOf(broker, x), x.now), x);
    tellLoaded(broker, isHere, x);
    return;
  }
  const outcome = unload(groups, isHere, x.now);
  coordinators.held = coordinators.held.filter(({ tp }) => tp !== replica.tp);
  reply(broker, outcome.answers, x);
  // What was decided and is not safe never came to be, as far as this broker can tell.
  for (const [token, { back, group, api }] of [...parked]) {
    if (!isHere(group)) continue;
    parked.delete(token);
    answer(back, brokenResponse(api, back.correlation, 'NOT_COORDINATOR'), x);
  }
}

function notes(replica: Replica): readonly LoggedRecord[] {
  return writtenRecords(replica).flatMap((record): readonly LoggedRecord[] => {
    if (record.note !== undefined) return [record.note as GroupRecord];
    const { control, producerId } = record.batch;
    return control ? [{ type: 'Marker', producerId, isCommit: control.type === 'COMMIT' }] : [];
  });
}
