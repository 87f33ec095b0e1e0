import type { GroupError } from '../errors.ts';
import type { Outcome, RebalanceReason } from '../outcome.ts';
import { cancelTimer, setTimer } from '../timers.ts';
import type { JoinGroupResponse, Opaque } from './messages.ts';
import {
  type ClassicConfig,
  type ClassicGroup,
  type ClassicMember,
  canRebalance,
  changeMember,
  computeSubscribedTopics,
  enter,
  groupRecord,
  hasAllMembersJoined,
  joinedAnswer,
  rebalanceTimeoutOf,
  removeMember,
  selectProtocol,
  waitingToRejoin,
} from './state.ts';

/*
 * The rebalance of a classic group: everybody joins (or time is up), the generation rises, the leader's assignment is
 * awaited. After GroupMetadataManager of Kafka 4.0, where a member's parked requests are futures.
 */

/** What every step needs. */
export interface Step {
  readonly config: ClassicConfig;
  readonly now: number;
  readonly out: Outcome;
}

export const sessionKey = (memberId: string): string => `session:${memberId}`;
const JOIN = 'join';
const SYNC = 'sync';

export function restartSession(group: ClassicGroup, member: ClassicMember, step: Step, timeout = member.sessionTimeout): void {
  setTimer(group.timers, sessionKey(member.memberId), step.now + timeout, { kind: 'session', memberId: member.memberId });
}

export function joinError(error: GroupError, memberId: string): JoinGroupResponse {
  return { error, memberId, generation: -1, members: [], skipAssignment: false };
}

/** Answers the member's parked JoinGroup, if it has one. */
export function answerJoin(group: ClassicGroup, member: ClassicMember, response: JoinGroupResponse, out: Outcome): void {
  if (member.awaitingJoin === undefined) return;
  out.answers.push({ token: member.awaitingJoin, api: 'JoinGroup', response });
  changeMember(group, member.memberId, { awaitingJoin: undefined });
}

/** Answers the member's parked SyncGroup; says whether there was one. */
export function answerSync(group: ClassicGroup, member: ClassicMember, error: GroupError, assignment: Opaque, out: Outcome): boolean {
  if (member.awaitingSync === undefined) return false;
  const protocol = error === 'NONE' && group.protocolName !== undefined ? { protocol: group.protocolName } : {};
  out.answers.push({ token: member.awaitingSync, api: 'SyncGroup', response: { error, assignment, ...protocol } });
  changeMember(group, member.memberId, { awaitingSync: undefined });
  return true;
}

/** Gives every member the assignment and answers those that wait for it; with an error nobody has one any more. */
export function propagate(group: ClassicGroup, error: GroupError, assignments: ReadonlyMap<string, Opaque>, step: Step): void {
  for (const { memberId } of [...group.members.values()]) {
    changeMember(group, memberId, { assignment: assignments.get(memberId) ?? null });
    const member = group.members.get(memberId) as ClassicMember;
    // Its session may have run out unnoticed while it waited: it starts anew.
    if (answerSync(group, member, error, member.assignment, step.out)) restartSession(group, member, step);
  }
}

export function rebalanceOrCompleteJoin(group: ClassicGroup, reason: RebalanceReason, memberId: string | undefined, step: Step): void {
  if (canRebalance(group)) prepareRebalance(group, reason, memberId, step);
  else maybeCompleteJoin(group, step);
}

export function prepareRebalance(group: ClassicGroup, reason: RebalanceReason, memberId: string | undefined, step: Step): void {
  if (group.state === 'CompletingRebalance') propagate(group, 'REBALANCE_IN_PROGRESS', new Map(), step);
  group.pendingSync.clear();
  cancelTimer(group.timers, SYNC);
  const isInitial = group.state === 'Empty';
  const member = memberId === undefined ? {} : { memberId };
  step.out.events.push({ groupId: group.groupId, what: 'rebalance', reason, ...member, epoch: group.generation });
  if (isInitial) {
    const delay = step.config.initialRebalanceDelay;
    openWindow(group, delay, Math.max(rebalanceTimeoutOf(group) - delay, 0), false, step);
  }
  enter(group, 'PreparingRebalance', step.now, step.out);
  if (isInitial) return;
  if (hasAllMembersJoined(group)) completeJoin(group, step);
  else setTimer(group.timers, JOIN, step.now + rebalanceTimeoutOf(group), { kind: 'join' });
}

