import type { Context } from '../../../../engine/index.ts';
import { pollClassic } from './classic.ts';
import { close } from './close.ts';
import { autoCommit, beginSync, commitAsync, type Offsets, pumpSync } from './commits.ts';
import { sendFetches, takeBatch } from './fetcher.ts';
import { assignByHand } from './manual.ts';
import { refreshMetadata } from './metadata.ts';
import { pollModern } from './modern.ts';
import { updatePositions } from './positions.ts';
import { configOf, groupOf } from './settings.ts';
import { shareFetch } from './share.ts';
import type { App, Consumer, Taken } from './state.ts';
import { beginNext, handOut } from './work.ts';

/** The application's thread goes on as far as it can: poll, work, commit, poll again. */
export function goOn(state: Consumer, x: Context): void {
  const { app } = state;
  while (!app.isFrozen) {
    if (app.phase === 'off' || app.phase === 'ended') return;
    if (app.phase === 'committing') {
      pumpSync(state, x);
      if (state.sync) return;
      app.phase = app.afterCommit;
    }
    if (app.phase === 'working') {
      if (app.work || beginNext(state, x)) return;
      finishBatch(state, x);
    } else if (!poll(state, x)) return;
  }
}

/** One pass through poll(); true when it has returned with records. */
function poll(state: Consumer, x: Context): boolean {
  const { app } = state;
  const { maxPollRecords, commit } = configOf(x);
  app.polledAt = x.now;
  if (app.failure !== '') {
    fall(state, x);
    return false;
  }
  refreshMetadata(state, x);
  coordinate(state, x);
  if (state.member?.kind !== 'share') {
    updatePositions(state, x);
    autoCommit(state, x);
    sendFetches(state, x);
  }
  // What has just been missed may be known elsewhere.
  refreshMetadata(state, x);
  const batch = takeBatch(state, maxPollRecords);
  if (batch.length === 0) return false;
  // Before it returns it asks for more, so that the answer comes while the application works.
  if (state.member?.kind !== 'share') sendFetches(state, x);
  handOut(state, batch, x);
  app.phase = 'working';
  if (commit === 'before') commitThen('working', positionsOf(state, batch), state, x);
  return true;
}

function coordinate(state: Consumer, x: Context): void {
  const group = groupOf(x);
  const { member } = state;
  if (!group || !member) assignByHand(state, x);
  else if (member.kind === 'classic') pollClassic(state, member, group, x);
  else {
    pollModern(state, member, group, x);
    if (member.kind === 'share') shareFetch(state, member, group, x);
  }
}

function finishBatch(state: Consumer, x: Context): void {
  const { app } = state;
  const { commit } = configOf(x);
  const offsets = commit === 'after' || commit === 'async' ? doneOffsets(state, app) : {};
  app.batch = [];
  app.next = 0;
  app.phase = 'polling';
  if (commit === 'after') commitThen('polling', offsets, state, x);
  else if (commit === 'async' && hasOffsets(state)) commitAsync(state, offsets, 'async', x);
}

/** Offsets of no group are nobody's; a share group has none. */
const hasOffsets = ({ member }: Consumer) => member !== undefined && member.kind !== 'share';

function commitThen(next: App['afterCommit'], offsets: Offsets, state: Consumer, x: Context): void {
  if (!hasOffsets(state)) return;
  beginSync(state, offsets, 'sync', x);
  if (!state.sync) return;
  state.app.phase = 'committing';
  state.app.afterCommit = next;
}

/** Behind everything that the poll has returned. */
function positionsOf(state: Consumer, batch: readonly Taken[]): Offsets {
  const offsets: { [tp: string]: number } = {};
  for (const { tp } of batch) offsets[tp] = state.partitions.get(tp)?.position ?? -1;
  return offsets;
}

/** Behind the last record of each partition that was done: what failed after it is left out. */
function doneOffsets(state: Consumer, { batch, done }: App): Offsets {
  const offsets: { [tp: string]: number } = {};
  const last = new Map(batch.map(({ tp, at }) => [tp, at]));
  for (const [tp, offset] of Object.entries(done)) {
    const known = state.partitions.get(tp);
    // Where nothing failed the position says it, which is behind marks that follow the last record.
    offsets[tp] = offset === (last.get(tp) ?? -1) + 1 && known?.state === 'ready' ? known.position : offset;
  }
  return offsets;
}

/** poll() has thrown: the application ends, and closes its client. */
function fall(state: Consumer, x: Context): void {
  x.fact('client.failed', x.wiring.self.id, 0, '', state.app.failure);
  close(state, 'failed', x);
  state.app.phase = 'ended';
}
