import { NO_PARTITIONS } from '../../assign/index.ts';
import type { GroupError } from '../errors.ts';
import { nothingYet, type Outcome } from '../outcome.ts';
import { compareText, intersection, type Partitions, samePartitions } from '../partitions.ts';
import type { ModernProtocol, ModernRecord } from '../records.ts';
import { cancelTimer, setTimer } from '../timers.ts';
import { applyRecord, currentRecord, memberRecord } from './apply.ts';
import { leaveModern, memberTombstones } from './leave.ts';
import { type HeartbeatRequest, type HeartbeatResponse, LEAVE_EPOCH, LEAVE_STATIC_EPOCH } from './messages.ts';
import { reconcile, reconcileShare, type Target } from './reconcile.ts';
import {
  heldPartitions,
  type ModernConfig,
  type ModernGroup,
  type ModernMember,
  newMember,
  preferredAssignor,
  sameTopics,
  topicsOf,
} from './state.ts';

/** What an assignor is told of a member. */
export interface TargetMember {
  readonly memberId: string;
  readonly groupInstanceId?: string;
  readonly rackId?: string;
  readonly topics: readonly string[];
  /** Its target so far. */
  readonly owned: Partitions;
  readonly generation: number;
}
/** Computes every member's target. `members` are in ascending order of their ids. */
export type TargetAssignor = (input: {
  readonly members: readonly TargetMember[];
  readonly partitionsPerTopic: ReadonlyMap<string, number>;
}) => ReadonlyMap<string, Partitions>;

/** What the coordinator knows beside the group. */
export interface ModernEnv {
  readonly config: ModernConfig;
  /** Number of partitions of each topic that exists. */
  readonly topics: ReadonlyMap<string, number>;
  /** `group.consumer.assignors`, the default one first. */
  readonly assignors: ReadonlyMap<string, TargetAssignor>;
}

/** A valid ConsumerGroupHeartbeat or ShareGroupHeartbeat: joins, leaves, reports and learns, all in one. */
export function modernHeartbeat(group: ModernGroup, request: HeartbeatRequest, env: ModernEnv, now: number): Outcome {
  const out = nothingYet();
  const response = respond(group, request, env, now, out);
  const api = group.kind === 'consumer' ? 'ConsumerGroupHeartbeat' : 'ShareGroupHeartbeat';
  out.answers.push({ token: request.token, api, response });
  return out;
}

function respond(group: ModernGroup, request: HeartbeatRequest, env: ModernEnv, now: number, out: Outcome): HeartbeatResponse {
  if (request.memberEpoch < 0) return leaveModern(group, request, env.topics, out);
  const memberId = request.memberId === '' ? request.newMemberId : request.memberId;
  if (group.members.size >= env.config.maxSize && !group.members.has(memberId)) return { error: 'GROUP_MAX_SIZE_REACHED' };
  const found = findMember(group, request, memberId);
  if (found.error !== 'NONE') return { error: found.error };
  const { member, replaced } = found;
  const updated = told(member, request);
  const records: ModernRecord[] = replaced ? [...replacement(group, replaced, member)] : [];
  tellComing(group, member, replaced, out);
  const next = advance({ group, member, updated, replaced, owned: request.ownedPartitions, env, now, records, out });
  for (const record of records) applyRecord(group, record, out.events);
  out.records.push(...records);
  setTimer(group.timers, `session:${memberId}`, now + env.config.sessionTimeout, { kind: 'session', memberId });
  const isFull = request.rebalanceTimeout !== undefined && request.subscribedTopics !== undefined && request.ownedPartitions !== undefined;
  const isTold = request.memberEpoch === 0 || isFull || !samePartitions(member.assigned, next.assigned);
  const answer = { error: 'NONE', memberId, memberEpoch: next.memberEpoch, heartbeatInterval: env.config.heartbeatInterval } as const;
  return isTold ? { ...answer, assignment: next.assigned } : answer;
}

/** What is wrong with the request itself, whatever the group is like. */
export function invalidity(kind: ModernProtocol, request: HeartbeatRequest, env: ModernEnv): GroupError {
  const { memberEpoch, memberId, instanceId } = request;
  const isConsumer = kind === 'consumer';
  const isStaticLeave = memberEpoch === LEAVE_STATIC_EPOCH && isConsumer;
  if (memberEpoch < 0 && memberEpoch !== LEAVE_EPOCH && !isStaticLeave) return 'INVALID_REQUEST';
  if (memberEpoch !== 0 && memberId === '') return 'INVALID_REQUEST';
  if (isStaticLeave && instanceId === undefined) return 'INVALID_REQUEST';
  if (memberEpoch === 0) {
    if (!request.subscribedTopics?.length) return 'INVALID_REQUEST';
    if (isConsumer && (request.rebalanceTimeout === undefined || request.ownedPartitions?.length !== 0)) return 'INVALID_REQUEST';
  }
  if (request.serverAssignor !== undefined && !env.assignors.has(request.serverAssignor)) return 'UNSUPPORTED_ASSIGNOR';
  return 'NONE';
}

