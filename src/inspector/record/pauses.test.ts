import { expect, test } from 'vitest';
import { createTimeline } from '../../engine/index.ts';
import { galleryProgram } from '../gallery.testkit.ts';
import { facts } from '../inspector.testkit.ts';
import { lengthOf, pausesAt, pausesOf } from './pauses.ts';
import { Phases } from './phases.ts';

const reading = (kind: 'resumed' | 'stopped', at: string, lane: string, time: number) => ({
  ...{ kind: `reading.${kind}`, at, time, data: { lane } },
});

function pauses(all: Parameters<typeof facts>[0], readers = ['c1', 'c2']) {
  const record = new Phases();
  for (const fact of facts(all)) record.add(fact);
  return pausesOf(readers, record.readings);
}

test('a lane that changes hands stands still in between, the other ones do not', () => {
  const found = pauses([
    reading('resumed', 'c1', 't-10', 1_000),
    reading('resumed', 'c1', 't-2', 1_000),
    reading('stopped', 'c1', 't-10', 4_000),
    reading('resumed', 'c2', 't-10', 9_000),
  ]);
  expect([...found]).toEqual([
    ['t-2', []],
    ['t-10', [{ from: 4_000, to: 9_000, before: 'c1', after: 'c2' }]],
  ]);
});

test('what nobody takes over stands still for good, and what is read twice at a time does not', () => {
  const found = pauses([
    reading('resumed', 'c1', 't-0', 1_000),
    reading('resumed', 'c2', 't-0', 3_000),
    reading('stopped', 'c1', 't-0', 4_000),
    reading('stopped', 'c2', 't-0', 9_000),
  ]);
  expect(found.get('t-0')).toEqual([{ from: 9_000, to: undefined, before: 'c2', after: undefined }]);
});

test('what overlaps is counted once', () => {
  const spans = [
    { from: 0, to: 4 },
    { from: 2, to: 6 },
    { from: 3, to: 4 },
    { from: 8, to: undefined },
  ];
  expect(lengthOf(spans, 10)).toBe(8);
  expect(lengthOf([], 10)).toBe(0);
});

/** When the phase told at a time began, and the lanes that stand still for it, for how many seconds. */
function toldAt(id: string, seconds: number) {
  const program = galleryProgram(id);
  const timeline = createTimeline(program);
  timeline.seek(program.end);
  const record = new Phases();
  record.catchUp(timeline, () => false);
  const all = pausesOf(['c1', 'c2', 'c3'], record.readings);
  const { phase, lanes } = pausesAt(all, record.phases.get('g') ?? [], seconds * 1_000_000);
  const stood = lanes.flatMap(({ lane, pauses: own }) =>
    own.length === 0 ? [] : [[lane, Math.round(lengthOf(own, program.end) / 100_000) / 10] as const],
  );
  return { from: phase && Math.round(phase.from / 100_000) / 10, stood };
}

test('an eager group stops all lanes for a new member, a cooperative one the lane that moves', () => {
  expect(toldAt('rebalance-eager', 21).stood).toEqual([
    ['orders-0', 2.1],
    ['orders-1', 2.1],
    ['orders-2', 2.1],
    ['orders-3', 2.1],
  ]);
  expect(toldAt('rebalance-coop', 21).stood).toEqual([['orders-3', 4.9]]);
});

test('what a crash stops is told with the phase that mends it, whole, and never with an earlier one', () => {
  const before = toldAt('rebalance-eager', 15.5);
  expect(toldAt('rebalance-eager', 27)).toEqual(before);
  const crashed = ['orders-0', 'orders-1'].map((lane) => [lane, 8.2] as const);
  expect(toldAt('rebalance-eager', 31)).toEqual({ from: undefined, stood: crashed });
  expect(toldAt('rebalance-eager', 36)).toEqual({ from: 32.8, stood: [...crashed, ['orders-2', 2.4], ['orders-3', 2.1]] });
});
