import type { Context } from '../../../../engine/index.ts';
import { comparePartitions } from '../../assign/index.ts';
import type { ConsumerGroupHeartbeatResponse, ShareGroupHeartbeatResponse } from '../../frames.ts';
import { beginSync, pumpSync, restartAutoCommit } from './commits.ts';
import { ask, dropRequests, pendingRequest } from './connection.ts';
import { tellStep } from './facts.ts';
import { failWith, reasonOf } from './membership.ts';
import { findCoordinator, forgetCoordinator, isCoordinatorGone } from './metadata.ts';
import { addPartitions, consumedOffsets, namesOf, partitionsOf, removePartitions } from './partitions.ts';
import { configOf, type Group, RETRY_BACKOFF } from './settings.ts';
import { type Consumer, changePartition, isPolling, isPollOverdue, type Life, type Modern } from './state.ts';

const LEAVES = -1;
/** A static member goes for a while. */
const LEAVES_FOR_A_WHILE = -2;

/** A member's part of poll(): it comes (back) into the group, and gives up what it must where that takes a commit. */
export function pollModern(state: Consumer, member: Modern, group: Group, x: Context): void {
  if (state.topics.length === 0) {
    removePartitions(state, [...state.partitions.keys()], 'revoked', x);
    leaveModern(state, member, group, 'unsubscribed', x);
    return;
  }
  if (member.state === 'unjoined' || member.state === 'stale') {
    member.state = 'joining';
    member.epoch = 0;
    member.heartbeatAt = x.now;
  }
  reconcile(state, member, x);
}

/** Heartbeats of the background thread. They carry everything: joining, what it owns, what it shall own. */
export function beatModern(state: Consumer, member: Modern, group: Group, x: Context): void {
  if (member.state === 'unjoined' || member.state === 'stale' || !findCoordinator(state, x)) return;
  if (member.epoch > 0 && isPollOverdue(state, group.config.maxPollIntervalMillis * 1_000, x.now)) {
    leaveModern(state, member, group, 'poll-timeout', x);
    removePartitions(state, [...state.partitions.keys()], 'lost', x);
    member.state = 'stale';
    return;
  }
  reconcile(state, member, x);
  if (member.state === 'stable' && member.topics.join() !== state.topics.join()) member.heartbeatAt = x.now;
  const isUrgent = member.state === 'joining' || member.state === 'acknowledging';
  const isDue = x.now >= member.heartbeatAt;
  if (!isDue || pendingRequest(state, verbOf(member))) return;
  // One that has something to say does not wait for its turn, but for its backoff after an error.
  member.heartbeatAt = x.now + (isUrgent ? RETRY_BACKOFF : member.interval);
  if (member.epoch === 0) tellStep(verbOf(member), 'joins', {}, x);
  member.topics = state.topics;
  beat(state, member, group, member.epoch, x);
  if (member.state === 'acknowledging') member.state = 'stable';
}

export function nextModernBeat(state: Life, member: Modern, group: Group): number {
  if (member.state === 'unjoined' || member.state === 'stale') return Infinity;
  const overdueAt = isPolling(state) || member.epoch <= 0 ? Infinity : state.app.polledAt + group.config.maxPollIntervalMillis * 1_000;
  return Math.min(member.heartbeatAt, overdueAt);
}

const verbOf = ({ kind }: Modern) => (kind === 'share' ? 'ShareGroupHeartbeat' : 'ConsumerGroupHeartbeat');

function beat(state: Life, member: Modern, group: Group, memberEpoch: number, x: Context): number {
  const { instanceId, rack } = configOf(x);
  const { memberId, topics } = member;
  const said = { correlation: state.nextCorrelation, group: group.id, memberId, memberEpoch, topics };
  if (member.kind === 'share') return ask(state, state.coordinator, { verb: 'ShareGroupHeartbeat', ...said }, x);
  const rebalanceTimeout = group.config.maxPollIntervalMillis * 1_000;
  const { serverAssignor } = group.config;
  const owned = memberEpoch === 0 ? [] : [...state.partitions.keys()];
  return ask(
    state,
    state.coordinator,
    { verb: 'ConsumerGroupHeartbeat', ...said, instanceId, rebalanceTimeout, serverAssignor, owned, rack },
    x,
  );
}