type Found =
  | { readonly error: Exclude<GroupError, 'NONE'> }
  /** `replaced`: a static member whose place the new process takes. */
  | { readonly error: 'NONE'; readonly member: ModernMember; readonly replaced: ModernMember | undefined };

function findMember(group: ModernGroup, request: HeartbeatRequest, memberId: string): Found {
  const isJoining = request.memberEpoch === 0;
  if (request.instanceId === undefined) {
    const member = group.members.get(memberId) ?? (isJoining ? newMember(memberId) : undefined);
    if (!member) return { error: 'UNKNOWN_MEMBER_ID' };
    return isFenced(group, member, request) ? { error: 'FENCED_MEMBER_EPOCH' } : { error: 'NONE', member, replaced: undefined };
  }
  const holder = group.members.get(group.staticMembers.get(request.instanceId) ?? '');
  if (!isJoining) {
    if (!holder) return { error: 'UNKNOWN_MEMBER_ID' };
    if (holder.memberId !== memberId) return { error: 'FENCED_INSTANCE_ID' };
    return isFenced(group, holder, request) ? { error: 'FENCED_MEMBER_EPOCH' } : { error: 'NONE', member: holder, replaced: undefined };
  }
  if (!holder) return { error: 'NONE', member: group.members.get(memberId) ?? newMember(memberId), replaced: undefined };
  // Another process has the instance id, unless it has said that it goes for a while.
  if (holder.memberEpoch !== LEAVE_STATIC_EPOCH) return { error: 'UNRELEASED_INSTANCE_ID' };
  return { error: 'NONE', member: { ...holder, memberId, memberEpoch: 0, previousMemberEpoch: 0 }, replaced: holder };
}

/** An epoch that the member can't have; the one before is fine if the answer with the new one may have been lost. */
function isFenced(group: ModernGroup, member: ModernMember, request: HeartbeatRequest): boolean {
  if (request.memberEpoch === member.memberEpoch) return false;
  if (request.memberEpoch > member.memberEpoch || request.memberEpoch !== member.previousMemberEpoch) return true;
  if (group.kind === 'share') return false;
  const owned = request.ownedPartitions;
  return owned === undefined || intersection(owned, member.assigned).length < owned.length;
}

function told(member: ModernMember, request: HeartbeatRequest): ModernMember {
  const { instanceId, rackId, rebalanceTimeout, serverAssignor, subscribedTopics: topics } = request;
  return {
    ...member,
    clientId: request.clientId,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(rackId === undefined ? {} : { rackId }),
    ...(rebalanceTimeout === undefined ? {} : { rebalanceTimeout }),
    ...(serverAssignor === undefined ? {} : { serverAssignor }),
    ...(topics === undefined ? {} : { subscribedTopics: [...new Set(topics)].sort(compareText) }),
  };
}

function replacement(group: ModernGroup, old: ModernMember, member: ModernMember): readonly ModernRecord[] {
  const of = { protocol: group.kind, groupId: group.groupId };
  const partitions = group.target.get(old.memberId) ?? NO_PARTITIONS;
  return [
    ...memberTombstones(group, old.memberId),
    { ...of, ...memberRecord(member) },
    { ...of, type: 'TargetAssignmentMember', memberId: member.memberId, value: { partitions } },
    { ...of, ...currentRecord(member) },
  ];
}

function tellComing(group: ModernGroup, member: ModernMember, replaced: ModernMember | undefined, out: Outcome): void {
  const { groupId } = group;
  const { memberId } = member;
  if (replaced?.instanceId !== undefined)
    out.events.push({ groupId, what: 'member-replaced', memberId, oldMemberId: replaced.memberId, instanceId: replaced.instanceId });
  else if (!group.members.has(memberId)) out.events.push({ groupId, what: 'member-added', memberId });
}

interface Beat {
  readonly group: ModernGroup;
  /** As it was, and with what it says now. */
  readonly member: ModernMember;
  readonly updated: ModernMember;
  readonly replaced: ModernMember | undefined;
  readonly owned: Partitions | undefined;
  readonly env: ModernEnv;
  readonly now: number;
  readonly records: ModernRecord[];
  readonly out: Outcome;
}

