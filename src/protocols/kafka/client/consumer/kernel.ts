import { type Micros, micros } from '../../../../base/index.ts';
import type { Context, Input, Kernel } from '../../../../engine/index.ts';
import { CONSUMER } from '../../kinds.ts';
import { sooner } from '../sooner.ts';
import { hearAnswer, loseRequest } from './answers.ts';
import { beatClassic, nextBeat } from './classic.ts';
import { close } from './close.ts';
import { obey } from './commands.ts';
import { disconnect, nextDeadline, takeExpired } from './connection.ts';
import { newClassic, newModern } from './membership.ts';
import { beatModern, nextModernBeat } from './modern.ts';
import { stopReading } from './partitions.ts';
import { goOn } from './poll.ts';
import { configOf, fixedSettings, groupOf, METADATA_AGE_MAX, topicsDrawn } from './settings.ts';
import { type Consumer, copyConsumer, isPolling, newConsumer, newLife } from './state.ts';
import { viewOf } from './view.ts';
import { beginNext, finishWork } from './work.ts';

/**
 * A consumer: an application with one thread that polls and works, and the client under it, whose own threads fetch and
 * beat. All of it goes by the state and the time: whatever comes in, everything that is due happens afterwards.
 */
export const consumerKernel: Kernel<Consumer> = {
  kind: CONSUMER,
  models: 'kafka.consumer',
  omits: ['kafka.consumer.validation', 'kafka.consumer.sessions', 'kafka.consumer.listeners'],

  start(x) {
    const state = newConsumer();
    begin(state, micros(configOf(x).startMillis * 1_000), x);
    proceed(state, x);
    return state;
  },

  receive(state, input, x) {
    take(state, input, x);
    if (input.type === 'timer' && isBetweenRecords(state, x) && beginNext(state, x)) return;
    proceed(state, x);
  },

  crash: die,
  stop: end,
  leave: end,
  copy: copyConsumer,
  describe: (state, wiring) => new Map([[wiring.self.id, viewOf(state, wiring)]]),
  invariants: (state) => brokenIn(state),
};

function die(state: Consumer, x: Context): void {
  stopReading(state, x);
  Object.assign(state, newLife());
}

/** One that hangs can't be asked to end: it is killed. */
function end(state: Consumer, x: Context): void {
  if (state.app.isFrozen) die(state, x);
  else close(state, 'closed', x);
  Object.assign(state, newLife());
}

function take(state: Consumer, input: Input, x: Context): void {
  switch (input.type) {
    case 'frame':
      hearAnswer(state, input.frame, input.line, x);
      return;
    case 'timer':
      if (input.timer.name === 'done') finishWork(state, x);
      else state.tick = undefined;
      return;
    case 'command':
      obey(state, input.verb, x);
      return;
    case 'peer':
      if (input.up) state.unreachable.delete(input.node);
      else for (const pending of disconnect(state, input.node)) loseRequest(state, pending, x);
      return;
    case 'wiring':
      rewire(state, x);
      return;
    case 'restarted':
      begin(state, 0 as Micros, x);
      return;
  }
}

/** A new process; it starts after a while. */
function begin(state: Consumer, after: Micros, x: Context): void {
  state.startsAt = x.now + after;
}

function run(state: Consumer, x: Context): void {
  const group = groupOf(x);
  state.startsAt = -1;
  state.settings = fixedSettings(x);
  state.topics = topicsDrawn(x);
  state.member = group && (group.config.protocol === 'classic' ? newClassic() : newModern(group.config.protocol));
  state.autoCommitAt = x.now + configOf(x).autoCommitMillis * 1_000;
  state.app.phase = 'polling';
}

/** Other topics are subscribed to at once; what a client is made with takes a new one. */
function rewire(state: Consumer, x: Context): void {
  if (state.startsAt >= 0) return;
  const topics = topicsDrawn(x);
  if (topics.some((topic) => !state.topics.includes(topic))) state.isMetadataWanted = true;
  state.topics = topics;
  if (fixedSettings(x) === state.settings) return;
  close(state, 'closed', x);
  const { unreachable, connected, metadata, nextCorrelation, tick, app } = state;
  const { isFrozen, isPaused } = app;
  Object.assign(state, { ...newLife(), unreachable, connected, metadata, nextCorrelation, tick });
  state.app = { ...state.app, isFrozen, isPaused };
  run(state, x);
}

/** The application goes from one record to the next, and for the client nothing is due by time: most steps are such. */
function isBetweenRecords({ app, tick }: Consumer, { now }: Context): boolean {
  return app.phase === 'working' && !app.isFrozen && app.work === undefined && tick !== undefined && now < tick.at;
}

/** Everything that is due by now happens; then one timer waits for the next. */
function proceed(state: Consumer, x: Context): void {
  if (state.startsAt >= 0 && x.now >= state.startsAt) run(state, x);
  for (const pending of takeExpired(state, x.now)) loseRequest(state, pending, x);
  beat(state, x);
  goOn(state, x);
  // The application may have said something that the other thread passes on.
  beat(state, x);
  const at = nextTime(state, x);
  if (at === Infinity || (state.tick && state.tick.at <= at)) return;
  if (state.tick) x.forget(state.tick.timer);
  state.tick = { timer: x.wake({ name: 'tick' }, micros(at - x.now)), at };
}

function beat(state: Consumer, x: Context): void {
  const group = groupOf(x);
  const { member } = state;
  if (!group || !member) return;
  if (member.kind === 'classic') beatClassic(state, member, group, x);
  else beatModern(state, member, group, x);
}

/** When something is due by itself. What is due already and has not happened waits for something else than time. */
function nextTime(state: Consumer, x: Context): number {
  const { now } = x;
  const { member, sync } = state;
  let next = sooner(sooner(Infinity, state.startsAt, now), nextDeadline(state), now);
  const group = groupOf(x);
  if (group && member)
    next = sooner(next, member.kind === 'classic' ? nextBeat(state, member, group) : nextModernBeat(state, member, group), now);
  if (member) next = sooner(next, state.coordinatorRetryAt, now);
  if (sync) next = sooner(sooner(next, sync.retryAt, now), sync.giveUpAt, now);
  if (!isPolling(state)) return next;
  next = sooner(next, state.isMetadataWanted ? state.metadataRetryAt : state.metadataAt + METADATA_AGE_MAX, now);
  next = sooner(sooner(next, state.offsetsRetryAt, now), state.fetchNotBefore, now);
  if (member?.kind === 'classic') next = sooner(next, member.retryAt, now);
  const isAuto = member && member.kind !== 'share' && state.partitions.size > 0 && configOf(x).commit === 'auto';
  return isAuto ? sooner(next, state.autoCommitAt, now) : next;
}

function brokenIn({ app, partitions, buffer, member }: Consumer): string | undefined {
  if (app.next > app.batch.length) return 'More records begun than handed out';
  for (const { tp, state, position } of partitions.values())
    if (state === 'ready' && position < 0) return `${tp} is ready without a position`;
  for (const { tp, records } of buffer) {
    if (records.length === 0) return `An empty answer of ${tp} is kept`;
    if (member?.kind !== 'share' && !partitions.has(tp)) return `Records of ${tp}, which is not assigned`;
  }
  return undefined;
}
