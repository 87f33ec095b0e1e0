import { NO_PARTITIONS } from '../../assign/index.ts';
import type { GroupError } from '../errors.ts';
import { type LeaveReason, nothingYet, type Outcome } from '../outcome.ts';
import type { ModernRecord } from '../records.ts';
import { cancelTimer, nextTimer, setTimer, takeDue } from '../timers.ts';
import { applyRecord, currentRecord } from './apply.ts';
import { type HeartbeatRequest, type HeartbeatResponse, LEAVE_STATIC_EPOCH } from './messages.ts';
import { type ModernConfig, type ModernGroup, type ModernMember, sameTopics, topicsOf } from './state.ts';

type Topics = ReadonlyMap<string, number>;

/** A heartbeat with a leaving epoch. A static member that goes for a while keeps its place, its partitions and its session's time. */
export function leaveModern(group: ModernGroup, request: HeartbeatRequest, topics: Topics, out: Outcome): HeartbeatResponse {
  const { memberId, instanceId, memberEpoch } = request;
  const holder = instanceId === undefined ? memberId : group.staticMembers.get(instanceId);
  const member = group.members.get(holder ?? '');
  if (!member) return { error: 'UNKNOWN_MEMBER_ID' };
  if (member.memberId !== memberId) return { error: 'FENCED_INSTANCE_ID' };
  if (memberEpoch === LEAVE_STATIC_EPOCH && instanceId !== undefined) {
    const away: ModernMember = { ...member, memberEpoch, pendingRevocation: NO_PARTITIONS };
    write(group, [{ protocol: group.kind, groupId: group.groupId, ...currentRecord(away) }], out);
    out.events.push({ groupId: group.groupId, what: 'member-away', memberId, instanceId });
  } else fence(group, member, 'left', topics, out);
  return { error: 'NONE', memberId, memberEpoch, heartbeatInterval: 0 };
}

/** Tombstones of one member. */
export function memberTombstones(group: ModernGroup, memberId: string): readonly ModernRecord[] {
  const of = { protocol: group.kind, groupId: group.groupId, memberId, value: null };
  return [
    { ...of, type: 'CurrentMemberAssignment' },
    { ...of, type: 'TargetAssignmentMember' },
    { ...of, type: 'MemberMetadata' },
  ];
}

function write(group: ModernGroup, records: readonly ModernRecord[], out: Outcome): void {
  for (const record of records) applyRecord(group, record, out.events);
  out.records.push(...records);
}

/** Takes the member out: the group's epoch rises, and the next heartbeat of anybody computes a new target. */
function fence(group: ModernGroup, member: ModernMember, reason: LeaveReason, existing: Topics, out: Outcome): void {
  const { memberId } = member;
  const of = { protocol: group.kind, groupId: group.groupId };
  const records = [...memberTombstones(group, memberId)];
  const rest = [...group.members.values()].filter((at) => at.memberId !== memberId);
  const known = topicsOf(rest, existing);
  if (!sameTopics(known, group.subscriptionMetadata)) {
    const topics = [...known].map(([topic, partitions]) => ({ topic, partitions }));
    records.push({ ...of, type: 'PartitionMetadata', value: { topics } });
  }
  const epoch = group.epoch + 1;
  records.push({ ...of, type: 'GroupEpoch', value: { epoch } });
  const instance = member.instanceId === undefined ? {} : { instanceId: member.instanceId };
  out.events.push({ groupId: group.groupId, what: 'member-removed', memberId, ...instance, reason });
  out.events.push({ groupId: group.groupId, what: 'epoch', epoch, reason: 'member-removed', memberId });
  write(group, records, out);
  cancelTimer(group.timers, `session:${memberId}`);
  cancelTimer(group.timers, `rebalance:${memberId}`);
}

/** When `expireModern` has something to do; Infinity when nothing runs. */
export function nextModernDeadline(group: ModernGroup): number {
  return nextTimer(group.timers);
}

/** Fires every timer that is due: members that are silent, or do not give up in time what they have to, are out. */
export function expireModern(group: ModernGroup, topics: Topics, now: number): Outcome {
  const out = nothingYet();
  for (;;) {
    const timer = takeDue(group.timers, now);
    if (!timer) return out;
    const member = group.members.get(timer.what.memberId);
    if (!member) continue;
    if (timer.what.kind === 'session') fence(group, member, 'session-expired', topics, out);
    else if (timer.what.memberEpoch === member.memberEpoch) fence(group, member, 'rebalance-expired', topics, out);
  }
}

/** A coordinator that has loaded the group waits a whole session for each member. */
export function resumeModern(group: ModernGroup, config: ModernConfig, now: number): void {
  for (const { memberId, memberEpoch, state, rebalanceTimeout } of group.members.values()) {
    setTimer(group.timers, `session:${memberId}`, now + config.sessionTimeout, { kind: 'session', memberId });
    if (state === 'UNREVOKED_PARTITIONS')
      setTimer(group.timers, `rebalance:${memberId}`, now + rebalanceTimeout, { kind: 'rebalance', memberId, memberEpoch });
  }
}

/** Whether a member may commit in this epoch. Groups that share partitions commit nothing. */
export function validateModernCommit(group: ModernGroup, memberId: string, epoch: number, isTransactional: boolean): GroupError {
  if (group.kind === 'share') return 'GROUP_ID_NOT_FOUND';
  if (epoch < 0 && group.members.size === 0) return 'NONE';
  const member = group.members.get(memberId);
  if (!member) return 'UNKNOWN_MEMBER_ID';
  if (member.memberEpoch === epoch) return 'NONE';
  return isTransactional ? 'ILLEGAL_GENERATION' : 'STALE_MEMBER_EPOCH';
}

/** Whether offsets may be read by whoever asks so; an administrator says neither member nor epoch. */
export function validateModernFetch(group: ModernGroup, memberId: string | undefined, epoch: number): GroupError {
  if (memberId === undefined && epoch < 0) return 'NONE';
  const member = group.members.get(memberId ?? '');
  if (!member) return 'UNKNOWN_MEMBER_ID';
  return member.memberEpoch === epoch ? 'NONE' : 'STALE_MEMBER_EPOCH';
}