export function hearModern(
  state: Life,
  response: ConsumerGroupHeartbeatResponse | ShareGroupHeartbeatResponse,
  sentEpoch: number,
  x: Context,
): void {
  const { member } = state;
  if (!member || member.kind === 'classic' || sentEpoch < 0 || sentEpoch !== Math.max(0, member.epoch)) return;
  if (response.error !== '') {
    beatFailed(state, member, response.error, x);
    return;
  }
  if (member.epoch === 0) tellStep(verbOf(member), 'joined', { member: response.memberId, epoch: response.memberEpoch }, x);
  member.memberId = response.memberId;
  member.epoch = response.memberEpoch;
  member.interval = response.interval;
  if (response.assignment) member.target = response.assignment;
  if (isOff(state, member)) member.state = 'reconciling';
  else if (member.state === 'joining' || member.state === 'reconciling') member.state = 'stable';
  if (member.state !== 'acknowledging') member.heartbeatAt = x.now + member.interval;
}

const FATAL = new Set([
  'UNRELEASED_INSTANCE_ID',
  'FENCED_INSTANCE_ID',
  'UNSUPPORTED_ASSIGNOR',
  'UNSUPPORTED_VERSION',
  'GROUP_MAX_SIZE_REACHED',
  'GROUP_ID_NOT_FOUND',
  'INVALID_REQUEST',
]);

function beatFailed(state: Life, member: Modern, error: string, x: Context): void {
  member.heartbeatAt = x.now + RETRY_BACKOFF;
  if (isCoordinatorGone(error)) forgetCoordinator(state);
  else if (error === 'FENCED_MEMBER_EPOCH' || error === 'UNKNOWN_MEMBER_ID') {
    // What it has may be another's already; it comes again as a new member with the id that it has.
    tellStep('Fenced', reasonOf(error), { epoch: member.epoch }, x);
    removePartitions(state, [...state.partitions.keys()], 'lost', x);
    member.state = 'joining';
    member.epoch = 0;
    member.target = [];
    member.isCommitting = false;
    member.heartbeatAt = x.now;
  } else if (FATAL.has(error)) failWith(state, error);
}

export function modernLost(state: Life, x: Context): void {
  if (!state.member || state.member.kind === 'classic') return;
  forgetCoordinator(state);
  state.member.heartbeatAt = x.now + RETRY_BACKOFF;
}

function isOff(state: Life, { target }: Modern): boolean {
  return target.length !== state.partitions.size || target.some((tp) => !state.partitions.has(tp));
}

/**
 * Comes to what the coordinator wants it to have: positions are committed, partitions go, others come, and the next heartbeat
 * says so. With auto commit that waits for poll(), so that nothing is committed that was not worked on.
 */
function reconcile(state: Consumer, member: Modern, x: Context): void {
  if (member.state !== 'reconciling') return;
  const isAuto = member.kind === 'consumer' && configOf(x).commit === 'auto';
  if (isAuto && !member.isCommitting && !isPolling(state)) return;
  const target = new Set(member.target);
  const gone = [...state.partitions.keys()].filter((tp) => !target.has(tp));
  if (isAuto) {
    if (!member.isCommitting) {
      member.isCommitting = true;
      for (const tp of gone) changePartition(state, tp, { isRevoking: true });
      beginSync(state, consumedOffsets(state), 'auto', x);
    }
    pumpSync(state, x);
    if (state.sync) return;
  }
  member.isCommitting = false;
  const added = member.target.filter((tp) => !state.partitions.has(tp));
  removePartitions(state, gone, 'revoked', x);
  if (added.length > 0) addPartitions(state, namesOf([...partitionsOf(added)].sort(comparePartitions)), x);
  restartAutoCommit(state, x);
  member.state = 'acknowledging';
  member.heartbeatAt = x.now;
}

/** Says goodbye; a static member says that it will be back. */
export function leaveModern(state: Life, member: Modern, group: Group, why: string, x: Context): void {
  if (member.epoch > 0) {
    const isStatic = member.kind === 'consumer' && configOf(x).instanceId !== '';
    const epoch = isStatic ? LEAVES_FOR_A_WHILE : LEAVES;
    dropRequests(state, verbOf(member));
    if (beat(state, member, group, epoch, x) !== 0) tellStep(verbOf(member), why, { epoch }, x);
  }
  member.epoch = 0;
  member.target = [];
  member.isCommitting = false;
  member.state = 'unjoined';
}
