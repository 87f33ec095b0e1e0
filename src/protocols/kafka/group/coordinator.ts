import type { TopicPartition } from '../assign/index.ts';
import { joinGroup as joinClassic } from './classic/join.ts';
import type { HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, SyncGroupRequest } from './classic/messages.ts';
import {
  heartbeat as beatClassic,
  expireClassic,
  leaveGroup as leaveClassic,
  nextClassicDeadline,
  noteCommit,
  syncGroup as syncClassic,
  validateOffsetCommit,
} from './classic/phases.ts';
import { joinError } from './classic/rebalance.ts';
import { type ClassicConfig, type ClassicGroup, copyClassicGroup, createClassicGroup, emptyGroupRecord } from './classic/state.ts';
import type { GroupError } from './errors.ts';
import { tombstonesOf } from './modern/apply.ts';
import { invalidity, type ModernEnv, modernHeartbeat } from './modern/heartbeat.ts';
import { expireModern, nextModernDeadline, validateModernCommit, validateModernFetch } from './modern/leave.ts';
import type { HeartbeatRequest as ModernHeartbeatRequest } from './modern/messages.ts';
import { copyModernGroup, createModernGroup, type ModernGroup } from './modern/state.ts';
import {
  commitRecords,
  copyOffsets,
  createOffsets,
  type FetchedOffset,
  fetchOffsets as fetchCommitted,
  type OffsetCommitRequest,
  type Offsets,
  replayOffset,
} from './offsets.ts';
import { nothingYet, type Outcome } from './outcome.ts';
import type { ModernProtocol } from './records.ts';

export type Group = ClassicGroup | ModernGroup;

/** The groups of the `__consumer_offsets` partitions that a broker leads, of both protocols and share groups. */
export interface Coordinator {
  readonly groups: Map<string, Group>;
  readonly offsets: Offsets;
}
/** What the coordinator knows beside its groups. Times are in the caller's unit. */
export interface CoordinatorEnv {
  readonly classic: ClassicConfig;
  readonly consumer: ModernEnv;
  readonly share: ModernEnv;
  /** `offsets.retention.minutes` */
  readonly offsetsRetention: number;
}

export function createCoordinator(): Coordinator {
  return { groups: new Map(), offsets: createOffsets() };
}

export function copyCoordinator(coordinator: Coordinator): Coordinator {
  const groups = new Map<string, Group>();
  for (const [groupId, group] of coordinator.groups)
    groups.set(groupId, group.kind === 'classic' ? copyClassicGroup(group) : copyModernGroup(group));
  return { groups, offsets: copyOffsets(coordinator.offsets) };
}

function prepend(outcome: Outcome, records: Outcome['records']): Outcome {
  outcome.records.unshift(...records);
  return outcome;
}

/** JoinGroup. A group that is not there is made, if somebody without a member id asks. */
export function joinGroup(coordinator: Coordinator, groupId: string, request: JoinGroupRequest, env: CoordinatorEnv, now: number): Outcome {
  const { token, memberId, sessionTimeout } = request;
  const refuse = (error: GroupError, id = memberId): Outcome => {
    const out = nothingYet();
    out.answers.push({ token, api: 'JoinGroup', response: joinError(error, id) });
    return out;
  };
  if (groupId === '') return refuse('INVALID_GROUP_ID');
  if (sessionTimeout < env.classic.minSessionTimeout || sessionTimeout > env.classic.maxSessionTimeout)
    return refuse('INVALID_SESSION_TIMEOUT');
  let group = coordinator.groups.get(groupId);
  let before: Outcome['records'] = [];
  if (group?.kind === 'consumer' && group.members.size === 0) {
    before = [...tombstonesOf(group)];
    coordinator.groups.delete(groupId);
    group = undefined;
  }
  if (group && group.kind !== 'classic') return refuse('INCONSISTENT_GROUP_PROTOCOL', '');
  if (group) return joinClassic(group, request, env.classic, now);
  if (memberId !== '') return refuse('UNKNOWN_MEMBER_ID');
  group = createClassicGroup(groupId, now);
  coordinator.groups.set(groupId, group);
  const empty = emptyGroupRecord(group);
  const outcome = joinClassic(group, request, env.classic, now);
  if (outcome.records.length === 0) outcome.records.push(empty);
  return prepend(outcome, before);
}

