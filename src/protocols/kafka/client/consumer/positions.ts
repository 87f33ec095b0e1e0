import type { Context } from '../../../../engine/index.ts';
import type { ListOffsetsRequest, ListOffsetsResponse, OffsetFetchRequest, OffsetFetchResponse } from '../../frames.ts';
import { afterOutOfRange, type Beginning, beginningOf } from '../offsets.ts';
import { ask, pendingRequest } from './connection.ts';
import { failWith } from './membership.ts';
import { findCoordinator, forgetCoordinator, isCoordinatorGone, reachableLeader } from './metadata.ts';
import { configOf, groupOf, RETRY_BACKOFF, resetOf } from './settings.ts';
import { type Assigned, changePartition, type Life } from './state.ts';

/** Finds out where reading begins in partitions that have no position: first what is committed, then the reset rule. */
export function updatePositions(state: Life, x: Context): void {
  if (areAllReady(state)) return;
  const group = groupOf(x);
  const blank = [...state.partitions.values()].filter((of) => of.state === 'init' && !of.isRevoking).map(({ tp }) => tp);
  if (blank.length > 0 && !group) for (const tp of blank) begin(state, tp, undefined, x);
  else if (group && blank.length > 0 && x.now >= state.offsetsRetryAt && findCoordinator(state, x) && !pendingRequest(state, 'OffsetFetch'))
    ask(state, state.coordinator, { verb: 'OffsetFetch', correlation: state.nextCorrelation, group: group.id, partitions: blank }, x);
  listOffsets(state, x);
}

function areAllReady({ partitions }: Life): boolean {
  for (const { state } of partitions.values()) if (state !== 'ready') return false;
  return true;
}

export function hearOffsets(state: Life, request: OffsetFetchRequest, response: OffsetFetchResponse, x: Context): void {
  const { error, offsets } = response;
  if (error !== '') {
    if (isCoordinatorGone(error)) forgetCoordinator(state);
    state.offsetsRetryAt = x.now + RETRY_BACKOFF;
    return;
  }
  for (const tp of request.partitions) if (state.partitions.get(tp)?.state === 'init') begin(state, tp, offsets[tp], x);
}

function begin(state: Life, tp: string, committed: number | undefined, x: Context): void {
  follow(state, tp, beginningOf(committed, resetOf(configOf(x)), x.now), x);
}

/** Its position is not in the log: too old, or the log is shorter than it was. */
export function outOfRange(state: Life, tp: string, x: Context): void {
  follow(state, tp, afterOutOfRange(resetOf(configOf(x)), x.now), x);
}

function follow(state: Life, tp: string, beginning: Beginning, x: Context): void {
  if (beginning.type === 'committed') {
    const { offset } = beginning;
    changePartition(state, tp, { state: 'ready', position: offset, committed: offset });
  } else if (beginning.type === 'reset') resetTo(state, tp, beginning.to, beginning.cause);
  else if (beginning.type === 'error') {
    tellReset(tp, state.partitions.get(tp)?.position ?? -1, 'none-error', beginning.error, x);
    failWith(state, beginning.error);
  }
}

/** The next poll asks the leader where this is. */
export function resetTo(state: Life, tp: string, where: Assigned['resetTo'], cause: string): void {
  changePartition(state, tp, { state: 'reset', resetTo: where, resetCause: cause, preferred: -1 });
  state.buffer = state.buffer.filter((chunk) => chunk.tp !== tp);
}

function listOffsets(state: Life, x: Context): void {
  if (x.now < state.offsetsRetryAt) return;
  const byLeader = new Map<number, { readonly tp: string; readonly at: Assigned['resetTo'] }[]>();
  for (const of of state.partitions.values()) {
    const { tp, isAstray, isRevoking, resetTo: at } = of;
    if (of.state !== 'reset' || isAstray || isRevoking) continue;
    const leader = reachableLeader(state, of, x);
    if (leader < 0 || pendingRequest(state, 'ListOffsets', leader)) continue;
    const wanted = byLeader.get(leader);
    if (wanted) wanted.push({ tp, at });
    else byLeader.set(leader, [{ tp, at }]);
  }
  const { isolation } = configOf(x);
  for (const [leader, partitions] of byLeader)
    ask(state, leader, { verb: 'ListOffsets', correlation: state.nextCorrelation, partitions, isolation }, x);
}

export function hearListed(state: Life, request: ListOffsetsRequest, response: ListOffsetsResponse, x: Context): void {
  for (const { tp, error, offset } of response.results) {
    const known = state.partitions.get(tp);
    const asked = request.partitions.find((wanted) => wanted.tp === tp);
    // In the meantime it may have been sent elsewhere.
    if (known?.state !== 'reset' || known.resetTo !== asked?.at) continue;
    if (error === '') {
      known.state = 'ready';
      known.position = offset;
      tellReset(tp, offset, known.resetTo, known.resetCause, x);
    } else {
      known.isAstray = true;
      state.isMetadataWanted = true;
    }
  }
}

export function offsetsLost(state: Life, x: Context): void {
  state.offsetsRetryAt = x.now + RETRY_BACKOFF;
}

function tellReset(partition: string, offset: number, why: string, cause: string, x: Context): void {
  x.fact('position.reset', x.wiring.self.id, 0, '', why, { partition, offset, cause });
}
