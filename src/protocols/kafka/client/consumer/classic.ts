import type { Context } from '../../../../engine/index.ts';
import { onJoinComplete, onJoinPrepare, ownedInJoin, type RebalanceProtocol, rebalanceProtocol } from '../../assign/index.ts';
import type { JoinGroupResponse, Subscription, SyncGroupResponse } from '../../frames.ts';
import { beginSync, pumpSync, restartAutoCommit } from './commits.ts';
import { ask, dropRequests, pendingRequest } from './connection.ts';
import { tellStep } from './facts.ts';
import { assignmentsBy, countsOf, topicsOfGroup } from './leader.ts';
import { failWith, reasonOf, requestRejoin, resetClassic } from './membership.ts';
import { findCoordinator, forgetCoordinator, isCoordinatorGone } from './metadata.ts';
import { addPartitions, consumedOffsets, namesOf, ownedPartitions, partitionsOf, removePartitions, stopReading } from './partitions.ts';
import { assignorsOf, configOf, type Group, REQUEST_TIMEOUT, RETRY_BACKOFF } from './settings.ts';
import { type Classic, type Consumer, isPolling, isPollOverdue, type Life } from './state.ts';

/** JoinGroup may be parked as long as the slowest member may take; then it is waited for a little longer. */
const JOIN_GRACE = 5_000_000;

function protocolOf({ config }: Group): RebalanceProtocol {
  return rebalanceProtocol(assignorsOf(config), config.library) ?? 'EAGER';
}

/** A member's part of poll(): whatever a rebalance needs from the application's thread. */
export function pollClassic(state: Consumer, member: Classic, group: Group, x: Context): void {
  if (member.received) completeJoin(state, member, group, member.received, x);
  if (state.topics.length === 0) {
    if (member.memberId === '') return;
    removePartitions(state, namesOf(ownedPartitions(state)), 'revoked', x);
    leaveClassic(state, member, group, 'unsubscribed', x);
    return;
  }
  if (member.state === 'stable' && !member.isRejoinNeeded) {
    if (member.topics !== state.topics && member.topics.join() !== state.topics.join()) requestRejoin(member, 'subscription-changed');
    else if (member.isLeader && member.counted !== countsOf(state, member.groupTopics)) requestRejoin(member, 'topics-changed');
  }
  if (!findCoordinator(state, x) || !state.metadata) return;
  if (!member.isRejoinNeeded || member.state === 'preparing' || member.state === 'completing') return;
  if (!member.isPrepared && !prepareJoin(state, member, group, x)) return;
  if (x.now >= member.retryAt) join(state, member, group, x);
}

/** Before JoinGroup: what has to go is marked, positions are committed, then it goes. True when that is done. */
function prepareJoin(state: Consumer, member: Classic, group: Group, x: Context): boolean {
  const protocol = protocolOf(group);
  const topics = new Set(state.topics);
  if (!member.isPreparing) {
    member.isPreparing = true;
    for (const of of state.partitions.values()) if (protocol === 'EAGER' || !topics.has(of.topic)) of.isRevoking = true;
    const isAuto = configOf(x).commit === 'auto' && member.state === 'stable';
    if (isAuto) beginSync(state, consumedOffsets(state), 'auto', x, group.config.maxPollIntervalMillis * 1_000);
  }
  pumpSync(state, x);
  if (state.sync) return false;
  const given = onJoinPrepare(protocol, ownedPartitions(state), topics, member.generation);
  removePartitions(state, namesOf(given.revoked), 'revoked', x);
  removePartitions(state, namesOf(given.lost), 'lost', x);
  member.isPreparing = false;
  member.isPrepared = true;
  return true;
}

function join(state: Consumer, member: Classic, group: Group, x: Context): void {
  const { instanceId, rack } = configOf(x);
  const { sessionTimeoutMillis, maxPollIntervalMillis } = group.config;
  const owned = ownedPartitions(state);
  const protocols = assignorsOf(group.config).map((name) => {
    const said = ownedInJoin(name, owned, member.generation, member.last);
    const { generation, subscriptionGeneration } = said;
    const metadata: Subscription = { topics: state.topics, owned: namesOf(said.owned), generation, subscriptionGeneration, rack };
    return { name, metadata };
  });
  const rebalanceTimeout = maxPollIntervalMillis * 1_000;
  const { memberId, reason } = member;
  const correlation = ask(
    state,
    state.coordinator,
    {
      ...{
        verb: 'JoinGroup',
        correlation: state.nextCorrelation,
        group: group.id,
        memberId,
        clientId: x.wiring.self.name,
        instanceId,
        protocols,
        reason,
      },
      ...{ sessionTimeout: sessionTimeoutMillis * 1_000, rebalanceTimeout },
    },
    x,
    { timeout: Math.max(REQUEST_TIMEOUT, rebalanceTimeout + JOIN_GRACE) },
  );
  if (correlation === 0) return;
  member.state = 'preparing';
  member.topics = state.topics;
  tellStep('JoinGroup', reason, { member: memberId }, x);
}

