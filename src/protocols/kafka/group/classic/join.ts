import { assert, type Json } from '../../../../base/index.ts';
import type { GroupError } from '../errors.ts';
import { nothingYet, type Outcome, type RebalanceReason } from '../outcome.ts';
import { setTimer } from '../timers.ts';
import type { JoinGroupRequest, JoinGroupResponse, JoinProtocol } from './messages.ts';
import {
  answerJoin,
  answerSync,
  joinError,
  maybeCompleteJoin,
  prepareRebalance,
  rebalanceOrCompleteJoin,
  restartSession,
  type Step,
  sessionKey,
} from './rebalance.ts';
import {
  addMember,
  awaitingJoinCount,
  type ClassicConfig,
  type ClassicGroup,
  type ClassicMember,
  changeMember,
  groupRecord,
  joinedAnswer,
  removeMember,
  selectProtocol,
  supportsProtocols,
} from './state.ts';

/**
 * A JoinGroup request. It is answered now, or parked in the group under its token until the join phase ends. A request of a
 * member that has one parked already takes its place; the earlier one is never answered (its sender has given it up).
 */
export function joinGroup(group: ClassicGroup, request: JoinGroupRequest, config: ClassicConfig, now: number): Outcome {
  const step: Step = { config, now, out: nothingYet() };
  const refuse = (error: GroupError, memberId = request.memberId) => answer(request, joinError(error, memberId), step);
  if (!isAccepted(group, request.memberId, config)) {
    removeMember(group, request.memberId, 'group-full', step.out);
    refuse('GROUP_MAX_SIZE_REACHED', '');
  } else if (group.state === 'Dead') refuse('COORDINATOR_NOT_AVAILABLE');
  else if (!supportsProtocols(group, request.protocolType, request.protocols)) refuse('INCONSISTENT_GROUP_PROTOCOL');
  else if (request.memberId === '') joinUnknown(group, request, step);
  else if (group.pendingJoin.has(request.memberId)) addThenRebalance(group, request, request.memberId, step);
  else {
    const error = validateMember(group, request.memberId, request.instanceId);
    if (error === 'NONE') rejoin(group, request, step);
    else refuse(error);
  }
  return step.out;
}

function answer(request: JoinGroupRequest, response: JoinGroupResponse, step: Step): void {
  step.out.answers.push({ token: request.token, api: 'JoinGroup', response });
}

/** `group.max.size` counts, while members come back, those that are back: the last ones to come lose their place. */
function isAccepted(group: ClassicGroup, memberId: string, config: ClassicConfig): boolean {
  const member = group.members.get(memberId);
  switch (group.state) {
    case 'Empty':
    case 'Dead':
      return true;
    case 'PreparingRebalance':
      return member?.awaitingJoin !== undefined || awaitingJoinCount(group) < config.maxSize;
    default:
      return member !== undefined || group.members.size < config.maxSize;
  }
}

/** What a request by this member is answered with before anything else; `NONE` lets it in. */
export function validateMember(group: ClassicGroup, memberId: string, instanceId: string | undefined): GroupError {
  if (instanceId !== undefined) {
    const holder = group.staticMembers.get(instanceId);
    if (holder === undefined) return 'UNKNOWN_MEMBER_ID';
    if (holder !== memberId) return 'FENCED_INSTANCE_ID';
  }
  return group.members.has(memberId) ? 'NONE' : 'UNKNOWN_MEMBER_ID';
}

function joinUnknown(group: ClassicGroup, request: JoinGroupRequest, step: Step): void {
  if (request.instanceId !== undefined) {
    const old = group.staticMembers.get(request.instanceId);
    if (old === undefined) addThenRebalance(group, request, request.newMemberId, step);
    else replaceStatic(group, request, request.instanceId, old, step);
    return;
  }
  if (request.isMemberIdRequired === false) {
    addThenRebalance(group, request, request.newMemberId, step);
    return;
  }
  const memberId = request.newMemberId;
  group.pendingJoin.add(memberId);
  setTimer(group.timers, sessionKey(memberId), step.now + request.sessionTimeout, { kind: 'session', memberId });
  step.out.events.push({ groupId: group.groupId, what: 'member-id', memberId });
  answer(request, joinError('MEMBER_ID_REQUIRED', memberId), step);
}

function addThenRebalance(group: ClassicGroup, request: JoinGroupRequest, memberId: string, step: Step): void {
  const instance = request.instanceId === undefined ? {} : { instanceId: request.instanceId };
  const member: ClassicMember = {
    memberId,
    ...instance,
    clientId: request.clientId,
    rebalanceTimeout: request.rebalanceTimeout,
    sessionTimeout: request.sessionTimeout,
    protocolType: request.protocolType,
    protocols: request.protocols,
    assignment: null,
    isNew: true,
    awaitingJoin: request.token,
  };
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true;
  addMember(group, member);
  step.out.events.push({ groupId: group.groupId, what: 'member-added', memberId, ...instance });
  // It can't send heartbeats yet: its parked request alone must not hold up the group for ever.
  restartSession(group, member, step, step.config.newMemberJoinTimeout);
  rebalanceOrCompleteJoin(group, 'member-added', memberId, step);
}