/** SyncGroup. */
export function syncGroup(coordinator: Coordinator, groupId: string, request: SyncGroupRequest, env: CoordinatorEnv, now: number): Outcome {
  const group = coordinator.groups.get(groupId);
  if (group?.kind === 'classic') return syncClassic(group, request, env.classic, now);
  const out = nothingYet();
  out.answers.push({ token: request.token, api: 'SyncGroup', response: { error: 'UNKNOWN_MEMBER_ID', assignment: null } });
  return out;
}

/** Heartbeat of the classic protocol. */
export function heartbeat(coordinator: Coordinator, groupId: string, request: HeartbeatRequest, env: CoordinatorEnv, now: number): Outcome {
  const group = coordinator.groups.get(groupId);
  if (group?.kind === 'classic') return beatClassic(group, request, env.classic, now);
  const out = nothingYet();
  out.answers.push({ token: request.token, api: 'Heartbeat', response: { error: 'UNKNOWN_MEMBER_ID' } });
  return out;
}

/** LeaveGroup of the classic protocol. */
export function leaveGroup(
  coordinator: Coordinator,
  groupId: string,
  request: LeaveGroupRequest,
  env: CoordinatorEnv,
  now: number,
): Outcome {
  const group = coordinator.groups.get(groupId);
  if (group?.kind === 'classic') return leaveClassic(group, request, env.classic, now);
  const out = nothingYet();
  const members = request.members.map((member) => ({ ...member, error: 'UNKNOWN_MEMBER_ID' as const }));
  out.answers.push({ token: request.token, api: 'LeaveGroup', response: { error: 'NONE', members } });
  return out;
}

/** ConsumerGroupHeartbeat. */
export function consumerGroupHeartbeat(
  coordinator: Coordinator,
  groupId: string,
  request: ModernHeartbeatRequest,
  env: CoordinatorEnv,
  now: number,
): Outcome {
  return beatModern(coordinator, 'consumer', groupId, request, env.consumer, now);
}

/** ShareGroupHeartbeat. */
export function shareGroupHeartbeat(
  coordinator: Coordinator,
  groupId: string,
  request: ModernHeartbeatRequest,
  env: CoordinatorEnv,
  now: number,
): Outcome {
  return beatModern(coordinator, 'share', groupId, request, env.share, now);
}

function beatModern(
  coordinator: Coordinator,
  kind: ModernProtocol,
  groupId: string,
  request: ModernHeartbeatRequest,
  env: ModernEnv,
  now: number,
): Outcome {
  const refuse = (error: GroupError): Outcome => {
    const out = nothingYet();
    const api = kind === 'consumer' ? 'ConsumerGroupHeartbeat' : 'ShareGroupHeartbeat';
    out.answers.push({ token: request.token, api, response: { error } });
    return out;
  };
  const invalid = groupId === '' ? 'INVALID_REQUEST' : invalidity(kind, request, env);
  if (invalid !== 'NONE') return refuse(invalid);
  const existing = coordinator.groups.get(groupId);
  if (existing?.kind === kind) return modernHeartbeat(existing, request, env, now);
  // An empty classic group makes way for one of consumers.
  const isReplaced = kind === 'consumer' && existing?.kind === 'classic' && existing.state === 'Empty';
  if (request.memberEpoch !== 0 || (existing && !isReplaced)) return refuse('GROUP_ID_NOT_FOUND');
  const group = createModernGroup(kind, groupId);
  const outcome = modernHeartbeat(group, request, env, now);
  const isRefused = outcome.answers.some((answer) => answer.response.error !== 'NONE');
  if (isRefused) return outcome;
  coordinator.groups.set(groupId, group);
  return isReplaced ? prepend(outcome, [{ type: 'GroupMetadata', groupId, value: null }]) : outcome;
}

