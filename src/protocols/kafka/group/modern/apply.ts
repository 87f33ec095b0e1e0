import { NO_PARTITIONS } from '../../assign/index.ts';
import type { GroupEvent } from '../outcome.ts';
import { compareText } from '../partitions.ts';
import type { ModernRecord } from '../records.ts';
import { type ModernGroup, type ModernMember, newMember, stateOf } from './state.ts';

/*
 * A group of the consumer or share protocol is what its records say: a heartbeat makes records, and they change the group in
 * the same way as they do when a new coordinator reads them from the log.
 */

/** Takes the record; a state that changed by it is told in `events`. */
export function applyRecord(group: ModernGroup, record: ModernRecord, events: GroupEvent[]): void {
  change(group, record);
  const state = stateOf(group);
  if (state === group.state) return;
  events.push({ groupId: group.groupId, what: 'state', from: group.state, to: state, epoch: group.epoch });
  group.state = state;
}

function change(group: ModernGroup, record: ModernRecord): void {
  switch (record.type) {
    case 'GroupEpoch':
      group.epoch = record.value?.epoch ?? 0;
      return;
    case 'PartitionMetadata':
      group.subscriptionMetadata = new Map((record.value?.topics ?? []).map((at) => [at.topic, at.partitions]));
      return;
    case 'TargetAssignmentMetadata':
      group.targetEpoch = record.value?.epoch ?? 0;
      group.targetAt = record.value?.at;
      return;
    case 'TargetAssignmentMember':
      if (record.value) group.target.set(record.memberId, record.value.partitions);
      else group.target.delete(record.memberId);
      return;
    case 'MemberMetadata':
      if (record.value === null) removeMember(group, record.memberId);
      else {
        const { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation } = memberOf(group, record.memberId);
        const current = { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation };
        putMember(group, { memberId: record.memberId, ...record.value, ...current });
      }
      return;
    case 'CurrentMemberAssignment':
      if (record.value) putMember(group, { ...memberOf(group, record.memberId), ...record.value });
      else if (group.members.has(record.memberId)) {
        const nothing = { assigned: NO_PARTITIONS, pendingRevocation: NO_PARTITIONS };
        putMember(group, { ...memberOf(group, record.memberId), memberEpoch: -1, previousMemberEpoch: -1, ...nothing });
      }
  }
}

function memberOf(group: ModernGroup, memberId: string): ModernMember {
  return group.members.get(memberId) ?? newMember(memberId);
}

function putMember(group: ModernGroup, member: ModernMember): void {
  group.members.set(member.memberId, member);
  if (member.instanceId !== undefined) group.staticMembers.set(member.instanceId, member.memberId);
}

function removeMember(group: ModernGroup, memberId: string): void {
  const instanceId = group.members.get(memberId)?.instanceId;
  group.members.delete(memberId);
  if (instanceId !== undefined) group.staticMembers.delete(instanceId);
}

/** What the member has said about itself. */
export function memberRecord(member: ModernMember) {
  const { memberId, memberEpoch: _e, previousMemberEpoch: _p, state: _s, assigned: _a, pendingRevocation: _r, ...value } = member;
  return { type: 'MemberMetadata', memberId, value } as const;
}

/** What the member is to have. */
export function currentRecord(member: ModernMember) {
  const { memberId, memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation } = member;
  return {
    type: 'CurrentMemberAssignment',
    memberId,
    value: { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation },
  } as const;
}

/** Tombstones of all that the group has written. */
export function tombstonesOf(group: ModernGroup): readonly ModernRecord[] {
  const of = { protocol: group.kind, groupId: group.groupId };
  const members = [...group.members.keys()].sort(compareText);
  return [
    ...members.map((memberId): ModernRecord => ({ ...of, type: 'CurrentMemberAssignment', memberId, value: null })),
    ...members.map((memberId): ModernRecord => ({ ...of, type: 'TargetAssignmentMember', memberId, value: null })),
    { ...of, type: 'TargetAssignmentMetadata', value: null },
    ...members.map((memberId): ModernRecord => ({ ...of, type: 'MemberMetadata', memberId, value: null })),
    { ...of, type: 'PartitionMetadata', value: null },
    { ...of, type: 'GroupEpoch', value: null },
  ];
}