export function hearJoin(state: Consumer, response: JoinGroupResponse, group: Group, x: Context): void {
  const { member } = state;
  if (member?.kind !== 'classic' || member.state !== 'preparing') return;
  const { error } = response;
  if (error !== '') {
    member.state = 'unjoined';
    if (error === 'MEMBER_ID_REQUIRED') {
      member.memberId = response.memberId;
      member.reason = 'member-id-required';
    } else joinFailed(state, member, error, x);
    return;
  }
  member.state = 'completing';
  member.memberId = response.memberId;
  member.generation = response.generation;
  member.assignor = response.protocol;
  member.isLeader = response.leader === response.memberId;
  member.heartbeatAt = x.now + group.config.heartbeatMillis * 1_000;
  member.heardAt = x.now;
  sync(state, member, response, group, x);
}

/** The leader sends everybody's assignment along. */
function sync(state: Consumer, member: Classic, response: JoinGroupResponse, group: Group, x: Context): void {
  const { memberId, generation, assignor, isLeader } = member;
  const assigns = isLeader && !response.skipAssignment;
  const assignments = assigns ? assignmentsBy(state, response, group.config.library) : {};
  member.groupTopics = isLeader ? topicsOfGroup(response) : [];
  member.counted = countsOf(state, member.groupTopics);
  if (assigns) tellStep('Assign', '', { assignor, members: response.members.length, generation }, x);
  const { instanceId } = configOf(x);
  const request = {
    verb: 'SyncGroup',
    correlation: state.nextCorrelation,
    group: group.id,
    memberId,
    instanceId,
    generation,
    assignments,
  } as const;
  if (ask(state, state.coordinator, request, x, { timeout: group.config.maxPollIntervalMillis * 1_000 + JOIN_GRACE }) === 0) {
    member.state = 'unjoined';
    return;
  }
  tellStep('SyncGroup', assigns ? 'leader' : isLeader ? 'skips' : 'follower', { generation }, x);
}

export function hearSync(state: Consumer, { error, assignment }: SyncGroupResponse, x: Context): void {
  const { member } = state;
  if (member?.kind !== 'classic' || member.state !== 'completing') return;
  if (error === '') {
    member.state = 'stable';
    member.isRejoinNeeded = false;
    member.received = assignment;
    return;
  }
  member.state = 'unjoined';
  if (error === 'REBALANCE_IN_PROGRESS') member.reason = 'rebalance';
  else joinFailed(state, member, error, x);
}

const FATAL = new Set([
  'FENCED_INSTANCE_ID',
  'INCONSISTENT_GROUP_PROTOCOL',
  'INVALID_SESSION_TIMEOUT',
  'GROUP_MAX_SIZE_REACHED',
  'UNSUPPORTED_VERSION',
  'INVALID_GROUP_ID',
]);

function joinFailed(state: Life, member: Classic, error: string, x: Context): void {
  if (FATAL.has(error)) failWith(state, error);
  else if (error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION') {
    tellStep('Reset', reasonOf(error), {}, x);
    resetClassic(member, reasonOf(error), error === 'ILLEGAL_GENERATION');
  } else {
    if (isCoordinatorGone(error)) forgetCoordinator(state);
    member.retryAt = x.now + RETRY_BACKOFF;
  }
}

/** The connection ended, or nobody answered in time. */
export function joinLost(state: Life, x: Context): void {
  const { member } = state;
  if (member?.kind !== 'classic' || (member.state !== 'preparing' && member.state !== 'completing')) return;
  member.state = 'unjoined';
  member.isRejoinNeeded = true;
  member.retryAt = x.now + RETRY_BACKOFF;
  forgetCoordinator(state);
}