function openWindow(group: ClassicGroup, delay: number, remaining: number, isExtension: boolean, step: Step): void {
  const until = step.now + delay;
  setTimer(group.timers, JOIN, until, { kind: 'initial-delay', delay, remaining });
  step.out.events.push({ groupId: group.groupId, what: 'delay', until, isExtension });
}

/** The window for first members is over: another one follows if somebody came in it and time is left. */
export function endInitialDelay(group: ClassicGroup, delay: number, remaining: number, step: Step): void {
  if (!group.newMemberAdded || remaining === 0) {
    completeJoin(group, step);
    return;
  }
  group.newMemberAdded = false;
  openWindow(group, Math.min(step.config.initialRebalanceDelay, remaining), Math.max(remaining - delay, 0), true, step);
}

/** Ends the join phase early when everybody is there; the first one of an empty group always waits its window out. */
export function maybeCompleteJoin(group: ClassicGroup, step: Step): void {
  if (group.state !== 'PreparingRebalance' || group.previousState === 'Empty' || !hasAllMembersJoined(group)) return;
  completeJoin(group, step);
}

/** The join phase ends: who has not come back is out, unless it is a static member. */
export function completeJoin(group: ClassicGroup, step: Step): void {
  cancelTimer(group.timers, JOIN);
  for (const member of waitingToRejoin(group)) {
    if (member.instanceId !== undefined) continue;
    removeMember(group, member.memberId, 'rebalance-expired', step.out);
    cancelTimer(group.timers, sessionKey(member.memberId));
  }
  if (group.state === 'Dead') return;
  if (!electJoinedLeader(group, step.out) && group.members.size > 0) {
    // Static members alone, and none has come back: they have their sessions' time.
    setTimer(group.timers, JOIN, step.now + rebalanceTimeoutOf(group), { kind: 'join' });
    return;
  }
  nextGeneration(group, step);
  if (group.state === 'Empty') {
    step.out.records.push(groupRecord(group, new Map()));
    return;
  }
  for (const { memberId } of [...group.members.values()]) {
    answerJoin(group, group.members.get(memberId) as ClassicMember, joinedAnswer(group, memberId), step.out);
    changeMember(group, memberId, { isNew: false });
    restartSession(group, group.members.get(memberId) as ClassicMember, step);
    group.pendingSync.add(memberId);
  }
  setTimer(group.timers, SYNC, step.now + rebalanceTimeoutOf(group), { kind: 'sync', generation: group.generation });
}

/** The leader stays leader if it has joined; otherwise the first one that has joined takes its place. */
function electJoinedLeader(group: ClassicGroup, out: Outcome): boolean {
  if (group.leader === undefined) return false;
  if (group.members.get(group.leader)?.awaitingJoin !== undefined) return true;
  for (const member of group.members.values()) {
    if (member.awaitingJoin === undefined) continue;
    group.leader = member.memberId;
    out.events.push({ groupId: group.groupId, what: 'leader', memberId: member.memberId });
    return true;
  }
  return false;
}

function nextGeneration(group: ClassicGroup, step: Step): void {
  group.generation++;
  group.protocolName = group.members.size > 0 ? selectProtocol(group) : undefined;
  group.subscribedTopics = computeSubscribedTopics(group);
  enter(group, group.members.size > 0 ? 'CompletingRebalance' : 'Empty', step.now, step.out);
  group.pendingSync.clear();
  step.out.events.push({
    groupId: group.groupId,
    what: 'generation',
    generation: group.generation,
    ...(group.protocolName === undefined ? {} : { protocol: group.protocolName }),
    members: [...group.members.keys()],
    ...(group.leader === undefined ? {} : { leader: group.leader }),
  });
}

/** A member has sent its SyncGroup: nobody has to be waited for once all have. */
export function noteSynced(group: ClassicGroup, memberId: string): void {
  group.pendingSync.delete(memberId);
  if (group.pendingSync.size === 0) cancelTimer(group.timers, SYNC);
}
