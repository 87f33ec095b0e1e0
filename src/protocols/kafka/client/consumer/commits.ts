import type { Context } from '../../../../engine/index.ts';
import type { OffsetCommitRequest } from '../../frames.ts';
import { ask, pendingRequest } from './connection.ts';
import { tellStep } from './facts.ts';
import { activeMember, failWith, reasonOf, requestRejoin, resetClassic } from './membership.ts';
import { findCoordinator, forgetCoordinator, isCoordinatorGone } from './metadata.ts';
import { consumedOffsets } from './partitions.ts';
import { API_TIMEOUT, configOf, groupOf, RETRY_BACKOFF } from './settings.ts';
import { type Consumer, changePartition, type Life, type Pending } from './state.ts';

export type Offsets = { readonly [tp: string]: number };

const isNone = (offsets: Offsets) => Object.keys(offsets).length === 0;

/** Commits, waits and tries again: whoever asked for it goes on when `state.sync` is undefined again. */
export function beginSync(state: Life, offsets: Offsets, why: 'auto' | 'sync', x: Context, timeout = API_TIMEOUT): void {
  if (isNone(offsets)) return;
  state.sync = Object.freeze({ offsets, why, correlation: 0, retryAt: x.now, giveUpAt: x.now + timeout });
  pumpSync(state, x);
}

/** Sends the commit that is waited for, if it is time to. */
export function pumpSync(state: Life, x: Context): void {
  const { sync } = state;
  if (sync?.correlation !== 0) return;
  const isActive = activeMember(state.member) !== undefined;
  if (!isActive || x.now >= sync.giveUpAt) {
    state.sync = undefined;
    tellRefused(sync.offsets, sync.why, isActive ? 'TimeoutException' : inactive(state), x);
    return;
  }
  if (x.now < sync.retryAt || !findCoordinator(state, x)) return;
  const correlation = send(state, sync.offsets, sync.why, x);
  state.sync = Object.freeze({ ...sync, correlation, retryAt: x.now + RETRY_BACKOFF });
}

/** Commits without waiting: nobody tries again. */
export function commitAsync(state: Life, offsets: Offsets, why: 'auto' | 'sync' | 'async', x: Context): void {
  if (isNone(offsets)) return;
  if (!activeMember(state.member)) tellRefused(offsets, why, inactive(state), x);
  else if (!findCoordinator(state, x) || send(state, offsets, why, x) === 0) tellRefused(offsets, why, 'RetriableCommitFailedException', x);
}

/** The client itself refuses what a member can't do before it is one, or until a rebalance is over. */
function inactive({ member }: Life): string {
  const isJoining = member?.kind === 'classic' && (member.state === 'preparing' || member.state === 'completing');
  return isJoining ? 'RebalanceInProgressException' : 'CommitFailedException';
}

/** Auto commit, inside poll: positions as the polls before have left them. */
export function autoCommit(state: Life, x: Context): void {
  const { commit, autoCommitMillis } = configOf(x);
  if (commit !== 'auto' || state.member?.kind === 'share' || x.now < state.autoCommitAt) return;
  if (!activeMember(state.member)) return;
  state.autoCommitAt = x.now + autoCommitMillis * 1_000;
  const offsets = consumedOffsets(state);
  if (isNone(offsets) || !findCoordinator(state, x) || pendingRequest(state, 'OffsetCommit')?.purpose === 'auto') return;
  send(state, offsets, 'auto', x);
}

/** The next one is a whole interval away: a rebalance has just committed everything. */
export function restartAutoCommit(state: Life, x: Context): void {
  state.autoCommitAt = x.now + configOf(x).autoCommitMillis * 1_000;
}

function send(state: Life, offsets: Offsets, purpose: string, x: Context): number {
  const group = groupOf(x);
  const member = activeMember(state.member);
  if (!group || !member) return 0;
  const { instanceId } = configOf(x);
  return ask(
    state,
    state.coordinator,
    { verb: 'OffsetCommit', correlation: state.nextCorrelation, group: group.id, ...member, instanceId, offsets },
    x,
    { purpose },
  );
}

/**
 * The last words of a client that closes, whose answer it does not hear any more. Its application ends in good order: it
 * breaks off between two records, and what it has not done is left to others.
 */
export function commitOnClose(state: Life, x: Context): void {
  const offsets: { [tp: string]: number } = { ...consumedOffsets(state) };
  const { work, batch, next } = state.app;
  for (const { tp, at } of [...batch.slice(next), ...(work ? [work.record] : [])])
    if (tp in offsets) offsets[tp] = Math.min(at, offsets[tp] as number);
  if (configOf(x).commit !== 'auto' || isNone(offsets) || send(state, offsets, 'auto', x) === 0) return;
  tellStep('OffsetCommit', 'closed', { offsets }, x);
}

/** `error` is '' when it is done, or `DISCONNECTED`. */
export function hearCommit(state: Consumer, pending: Pending, error: string, x: Context): void {
  const request = pending.frame as OffsetCommitRequest;
  const { offsets } = request;
  const isAwaited = state.sync !== undefined && state.sync.correlation === request.correlation;
  if (error === '') {
    if (isAwaited) state.sync = undefined;
    noteCommitted(state, offsets, pending.purpose, x);
    return;
  }
  if (isCoordinatorGone(error) || error === 'DISCONNECTED') forgetCoordinator(state);
  if (isWorthATry(state, request, error)) {
    if (state.sync && isAwaited) state.sync = Object.freeze({ ...state.sync, correlation: 0, retryAt: x.now + RETRY_BACKOFF });
    else if (pending.purpose === 'auto') state.autoCommitAt = x.now + RETRY_BACKOFF;
    else tellRefused(offsets, pending.purpose, error, x);
    return;
  }
  if (isAwaited) state.sync = undefined;
  tellRefused(offsets, pending.purpose, error, x);
  learn(state, request, error);
}

function isWorthATry({ member }: Life, { generation }: OffsetCommitRequest, error: string): boolean {
  if (error === 'STALE_MEMBER_EPOCH') return member?.kind === 'consumer' && member.epoch > generation;
  return isCoordinatorGone(error) || error === 'DISCONNECTED' || error === 'COORDINATOR_LOAD_IN_PROGRESS' || error === 'REQUEST_TIMED_OUT';
}

/** What a refused commit tells a member about its place in the group. */
function learn(state: Life, { memberId, generation }: OffsetCommitRequest, error: string): void {
  const { member } = state;
  if (member?.kind !== 'classic') return;
  const isAsBefore = member.memberId === memberId && member.generation === generation;
  if (error === 'REBALANCE_IN_PROGRESS') requestRejoin(member, 'rebalance');
  if (!isAsBefore) return;
  if (error === 'FENCED_INSTANCE_ID') failWith(state, error);
  if (error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION')
    resetClassic(member, reasonOf(error), error === 'ILLEGAL_GENERATION');
}

function noteCommitted(state: Life, offsets: Offsets, why: string, x: Context): void {
  const names = Object.keys(offsets);
  const isNew = names.some((tp) => state.partitions.get(tp)?.committed !== offsets[tp]);
  for (const tp of names) changePartition(state, tp, { committed: offsets[tp] as number });
  // Auto commits go on while nothing is read; they are no news.
  if (isNew || why !== 'auto') tellCommitted(offsets, why, x);
}

function tellCommitted(offsets: Offsets, why: string, x: Context): void {
  x.fact('offset.committed', x.wiring.self.id, 0, '', why, { offsets });
}

function tellRefused(offsets: Offsets, why: string, error: string, x: Context): void {
  x.fact('offset.refused', x.wiring.self.id, 0, '', why, { offsets, error });
}