/** The next poll takes over what SyncGroup has brought. */
function completeJoin(state: Consumer, member: Classic, group: Group, assignment: readonly string[], x: Context): void {
  member.received = undefined;
  const assigned = partitionsOf(assignment);
  const got = onJoinComplete(protocolOf(group), ownedPartitions(state), assigned, new Set(state.topics));
  if (!got.isValid) {
    requestRejoin(member, 'subscription-changed');
    return;
  }
  member.isPrepared = false;
  member.last = { owned: assigned, generation: member.generation };
  removePartitions(state, namesOf(got.revoked), 'revoked', x);
  addPartitions(state, namesOf(got.added), x);
  restartAutoCommit(state, x);
  if (got.mustRejoin) requestRejoin(member, 'gave-up-partitions');
}

/** The heartbeat thread: it beats, whatever the application does, and watches that the application polls. */
export function beatClassic(state: Consumer, member: Classic, group: Group, x: Context): void {
  if (member.state !== 'completing' && member.state !== 'stable') return;
  const { sessionTimeoutMillis, heartbeatMillis, maxPollIntervalMillis } = group.config;
  if (!findCoordinator(state, x)) return;
  if (x.now - member.heardAt >= sessionTimeoutMillis * 1_000) {
    // Whoever was the coordinator is not any more.
    forgetCoordinator(state);
    dropRequests(state, 'Heartbeat');
    member.heardAt = x.now;
    findCoordinator(state, x);
  } else if (isPollOverdue(state, maxPollIntervalMillis * 1_000, x.now)) {
    leaveClassic(state, member, group, 'poll-timeout', x);
    stopReading(state, x);
  } else if (x.now >= member.heartbeatAt && !pendingRequest(state, 'Heartbeat')) {
    member.heartbeatAt = x.now + heartbeatMillis * 1_000;
    const { memberId, generation } = member;
    const { instanceId } = configOf(x);
    ask(
      state,
      state.coordinator,
      { verb: 'Heartbeat', correlation: state.nextCorrelation, group: group.id, memberId, instanceId, generation },
      x,
    );
  }
}

/** When the heartbeat thread has something to do. */
export function nextBeat(state: Life, member: Classic, group: Group): number {
  if (member.state !== 'completing' && member.state !== 'stable') return Infinity;
  const { sessionTimeoutMillis, maxPollIntervalMillis } = group.config;
  const overdueAt = isPolling(state) ? Infinity : state.app.polledAt + maxPollIntervalMillis * 1_000;
  return Math.min(member.heartbeatAt, member.heardAt + sessionTimeoutMillis * 1_000, overdueAt);
}

/** Says goodbye; a static member does not, its place is kept for a while. */
export function leaveClassic(state: Life, member: Classic, group: Group, why: string, x: Context): void {
  const { instanceId } = configOf(x);
  const { memberId } = member;
  if (instanceId === '' && memberId !== '' && member.state !== 'unjoined') {
    if (
      ask(
        state,
        state.coordinator,
        { verb: 'LeaveGroup', correlation: state.nextCorrelation, group: group.id, memberId, instanceId, reason: why },
        x,
      ) !== 0
    )
      tellStep('LeaveGroup', why, { member: memberId }, x);
  } else if (instanceId !== '' && memberId !== '') tellStep('Silent', why, { member: memberId }, x);
  dropRequests(state, 'JoinGroup');
  dropRequests(state, 'SyncGroup');
  resetClassic(member, why);
}

/** `error` is '' when all is well, or `DISCONNECTED`. */
export function hearHeartbeat(
  state: Life,
  sent: { readonly memberId: string; readonly generation: number },
  error: string,
  x: Context,
): void {
  const { member } = state;
  if (member?.kind !== 'classic') return;
  if (isCoordinatorGone(error) || error === 'DISCONNECTED') {
    forgetCoordinator(state);
    member.heartbeatAt = x.now + RETRY_BACKOFF;
    return;
  }
  member.heardAt = x.now;
  const isAsBefore = member.memberId === sent.memberId && member.generation === sent.generation;
  if (error === '' || !isAsBefore) return;
  if (error === 'REBALANCE_IN_PROGRESS') {
    if (member.state !== 'stable' || member.isRejoinNeeded) return;
    tellStep('Told', 'rebalance', {}, x);
    requestRejoin(member, 'rebalance');
  } else if (error === 'FENCED_INSTANCE_ID') failWith(state, error);
  else if (error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION') {
    tellStep('Reset', reasonOf(error), {}, x);
    resetClassic(member, reasonOf(error), error === 'ILLEGAL_GENERATION');
  } else member.heartbeatAt = x.now + RETRY_BACKOFF;
}
