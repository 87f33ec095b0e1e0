import type { ControllerError } from '../errors.ts';
import { isRefusal, type Refusal } from '../errors.ts';
import type { BrokerId, MetadataImage, Random } from '../image.ts';
import type { MetadataRecord } from '../records.ts';
import { type AlterPartitionAnswer, type AlterPartitionRequest, alterPartition } from './alterPartition.ts';
import { balanceLeaders, type ElectionType, electLeader, electUncleanLeaders } from './elections.ts';
import {
  type BrokerSessions,
  currentState,
  findStaleBroker,
  freshSessions,
  type HeartbeatRequest,
  hasValidSession,
  nextSessionCheck,
  nextState,
  touch,
} from './heartbeats.ts';
import { alterReassignment, type Reassignment } from './reassign.ts';
import type { KraftSettings } from './settings.ts';
import { type CreateTopic, createPartitions, createTopic, deleteTopic, usableBrokers } from './topics.ts';
import { beginControlledShutdown, cleanUpFormerLife, fenceBroker, unfenceBroker } from './updates.ts';

/** The active controller's mind: the image with all that it has written, committed or not, and the brokers' sessions. */
export interface KraftController {
  readonly settings: KraftSettings;
  image: MetadataImage;
  readonly sessions: BrokerSessions;
}

export type ControllerRequest =
  | {
      readonly type: 'RegisterBroker';
      readonly brokerId: BrokerId;
      readonly incarnationId: string;
      readonly rack?: string;
      /** The epoch that the broker noted when it stopped cleanly, else -1 (since 4.0). */
      readonly previousBrokerEpoch: number;
    }
  | ({ readonly type: 'BrokerHeartbeat' } & HeartbeatRequest)
  | ({ readonly type: 'AlterPartition' } & AlterPartitionRequest)
  | ({ readonly type: 'CreateTopic' } & CreateTopic)
  | { readonly type: 'DeleteTopic'; readonly name: string }
  | {
      readonly type: 'CreatePartitions';
      readonly topic: string;
      readonly count: number;
      readonly assignments?: readonly (readonly BrokerId[])[];
    }
  | {
      readonly type: 'ElectLeaders';
      readonly election: ElectionType;
      /** Undefined means every partition. */
      readonly partitions: readonly { readonly topic: string; readonly partition: number }[] | undefined;
    }
  | { readonly type: 'AlterPartitionReassignments'; readonly partitions: readonly Reassignment[] }
  | { readonly type: 'AlterConfig'; readonly topic: string; readonly name: string; readonly value: string | null };

export interface PartitionResult {
  readonly topic: string;
  readonly partition: number;
  readonly error: ControllerError;
  readonly message: string;
}

export interface ControllerAnswer {
  readonly error: ControllerError;
  readonly message: string;
  /** RegisterBroker. */
  readonly brokerEpoch?: number;
  /** BrokerHeartbeat. */
  readonly isCaughtUp?: boolean;
  readonly isFenced?: boolean;
  readonly shouldShutDown?: boolean;
  /** AlterPartition. */
  readonly partitions?: readonly AlterPartitionAnswer[];
  /** ElectLeaders, AlterPartitionReassignments. */
  readonly results?: readonly PartitionResult[];
}

/** Records to write and the answer to give once they are committed; without records, at once. */
export interface ControllerResult {
  readonly records: readonly MetadataRecord[];
  readonly answer: ControllerAnswer;
}

const OK = { error: 'NONE', message: '' } as const;

/** The mind of a controller that has just become active. */
export function activateController(settings: KraftSettings, image: MetadataImage, now: number): KraftController {
  return { settings, image, sessions: freshSessions(image, now) };
}

export function copyController(controller: KraftController): KraftController {
  return { ...controller, sessions: new Map(controller.sessions) };
}

/**
 * What the active controller makes of a request. `writeOffset` is where the next record goes: a new broker's epoch. The
 * caller appends the records, applies them to `controller.image` and answers when they are committed. Only sessions change here.
 */
export function handleControllerRequest(
  controller: KraftController,
  request: ControllerRequest,
  writeOffset: number,
  now: number,
  random: Random,
): ControllerResult {
  const { image, settings, sessions } = controller;
  switch (request.type) {
    case 'RegisterBroker':
      return registerBroker(controller, request, writeOffset, now);
    case 'BrokerHeartbeat':
      return heartbeat(controller, request, writeOffset, now);
    case 'AlterPartition':
      return alterPartitions(controller, request);
    case 'CreateTopic':
      return outcome(createTopic(image, settings, usableBrokers(image, sessions), request, random));
    case 'DeleteTopic':
      return outcome(deleteTopic(image, request.name));
    case 'CreatePartitions':
      return outcome(createPartitions(image, usableBrokers(image, sessions), request, random));
    case 'ElectLeaders':
      return electLeaders(controller, request.election, request.partitions);
    case 'AlterPartitionReassignments':
      return reassign(controller, request.partitions);
    case 'AlterConfig': {
      const { topic, name, value } = request;
      if (topic !== '' && !image.topicIds.has(topic)) return fail('UNKNOWN_TOPIC_OR_PARTITION');
      const resource = { resourceType: topic === '' ? 'BROKER' : 'TOPIC', resourceName: topic } as const;
      return { records: [{ type: 'ConfigRecord', ...resource, name, value }], answer: OK };
    }
  }
}

/** Fences the one broker that has been silent longest, if its session has run out; ask again until there is none. */
export function fenceStaleBroker(controller: KraftController, now: number): readonly MetadataRecord[] {
  const { image, settings, sessions } = controller;
  const stale = findStaleBroker(image, sessions, now, settings.sessionTimeout);
  return stale === undefined ? [] : fenceBroker(image, settings, stale);
}

