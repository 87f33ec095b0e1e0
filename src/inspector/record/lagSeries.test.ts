import { describe, expect, test } from 'vitest';
import { micros } from '../../base/index.ts';
import { createTimeline, endsOf, lagsAt, lagsOfReaders, type Program, pointersAt, type Timeline } from '../../engine/index.ts';
import { chartsOf } from '../charts/chartData.ts';
import { galleryProgram } from '../gallery.testkit.ts';
import { BUCKETS } from './buckets.ts';
import { LagSeries, lagsOf } from './lagSeries.ts';
import { RunRecord } from './record.ts';

const IDS = ['lag', 'offsets', 'leader-dies', 'rebalance-coop', 'retention-compaction', 'group-sizes', 'log-not-queue'];

function played(id: string): { readonly program: Program; readonly timeline: Timeline; readonly lags: LagSeries } {
  const program = galleryProgram(id);
  const timeline = createTimeline(program);
  timeline.seek(program.end);
  const lags = new LagSeries(program);
  lags.catchUp(timeline, () => false);
  return { program, timeline, lags };
}

/** What is drawn beside the lanes of a drawing at the playhead. */
function shownLags(timeline: Timeline): { readonly [lane: string]: number } {
  const { program, world } = timeline;
  const shown: { [lane: string]: number } = {};
  for (const { id, name } of program.parts.values()) {
    const { lanes = [], status } = timeline.view(id) ?? {};
    for (const lane of lanes) {
      const lag = lagsOfReaders(program, lane, pointersAt(program, world, name, lane.key))[0]?.lag;
      if (lane.isLeader && lag !== undefined && status !== 'down') shown[`${name}-${lane.key}`] = lag;
    }
  }
  return shown;
}

describe.each(IDS)('%s', (id) => {
  const { program, timeline, lags } = played(id);

  test('what is charted of a lane is what is drawn beside it at that time', () => {
    for (const bucket of [0, 20, 60, 100, 140, 200, BUCKETS - 1]) {
      const end = bucket === BUCKETS - 1 ? program.end : micros(Math.ceil(((bucket + 1) * program.end) / BUCKETS) - 1);
      timeline.seek(end);
      const charted = [...lags.lanes].flatMap(([lane, values]) => (values[bucket] === null ? [] : [[lane, values[bucket]]]));
      expect(Object.fromEntries(charted)).toEqual(shownLags(timeline));
    }
  });

  test('taken in slices it is the same', () => {
    const sliced = new LagSeries(program);
    let slices = 0;
    while (sliced.isBehind(timeline)) {
      sliced.catchUp(timeline, () => true);
      slices++;
    }
    expect(slices).toBeGreaterThan(3);
    expect([sliced.lanes, sliced.readers]).toEqual([lags.lanes, lags.readers]);
  });
});

test('a group is behind by the sum of what its lanes are, and not once for each member', () => {
  const { lags } = played('lag');
  expect([...lags.readers.keys()]).toEqual(['g']);
  const sums = Array.from({ length: BUCKETS }, (_, i) => [...lags.lanes.values()].reduce((sum, values) => sum + (values[i] ?? 0), 0));
  expect((lags.readers.get('g') ?? []).map((value) => value ?? 0)).toEqual(sums);
  expect(Math.max(...sums)).toBeGreaterThan(20);
  expect(sums.at(-1)).toBe(0);
});

test('only what is known is charted, and the rest when it is', () => {
  const program = galleryProgram('lag');
  const timeline = createTimeline(program);
  const series = lagsOf(timeline) as LagSeries;
  timeline.seek(micros(program.end / 2));
  series.catchUp(timeline, () => false);
  expect(series.isBehind(timeline)).toBe(false);
  const half = [...(series.readers.get('g') ?? [])];
  expect(half.slice(BUCKETS / 2 + 1).every((value) => value === null)).toBe(true);
  timeline.seek(program.end);
  expect(series.isBehind(timeline)).toBe(true);
  series.catchUp(timeline, () => false);
  expect(series.readers.get('g')?.slice(0, series.done - 1)).toEqual(
    played('lag')
      .lags.readers.get('g')
      ?.slice(0, series.done - 1),
  );
  expect(series.done).toBe(BUCKETS);
});

test('messages in a log are counted as they pass: produced, replicated, read, covered by commits', () => {
  const { program, timeline, lags } = played('lag');
  const record = new RunRecord(program);
  record.catchUp(timeline, () => false);
  const flow = chartsOf(record.series, BUCKETS - 1, lags).find(({ key }) => key === 'flow');
  expect(flow?.lines.map(({ word }) => word)).toEqual(['published', 'safe', 'read', 'covered']);
  const seconds = program.end / 1_000_000 / (flow?.times.length ?? 1);
  const totals = flow?.lines.map(({ values }) => Math.round(values.reduce<number>((sum, value) => sum + (value ?? 0), 0) * seconds));
  // 60 are produced; one is read again by who takes its partition over before it is committed.
  expect(totals).toEqual([60, 60, 61, 60]);
});

test('where nothing is kept in lanes, charts are those of queues', () => {
  const program = galleryProgram('fair-dispatch');
  const timeline = createTimeline(program);
  expect(lagsOf(timeline)).toBeUndefined();
  const record = new RunRecord(program);
  timeline.seek(program.end);
  record.catchUp(timeline, () => false);
  const charts = chartsOf(record.series, BUCKETS - 1, lagsOf(timeline));
  expect(charts.map(({ key }) => key)).toEqual(['ready', 'unacked', 'flow', 'latency']);
  expect(charts[2]?.lines.map(({ word }) => word)).toEqual(['published', 'delivered', 'acked']);
});

test('a group that has not committed is not known to lag; then the lane tells the greatest', () => {
  const { program, timeline } = played('log-not-queue');
  const told = (seconds: number) => {
    timeline.seek(micros(seconds * 1_000_000));
    const { lanes, readers } = lagsAt(program, timeline.world);
    return [Object.fromEntries(lanes), Object.fromEntries(readers)];
  };
  expect(told(14.2)).toEqual([{ 'orders-0': 1 }, { g1: 1 }]);
  const [lanes, readers] = told(25);
  expect(Object.keys(readers ?? {})).toEqual(['g1', 'g2']);
  expect(lanes?.['orders-0']).toBe(Math.max(...Object.values(readers ?? {})));
});

test('where many read, what a lane tells is what one of them lags there, and none lags more', () => {
  const { program, timeline } = played('group-sizes');
  timeline.seek(micros(13_200_000));
  const { lanes, readers } = lagsAt(program, timeline.world);
  expect([...lanes.values()]).toEqual([1, 1, 2]);
  expect(Object.fromEntries(readers)).toEqual({ g1: 1, g2: 4, g3: 4, g4: 4 });
});

test('readers are behind the end of the log that leads, not of the one that has died', () => {
  const timeline = createTimeline(galleryProgram('leader-dies'));
  timeline.seek(micros(30_000_000));
  const { program, world } = timeline;
  const lanes = [...program.parts.values()].flatMap(({ id, name }) => (name === 'orders' ? (timeline.view(id)?.lanes ?? []) : []));
  const led = lanes.filter(({ isLeader }) => isLeader).map(({ end }) => end);
  expect(endsOf(program, world, 'orders').get('0')).toBe(Math.max(...led));
  expect(new Set(lanes.map(({ end }) => end)).size).toBeGreaterThan(1);
});
