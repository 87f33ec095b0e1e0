import type { Json } from '../../../../base/index.ts';
import type { GroupError } from '../errors.ts';
import { nothingYet, type Outcome, type RebalanceReason } from '../outcome.ts';
import { cancelTimer, nextTimer, takeDue } from '../timers.ts';
import { validateMember } from './join.ts';
import type { HeartbeatRequest, LeaveGroupRequest, LeavingMember, SyncGroupRequest } from './messages.ts';
import {
  answerJoin,
  answerSync,
  completeJoin,
  endInitialDelay,
  joinError,
  maybeCompleteJoin,
  noteSynced,
  prepareRebalance,
  propagate,
  rebalanceOrCompleteJoin,
  restartSession,
  type Step,
  sessionKey,
} from './rebalance.ts';
import {
  type ClassicConfig,
  type ClassicGroup,
  type ClassicMember,
  changeMember,
  enter,
  groupRecord,
  hasAllMembersJoined,
  removeMember,
} from './state.ts';

/** A SyncGroup request: a follower's waits for the leader's, which makes the group stable. */
export function syncGroup(group: ClassicGroup, request: SyncGroupRequest, config: ClassicConfig, now: number): Outcome {
  const step: Step = { config, now, out: nothingYet() };
  const error = validateSync(group, request);
  const { memberId, token } = request;
  if (error !== 'NONE') {
    step.out.answers.push({ token, api: 'SyncGroup', response: { error, assignment: null } });
    return step.out;
  }
  noteSynced(group, memberId);
  changeMember(group, memberId, { awaitingSync: token });
  if (group.state === 'Stable') {
    const member = group.members.get(memberId) as ClassicMember;
    answerSync(group, member, 'NONE', member.assignment, step.out);
  } else if (group.leader === memberId) takeAssignment(group, request, step);
  return step.out;
}

