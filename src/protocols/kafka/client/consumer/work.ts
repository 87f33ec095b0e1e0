import { fromMillis, micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import { offsetAfter } from '../offsets.ts';
import { configOf } from './settings.ts';
import { acknowledge } from './share.ts';
import type { Consumer, Taken } from './state.ts';

const DONE = { name: 'done' } as const;

/** What poll() has returned is the application's now. */
export function handOut(state: Consumer, batch: readonly Taken[], x: Context): void {
  const { app } = state;
  app.batch = batch;
  app.next = 0;
  app.done = {};
  state.received += batch.length;
  const self = x.wiring.self.id;
  for (const { at: offset, source, line, deliveryCount } of batch) {
    const { topic, partition } = source;
    const data = deliveryCount === undefined ? { topic, partition, offset } : { topic, partition, offset, deliveryCount };
    x.fact('message.received', self, source.id, line, '', data);
  }
}

/** Begins the next record's work; false when the batch is done. */
export function beginNext(state: Consumer, x: Context): boolean {
  const { app } = state;
  const { work, workMillis, remembers } = configOf(x);
  for (;;) {
    const record = app.batch[app.next];
    if (!record) return false;
    app.next++;
    if (remembers && state.remembered.has(record.source.id)) {
      // Its work has been done before.
      state.skipped += 1;
      x.fact('work.skipped', x.wiring.self.id, record.source.id, record.line);
      settle(state, record, x);
      continue;
    }
    const left = fromMillis(work === 'weight' ? record.source.weight * workMillis : workMillis);
    const until = micros(x.now + left);
    x.fact('work.started', x.wiring.self.id, record.source.id, record.line, '', { until });
    app.work = { record, from: x.now, until, timer: x.wake(DONE, left), left };
    return true;
  }
}

export function finishWork(state: Consumer, x: Context): void {
  const { work } = state.app;
  if (!work) return;
  state.app.work = undefined;
  state.workedMicros += work.until - work.from;
  const { record } = work;
  const { failEvery, remembers } = configOf(x);
  const attempt = state.done + state.failed + 1;
  const self = x.wiring.self.id;
  if (failEvery > 0 && attempt % failEvery === 0) {
    state.failed += 1;
    x.fact('work.failed', self, record.source.id, record.line);
    if (state.member?.kind !== 'share') return;
    acknowledge(state, record, 'release');
    x.fact('message.rejected', self, record.source.id, record.line, '', { requeue: true });
    return;
  }
  state.done += 1;
  if (remembers) state.remembered.add(record.source.id);
  x.fact('work.finished', self, record.source.id, record.line);
  settle(state, record, x);
}

/** The record is dealt with: the offset behind it may be committed, or the share group is told so. */
function settle(state: Consumer, record: Taken, x: Context): void {
  if (state.member?.kind === 'share') {
    acknowledge(state, record, 'accept');
    x.fact('message.acked', x.wiring.self.id, record.source.id, record.line);
  } else state.app.done[record.tp] = offsetAfter(record);
}

/** Hangs, in whatever it is doing. */
export function freeze(state: Consumer, x: Context): void {
  const { app } = state;
  if (app.phase === 'polling') app.polledAt = x.now;
  app.isFrozen = true;
  const { work } = app;
  if (!work) return;
  x.forget(work.timer);
  app.work = Object.freeze({ ...work, timer: 0, left: work.until - x.now });
}

export function thaw(state: Consumer, x: Context): void {
  const { app } = state;
  app.isFrozen = false;
  const { work } = app;
  if (!work) return;
  const until = micros(x.now + work.left);
  const timer = x.wake({ name: 'done' }, micros(work.left));
  app.work = Object.freeze({ ...work, from: micros(until - (work.until - work.from)), until, timer });
}