/** The group's epoch, its target and the member's own assignment, each if it has to change. Gives the member as it is then. */
function advance(beat: Beat): ModernMember {
  const { group, member, updated, replaced, records, out } = beat;
  const of = { protocol: group.kind, groupId: group.groupId };
  const members = [...group.members.values()].filter((at) => at.memberId !== updated.memberId && at !== replaced);
  members.push(updated);
  members.sort((a, b) => compareText(a.memberId, b.memberId));
  const said = memberRecord(updated);
  if (!isSame(said.value, memberRecord(member).value)) records.push({ ...of, ...said });
  const hasChanged = updated.subscribedTopics.join() !== member.subscribedTopics.join();
  const topics = hasChanged || !group.isMetadataFresh ? lookAtTopics(beat, members) : group.subscriptionMetadata;
  const isBumped = hasChanged || topics !== group.subscriptionMetadata;
  const epoch = group.epoch + (isBumped ? 1 : 0);
  if (isBumped) {
    records.push({ ...of, type: 'GroupEpoch', value: { epoch } });
    const reason = hasChanged ? 'subscription-changed' : 'topics-changed';
    out.events.push({ groupId: group.groupId, what: 'epoch', epoch, reason, memberId: updated.memberId });
  }
  const target = targetOf(beat, epoch, members, topics);
  const next = group.kind === 'share' ? reconcileShare(updated, target) : reconcile(updated, target, beat.owned, heldPartitions(group));
  if (!isSameCurrent(next, updated)) noteReconciled(beat, next);
  return next;
}

/** The topics' partitions as they are now; the map that the group has already when nothing is new in them. */
function lookAtTopics(beat: Beat, members: readonly ModernMember[]): ReadonlyMap<string, number> {
  const { group, env, records } = beat;
  group.isMetadataFresh = true;
  const known = topicsOf(members, env.topics);
  if (sameTopics(known, group.subscriptionMetadata)) return group.subscriptionMetadata;
  const topics = [...known].map(([topic, partitions]) => ({ topic, partitions }));
  records.push({ protocol: group.kind, groupId: group.groupId, type: 'PartitionMetadata', value: { topics } });
  return known;
}

function targetOf(beat: Beat, epoch: number, members: readonly ModernMember[], topics: ReadonlyMap<string, number>): Target {
  const { group, updated, replaced, env, now, records, out } = beat;
  const before = (memberId: string): Partitions | undefined =>
    group.target.get(memberId === updated.memberId && replaced ? replaced.memberId : memberId);
  const isDue = group.targetAt === undefined || now - group.targetAt >= env.config.assignmentInterval;
  if (epoch <= group.targetEpoch || !isDue) return { epoch: group.targetEpoch, partitions: before(updated.memberId) ?? NO_PARTITIONS };
  const assignor = preferredAssignor(members) ?? ([...env.assignors.keys()][0] as string);
  const assign = env.assignors.get(assignor) as TargetAssignor;
  const targets = assign({
    members: members.map((at) => ({
      memberId: at.memberId,
      ...(at.instanceId === undefined ? {} : { groupInstanceId: at.instanceId }),
      ...(at.rackId === undefined ? {} : { rackId: at.rackId }),
      topics: at.subscribedTopics,
      owned: before(at.memberId) ?? NO_PARTITIONS,
      generation: group.targetEpoch,
    })),
    partitionsPerTopic: topics,
  });
  const all = members.map(({ memberId }) => ({ memberId, partitions: targets.get(memberId) ?? NO_PARTITIONS }));
  const of = { protocol: group.kind, groupId: group.groupId };
  for (const { memberId, partitions } of all) {
    const old = group.target.get(memberId);
    if (!old || !samePartitions(old, partitions)) records.push({ ...of, type: 'TargetAssignmentMember', memberId, value: { partitions } });
  }
  records.push({ ...of, type: 'TargetAssignmentMetadata', value: { epoch, at: now } });
  out.events.push({ groupId: group.groupId, what: 'target', epoch, assignor, members: all });
  return { epoch, partitions: targets.get(updated.memberId) ?? NO_PARTITIONS };
}

function isSameCurrent(a: ModernMember, b: ModernMember): boolean {
  return a === b || isSame(currentRecord(a).value, currentRecord(b).value);
}

/** Values of records have their fields in one order. */
function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function noteReconciled(beat: Beat, next: ModernMember): void {
  const { group, env: _, now, records, out } = beat;
  records.push({ protocol: group.kind, groupId: group.groupId, ...currentRecord(next) });
  const { memberId, memberEpoch, state, assigned, pendingRevocation } = next;
  out.events.push({ groupId: group.groupId, what: 'reconciled', memberId, memberEpoch, state, assigned, pendingRevocation });
  const key = `rebalance:${memberId}`;
  if (state === 'UNREVOKED_PARTITIONS')
    setTimer(group.timers, key, now + next.rebalanceTimeout, { kind: 'rebalance', memberId, memberEpoch });
  else cancelTimer(group.timers, key);
}