/** When `fenceStaleBroker` may next have something to do. */
export function nextControllerCheck(controller: KraftController): number | undefined {
  return nextSessionCheck(controller.image, controller.sessions, controller.settings.sessionTimeout);
}

/** The periodic rounds of the active controller. */
export function periodicRound(controller: KraftController, round: 'balance' | 'unclean'): readonly MetadataRecord[] {
  const { image, settings } = controller;
  return round === 'balance' ? balanceLeaders(image, settings) : electUncleanLeaders(image, settings);
}

function outcome(result: readonly MetadataRecord[] | Refusal): ControllerResult {
  return isRefusal(result) ? { records: [], answer: result } : { records: result, answer: OK };
}

function fail(error: ControllerError, message = ''): ControllerResult {
  return { records: [], answer: { error, message } };
}

function registerBroker(
  { image, settings, sessions }: KraftController,
  request: Extract<ControllerRequest, { type: 'RegisterBroker' }>,
  writeOffset: number,
  now: number,
): ControllerResult {
  const { brokerId, incarnationId, rack } = request;
  const existing = image.brokers.get(brokerId);
  const isSame = existing?.incarnation === incarnationId;
  const isRival = hasValidSession(image, sessions, brokerId, now, settings.sessionTimeout) && !isSame && !existing?.inControlledShutdown;
  if (isRival) return fail('DUPLICATE_BROKER_REGISTRATION', 'Another broker is registered with that broker id.');
  const brokerEpoch = isSame ? existing.epoch : writeOffset;
  const stoppedCleanly = existing !== undefined && request.previousBrokerEpoch === existing.epoch;
  const clean = existing && !isSame ? cleanUpFormerLife(image, settings, brokerId, stoppedCleanly) : [];
  const register: MetadataRecord = {
    type: 'RegisterBrokerRecord',
    brokerId,
    brokerEpoch,
    incarnationId,
    ...(rack !== undefined && { rack }),
    fenced: isSame ? existing.fenced : true,
    inControlledShutdown: isSame ? existing.inControlledShutdown : false,
  };
  if (!isSame) sessions.set(brokerId, { lastContact: now, metadataOffset: -1, controlledShutdownOffset: -1 });
  return { records: [...clean, register], answer: { ...OK, brokerEpoch } };
}

function heartbeat(controller: KraftController, request: HeartbeatRequest, writeOffset: number, now: number): ControllerResult {
  const { image, settings, sessions } = controller;
  const broker = image.brokers.get(request.brokerId);
  if (!broker) return fail('BROKER_ID_NOT_REGISTERED');
  if (broker.epoch !== request.brokerEpoch) return fail('STALE_BROKER_EPOCH');
  const [before, after] = [currentState(image, sessions, broker.id), nextState(image, sessions, request)];
  const isFenced = after === 'FENCED' || after === 'SHUTDOWN_NOW';
  const records = before === after ? [] : recordsFor(image, settings, broker.id, after);
  touch(sessions, request, isFenced, now);
  const session = sessions.get(broker.id);
  if (after === 'CONTROLLED_SHUTDOWN' && session && session.controlledShutdownOffset < 0)
    sessions.set(broker.id, { ...session, controlledShutdownOffset: writeOffset + records.length - 1 });
  const isCaughtUp = request.currentMetadataOffset >= broker.epoch;
  return { records, answer: { ...OK, isCaughtUp, isFenced, shouldShutDown: after === 'SHUTDOWN_NOW' } };
}

function recordsFor(image: MetadataImage, settings: KraftSettings, id: BrokerId, after: string): readonly MetadataRecord[] {
  if (after === 'UNFENCED') return unfenceBroker(image, settings, id);
  return after === 'CONTROLLED_SHUTDOWN' ? beginControlledShutdown(image, settings, id) : fenceBroker(image, settings, id);
}

function alterPartitions({ image, settings }: KraftController, request: AlterPartitionRequest): ControllerResult {
  const broker = image.brokers.get(request.brokerId);
  if (!broker || broker.epoch !== request.brokerEpoch) return fail('STALE_BROKER_EPOCH');
  const outcomes = request.partitions.map((wish) => alterPartition(image, settings, request.brokerId, wish));
  const records = outcomes.flatMap(({ record }) => (record ? [record] : []));
  return { records, answer: { ...OK, partitions: outcomes.map(({ answer }) => answer) } };
}

function electLeaders(
  { image, settings }: KraftController,
  type: ElectionType,
  wanted: readonly { readonly topic: string; readonly partition: number }[] | undefined,
): ControllerResult {
  const every = [...image.topics.values()].flatMap(({ name, partitions }) =>
    partitions.map((_, partition) => ({ topic: name, partition })),
  );
  const elections = (wanted ?? every).map((one) => ({ ...one, ...electLeader(image, settings, type, one.topic, one.partition) }));
  // An election of all does not list those that needed none.
  const listed = elections.filter(({ error }) => wanted || error !== 'ELECTION_NOT_NEEDED');
  const results = listed.map(({ topic, partition, error }) => ({ topic, partition, error, message: '' }));
  return { records: elections.flatMap(({ record }) => (record ? [record] : [])), answer: { ...OK, results } };
}

function reassign({ image, settings }: KraftController, wishes: readonly Reassignment[]): ControllerResult {
  const records: MetadataRecord[] = [];
  const results = wishes.map(({ topic, partition, replicas }): PartitionResult => {
    const done = alterReassignment(image, settings, { topic, partition, replicas });
    if (done && isRefusal(done)) return { topic, partition, ...done };
    if (done) records.push(done);
    return { topic, partition, ...OK };
  });
  return { records, answer: { ...OK, results } };
}
