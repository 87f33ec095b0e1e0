import { fromMillis, micros, remembered } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import { configOf, type ProducerConfig, type RecordTemplate } from './config.ts';
import { topicLines } from './fates.ts';
import type { Producer } from './state.ts';

/** Between the records of a burst: together to the eye, yet each a step of its own. */
const BURST_GAP = micros(100);

const NEXT = { name: 'next' } as const;

/** How long until the next record of the schedule, in µs; undefined when there is none. */
function waitFor(state: Producer, x: Context): number | undefined {
  const { mode, everyMillis, count, limit, startMillis, list } = configOf(x);
  const since = x.now - state.startedAt;
  const { position } = state;
  if (mode === 'list') {
    const next = inOrder(list)[position];
    return next && Math.max(0, fromMillis(next.atMillis) - since);
  }
  if (mode === 'burst' ? position >= count : limit > 0 && position >= limit) return undefined;
  if (position === 0) return Math.max(0, fromMillis(startMillis) - since);
  return mode === 'burst' ? BURST_GAP : fromMillis(everyMillis);
}

/** By time; what is listed first comes first among equals (sorting is stable). */
const inOrder = remembered((list: ProducerConfig['list']) => list.toSorted((a, b) => a.atMillis - b.atMillis));

/** Goes on with the schedule and with what a person publishes, unless send() or a transaction's end keeps the application waiting. */
export function goOn(state: Producer, x: Context): void {
  if (state.sends.length > 0 || state.transaction?.state === 'failed') return;
  if (state.handTimer === 0 && state.hand.length > 0) state.handTimer = x.wake({ name: 'hand' }, BURST_GAP);
  if (state.isPaused || state.timer !== 0) return;
  const wait = waitFor(state, x);
  if (wait !== undefined) state.timer = x.wake(NEXT, micros(wait));
}

/** True when nothing more will be sent, as far as the application knows. */
export function isAtEnd(state: Producer, x: Context): boolean {
  return state.hand.length === 0 && state.timer === 0 && state.sends.length === 0 && (state.isPaused || waitFor(state, x) === undefined);
}

/** The next record of the schedule is due. */
export function sendNext(state: Producer, x: Context): void {
  state.timer = 0;
  if (state.isPaused) return;
  const { mode, templates, list } = configOf(x);
  const { position } = state;
  const template = mode === 'list' ? inOrder(list)[position] : templates[position % Math.max(1, templates.length)];
  state.position += 1;
  if (template) call(state, template, x);
}

/** The next record that a person publishes. */
export function sendByHand(state: Producer, x: Context): void {
  state.handTimer = 0;
  const batch = state.hand[0];
  if (!batch) return;
  if (batch.left > 1) state.hand[0] = { template: batch.template, left: batch.left - 1 };
  else state.hand.shift();
  call(state, batch.template, x);
}

/** One send() for each topic. */
function call(state: Producer, template: RecordTemplate, x: Context): void {
  const lines = topicLines(x.wiring);
  let left = lines.size;
  for (const [topic, line] of lines) state.sends.push({ template, topic, line, isLast: --left === 0 });
}

/** Other settings, another pace. */
export function forgetPace(state: Producer, x: Context): void {
  if (state.timer !== 0) x.forget(state.timer);
  state.timer = 0;
}