/** Somebody with the instance id of a member and without its member id: the member's new process. */
function replaceStatic(group: ClassicGroup, request: JoinGroupRequest, instanceId: string, oldId: string, step: Step): void {
  const old = group.members.get(oldId);
  assert(old !== undefined, 'an instance id belongs to a member');
  const memberId = request.newMemberId;
  fence(group, old, step);
  putInPlaceOf(group, oldId, { ...(group.members.get(oldId) as ClassicMember), memberId, isNew: false });
  const wasLedBy = group.leader;
  if (group.leader === oldId) group.leader = memberId;
  group.staticMembers.set(instanceId, memberId);
  step.out.events.push({ groupId: group.groupId, what: 'member-replaced', memberId, oldMemberId: oldId, instanceId });
  // By the session time that it had before: the new one counts from its next heartbeat on.
  restartSession(group, group.members.get(memberId) as ClassicMember, step);
  update(group, request, memberId);
  if (group.state === 'CompletingRebalance') {
    // The leader may have got the old id already: an assignment for it would reach nobody.
    prepareRebalance(group, 'static-member-replaced', memberId, step);
  } else if (group.state === 'Stable') settleReplaced(group, request, wasLedBy, step);
  else maybeCompleteJoin(group, step);
}

/** The old process learns at once, if it waits for an answer. */
function fence(group: ClassicGroup, old: ClassicMember, step: Step): void {
  answerJoin(group, old, joinError('FENCED_INSTANCE_ID', old.memberId), step.out);
  answerSync(group, group.members.get(old.memberId) as ClassicMember, 'FENCED_INSTANCE_ID', null, step.out);
}

function putInPlaceOf(group: ClassicGroup, oldId: string, member: ClassicMember): void {
  const members = [...group.members.values()];
  group.members.clear();
  for (const at of members) {
    const kept = at.memberId === oldId ? member : at;
    group.members.set(kept.memberId, kept);
  }
}

/** No rebalance when a static member comes back to a stable group and the group's protocol stays as it is. */
function settleReplaced(group: ClassicGroup, request: JoinGroupRequest, wasLedBy: string | undefined, step: Step): void {
  const memberId = request.newMemberId;
  if (selectProtocol(group) !== group.protocolName) {
    rebalanceOrCompleteJoin(group, 'static-member-replaced', memberId, step);
    return;
  }
  step.out.records.push(groupRecord(group, assignmentsOf(group)));
  const now = { ...joinedAnswer(group, memberId), skipAssignment: group.leader === memberId };
  // An older leader would assign anew if it knew that it leads: it is told the leader's old name.
  const older = { ...now, ...(wasLedBy === undefined ? {} : { leader: wasLedBy }), members: [], skipAssignment: false };
  answerJoin(group, group.members.get(memberId) as ClassicMember, request.knowsSkipAssignment === false ? older : now, step.out);
}

function assignmentsOf(group: ClassicGroup): ReadonlyMap<string, Json> {
  return new Map([...group.members.values()].map((member) => [member.memberId, member.assignment]));
}

function update(group: ClassicGroup, request: JoinGroupRequest, memberId: string): void {
  changeMember(group, memberId, {
    protocols: request.protocols,
    rebalanceTimeout: request.rebalanceTimeout,
    sessionTimeout: request.sessionTimeout,
    awaitingJoin: request.token,
  });
}

/** A member joins again. */
function rejoin(group: ClassicGroup, request: JoinGroupRequest, step: Step): void {
  const { memberId } = request;
  const member = group.members.get(memberId) as ClassicMember;
  const isSame = sameProtocols(member.protocols, request.protocols);
  const updateThenRebalance = (reason: RebalanceReason): void => {
    update(group, request, memberId);
    rebalanceOrCompleteJoin(group, reason, memberId, step);
  };
  // An Empty group has no members, a Dead one none that get here.
  if (group.state === 'PreparingRebalance') updateThenRebalance('member-rejoined');
  // The leader may know of something that no subscription tells, such as new partitions.
  else if (group.state === 'Stable' && group.leader === memberId) updateThenRebalance('leader-rejoined');
  else if (!isSame) updateThenRebalance('metadata-changed');
  // It may not have got the answer to its last request.
  else answer(request, joinedAnswer(group, memberId), step);
}

function sameProtocols(a: readonly JoinProtocol[], b: readonly JoinProtocol[]): boolean {
  return a.length === b.length && a.every((at, i) => at.name === b[i]?.name && sameJson(at.metadata, b[i].metadata));
}

function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
  const inA = a as { readonly [key: string]: Json };
  const inB = b as { readonly [key: string]: Json };
  return keys.every((key) => key in inB && sameJson(inA[key] as Json, inB[key] as Json));
}