function validateSync(group: ClassicGroup, request: SyncGroupRequest): GroupError {
  if (group.state === 'Empty') return 'UNKNOWN_MEMBER_ID';
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const error = validateMember(group, request.memberId, request.instanceId);
  if (error !== 'NONE') return error;
  if (request.generation !== group.generation) return 'ILLEGAL_GENERATION';
  if (differs(request.protocolType, group.protocolType) || differs(request.protocolName, group.protocolName))
    return 'INCONSISTENT_GROUP_PROTOCOL';
  return group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

function differs(said: string | undefined, known: string | undefined): boolean {
  return said !== undefined && known !== undefined && said !== known;
}

function takeAssignment(group: ClassicGroup, request: SyncGroupRequest, step: Step): void {
  const given = new Map<string, Json>(request.assignments.map((at) => [at.memberId, at.assignment]));
  step.out.records.push(groupRecord(group, given));
  const assignments = [...group.members.keys()].map((memberId) => ({ memberId, assignment: given.get(memberId) ?? null }));
  step.out.events.push({ groupId: group.groupId, what: 'assigned', generation: group.generation, assignments });
  propagate(group, 'NONE', given, step);
  enter(group, 'Stable', step.now, step.out);
}

/** A Heartbeat request: it keeps the session alive and tells of a rebalance. */
export function heartbeat(group: ClassicGroup, request: HeartbeatRequest, config: ClassicConfig, now: number): Outcome {
  const out = nothingYet();
  out.answers.push({ token: request.token, api: 'Heartbeat', response: { error: beat(group, request, { config, now, out }) } });
  return out;
}

function beat(group: ClassicGroup, request: HeartbeatRequest, step: Step): GroupError {
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const error = validateMember(group, request.memberId, request.instanceId);
  if (error !== 'NONE') return error;
  if (request.generation !== group.generation) return 'ILLEGAL_GENERATION';
  restartSession(group, group.members.get(request.memberId) as ClassicMember, step);
  return group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

/** A LeaveGroup request of a member itself or of an administrator. */
export function leaveGroup(group: ClassicGroup, request: LeaveGroupRequest, config: ClassicConfig, now: number): Outcome {
  const step: Step = { config, now, out: nothingYet() };
  const isDead = group.state === 'Dead';
  const members = isDead ? [] : request.members.map((member) => ({ ...member, error: leave(group, member, step) }));
  const gone = members.filter((member) => member.error === 'NONE');
  const error: GroupError = isDead ? 'COORDINATOR_NOT_AVAILABLE' : 'NONE';
  step.out.answers.push({ token: request.token, api: 'LeaveGroup', response: { error, members } });
  if (gone.length === 0) return step.out;
  if (group.state === 'PreparingRebalance') maybeCompleteJoin(group, step);
  else if (group.state !== 'Empty') rebalanceOrCompleteJoin(group, 'left', gone[0]?.memberId, step);
  return step.out;
}

function leave(group: ClassicGroup, leaving: LeavingMember, step: Step): GroupError {
  const { memberId, instanceId } = leaving;
  if (memberId === '') {
    const holder = instanceId === undefined ? undefined : group.staticMembers.get(instanceId);
    if (holder === undefined) return 'UNKNOWN_MEMBER_ID';
    dismiss(group, holder, step);
    return 'NONE';
  }
  if (!group.pendingJoin.has(memberId)) {
    const error = validateMember(group, memberId, instanceId);
    if (error !== 'NONE') return error;
  }
  dismiss(group, memberId, step);
  return 'NONE';
}

function dismiss(group: ClassicGroup, memberId: string, step: Step): void {
  cancelTimer(group.timers, sessionKey(memberId));
  const member = group.members.get(memberId);
  if (member) answerJoin(group, member, joinError('UNKNOWN_MEMBER_ID', ''), step.out);
  removeMember(group, memberId, 'left', step.out);
}

/** Whether a member of this id, instance and generation may commit offsets now; `generation` is -1 without a membership. */
export function validateOffsetCommit(
  group: ClassicGroup,
  request: { readonly memberId: string; readonly instanceId?: string; readonly generation: number },
  isTransactional: boolean,
): GroupError {
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  if (request.generation < 0 && group.state === 'Empty') return 'NONE';
  if (request.generation >= 0 || request.memberId !== '' || request.instanceId !== undefined) {
    const error = validateMember(group, request.memberId, request.instanceId);
    if (error !== 'NONE') return error;
    if (request.generation !== group.generation) return 'ILLEGAL_GENERATION';
  } else if (!isTransactional && group.state !== 'Empty') return 'UNKNOWN_MEMBER_ID';
  // It knows of the generation and has no assignment in it yet.
  return !isTransactional && group.state === 'CompletingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

/** A commit keeps the session alive as a heartbeat does. */
export function noteCommit(group: ClassicGroup, memberId: string, config: ClassicConfig, now: number): void {
  const member = group.members.get(memberId);
  if (member && (group.state === 'Stable' || group.state === 'PreparingRebalance'))
    restartSession(group, member, { config, now, out: nothingYet() });
}

/** When `expireClassic` has something to do; Infinity when nothing runs. */
export function nextClassicDeadline(group: ClassicGroup): number {
  return nextTimer(group.timers);
}

/** Fires every timer that is due, earliest first. */
export function expireClassic(group: ClassicGroup, config: ClassicConfig, now: number): Outcome {
  const step: Step = { config, now, out: nothingYet() };
  for (;;) {
    const timer = takeDue(group.timers, now);
    if (!timer) return step.out;
    switch (timer.what.kind) {
      case 'join':
        completeJoin(group, step);
        break;
      case 'initial-delay':
        endInitialDelay(group, timer.what.delay, timer.what.remaining, step);
        break;
      case 'sync':
        endSync(group, timer.what.generation, step);
        break;
      case 'session':
        endSession(group, timer.what.memberId, step);
        break;
    }
  }
}

/** Who has got a generation and not asked for its assignment in time is out. */
function endSync(group: ClassicGroup, generation: number, step: Step): void {
  if (generation !== group.generation || (group.state !== 'CompletingRebalance' && group.state !== 'Stable')) return;
  const late = [...group.pendingSync];
  if (late.length === 0) return;
  for (const memberId of late) {
    removeMember(group, memberId, 'sync-expired', step.out);
    cancelTimer(group.timers, sessionKey(memberId));
  }
  prepareRebalance(group, 'sync-expired', late[0], step);
}

function endSession(group: ClassicGroup, memberId: string, step: Step): void {
  if (group.state === 'Dead') return;
  if (group.pendingJoin.delete(memberId)) {
    step.out.events.push({ groupId: group.groupId, what: 'member-removed', memberId, reason: 'never-joined' });
    if (group.state === 'PreparingRebalance' && hasAllMembersJoined(group)) completeJoin(group, step);
    return;
  }
  const member = group.members.get(memberId);
  // A parked request shows that an established member is there.
  if (!member || (!member.isNew && (member.awaitingJoin ?? member.awaitingSync) !== undefined)) return;
  answerJoin(group, member, joinError('UNKNOWN_MEMBER_ID', ''), step.out);
  removeMember(group, memberId, 'session-expired', step.out);
  const reason: RebalanceReason = 'session-expired';
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') rebalanceOrCompleteJoin(group, reason, memberId, step);
  else if (group.state === 'PreparingRebalance' && hasAllMembersJoined(group)) completeJoin(group, step);
}

/** A coordinator that has loaded the group waits a whole session for each member; too large a group rebalances at once. */
export function resumeClassic(group: ClassicGroup, config: ClassicConfig, now: number): Outcome {
  const step: Step = { config, now, out: nothingYet() };
  for (const member of group.members.values()) restartSession(group, member, step);
  if (group.members.size > config.maxSize) prepareRebalance(group, 'over-capacity', undefined, step);
  return step.out;
}

/** The coordinator has lost the group's partition: whoever waits is told, and the group is dead here. */
export function unloadClassic(group: ClassicGroup, now: number): Outcome {
  const out = nothingYet();
  enter(group, 'Dead', now, out);
  for (const member of [...group.members.values()]) {
    if (group.previousState === 'PreparingRebalance') answerJoin(group, member, joinError('NOT_COORDINATOR', member.memberId), out);
    else answerSync(group, member, 'NOT_COORDINATOR', null, out);
  }
  return out;
}