/** OffsetCommit, and TxnOffsetCommit when it names a producer. */
export function commitOffsets(coordinator: Coordinator, request: OffsetCommitRequest, env: CoordinatorEnv, now: number): Outcome {
  const out = nothingYet();
  const { token, groupId, producerId } = request;
  const error = validateCommit(coordinator, request, now);
  out.answers.push({ token, api: producerId === undefined ? 'OffsetCommit' : 'TxnOffsetCommit', response: { error } });
  if (error !== 'NONE') return out;
  const group = coordinator.groups.get(groupId);
  if (group?.kind === 'classic' && producerId === undefined) noteCommit(group, request.memberId, env.classic, now);
  for (const record of commitRecords(request, now)) {
    replayOffset(coordinator.offsets, record);
    out.records.push(record);
    const { topic, partition, value } = record;
    const producer = producerId === undefined ? {} : { producerId };
    out.events.push({ groupId, what: 'offset-committed', topic, partition, offset: value?.offset ?? -1, ...producer });
  }
  return out;
}

function validateCommit(coordinator: Coordinator, request: OffsetCommitRequest, now: number): GroupError {
  const isTransactional = request.producerId !== undefined;
  let group = coordinator.groups.get(request.groupId);
  if (!group) {
    if (request.generation >= 0) return isTransactional ? 'ILLEGAL_GENERATION' : 'GROUP_ID_NOT_FOUND';
    // A group of somebody who only stores offsets: it is never written.
    group = createClassicGroup(request.groupId, now);
    coordinator.groups.set(request.groupId, group);
  }
  if (group.kind === 'classic') return validateOffsetCommit(group, request, isTransactional);
  return validateModernCommit(group, request.memberId, request.generation, isTransactional);
}

export interface OffsetFetchRequest {
  readonly groupId: string;
  /** Undefined and -1 when the client says neither. */
  readonly memberId?: string;
  readonly memberEpoch: number;
  /** Undefined: all that the group has. */
  readonly partitions?: readonly TopicPartition[];
  readonly requireStable: boolean;
}

/** OffsetFetch: reads only, so it is answered at once. */
export function fetchOffsets(
  coordinator: Coordinator,
  request: OffsetFetchRequest,
): { readonly error: GroupError; readonly offsets: readonly FetchedOffset[] } {
  const { groupId, memberId, memberEpoch } = request;
  const group = coordinator.groups.get(groupId);
  const error = group?.kind === 'consumer' ? validateModernFetch(group, memberId, memberEpoch) : 'NONE';
  if (error !== 'NONE') return { error, offsets: [] };
  return { error, offsets: fetchCommitted(coordinator.offsets, groupId, request.partitions, request.requireStable) };
}

/** When `expire` has something to do; Infinity when nothing runs. */
export function nextDeadline(coordinator: Coordinator): number {
  let next = Infinity;
  for (const group of coordinator.groups.values())
    next = Math.min(next, group.kind === 'classic' ? nextClassicDeadline(group) : nextModernDeadline(group));
  return next;
}

/** Fires the timers that are due: sessions, join and sync phases, rebalance time-outs. */
export function expire(coordinator: Coordinator, env: CoordinatorEnv, now: number): Outcome {
  const all = nothingYet();
  for (const group of coordinator.groups.values()) add(all, expireGroup(group, env, now));
  return all;
}

function expireGroup(group: Group, env: CoordinatorEnv, now: number): Outcome {
  if (group.kind === 'classic') return expireClassic(group, env.classic, now);
  return expireModern(group, group.kind === 'share' ? env.share.topics : env.consumer.topics, now);
}

export function add(all: Outcome, outcome: Outcome): void {
  all.answers.push(...outcome.answers);
  all.events.push(...outcome.events);
  all.records.push(...outcome.records);
}

/** Topics have come, gone or grown: groups of the new protocols look at them with the next heartbeat. */
export function noteTopicsChanged(coordinator: Coordinator): void {
  for (const group of coordinator.groups.values()) if (group.kind !== 'classic') group.isMetadataFresh = false;
}
