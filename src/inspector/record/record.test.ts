import { describe, expect, test } from 'vitest';
import { micros } from '../../base/index.ts';
import type { Fact, Timeline } from '../../engine/index.ts';
import { drawn, facts, known, SHOP } from '../inspector.testkit.ts';
import { BUCKETS } from './buckets.ts';
import { RunRecord } from './record.ts';
import { levels, rates } from './series.ts';

const END = 24_000_000;
const program = drawn({ ...SHOP, end: END });
const LAST = BUCKETS - 1;

function recorded(all: readonly Fact[]): RunRecord {
  const record = new RunRecord(program);
  record.catchUp({ ...known(all), program } as Timeline, () => false);
  return record;
}
/** The bucket in which a second of the run begins: ten a second. */
const second = (seconds: number) => seconds * 10;

const ONE_MESSAGE = facts([
  { kind: 'message.published', at: 'p', message: 1, time: 1_000_000 },
  { kind: 'message.routed', at: 'e', message: 1, why: 'matched', data: { queues: ['q1'] } },
  { kind: 'message.stored', at: 'q1', message: 1, time: 2_000_000 },
  { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' }, time: 3_000_000 },
  { kind: 'message.received', at: 'c1', message: 1, time: 4_000_000 },
  { kind: 'work.started', at: 'c1', message: 1, data: { until: 8_000_000 } },
  { kind: 'work.finished', at: 'c1', message: 1, time: 8_000_000 },
  { kind: 'message.acked', at: 'c1', message: 1 },
  { kind: 'message.settled', at: 'q1', message: 1, why: 'acked', data: { outcome: 'acked' }, time: 9_000_000 },
]);

describe('a queue over time', () => {
  test('a message is ready, then unacknowledged, then gone', () => {
    const queue = recorded(ONE_MESSAGE).series.queues.get('q1');
    const ready = levels(queue?.readyAt ?? new Int32Array(), LAST);
    const unacked = levels(queue?.unackedAt ?? new Int32Array(), LAST);
    expect([1, 2, 3, 5, 9, 20].map((s) => ready[second(s)])).toEqual([0, 1, 0, 0, 0, 0]);
    expect([1, 2, 3, 5, 9, 20].map((s) => unacked[second(s)])).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test('nothing is drawn beyond what is known', () => {
    expect(levels(new Int32Array(BUCKETS).fill(-1), second(3)).slice(second(3))[1]).toBeNull();
  });

  test('a redelivery does not count a message twice', () => {
    const { queues } = recorded(
      facts([
        { kind: 'message.stored', at: 'q1', message: 1 },
        { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' } },
        { kind: 'message.requeued', at: 'q1', message: 1, why: 'rejected', data: { ahead: 0 } },
      ]),
    ).series;
    expect([queues.get('q1')?.ready, queues.get('q1')?.unacked]).toEqual([1, 0]);
  });

  test('after a crash of the broker, what is on disk is ready again and the rest is lost', () => {
    const { queues } = recorded(
      facts([
        { kind: 'message.stored', at: 'q1', message: 1 },
        { kind: 'message.stored', at: 'q1', message: 2 },
        { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' } },
        { kind: 'node.crashed', at: 'b' },
        { kind: 'message.settled', at: 'q1', message: 2, why: 'crashed', data: { outcome: 'dropped' } },
      ]),
    ).series;
    expect([queues.get('q1')?.ready, queues.get('q1')?.unacked]).toEqual([1, 0]);
  });

  test('purging and direct replies keep the count right', () => {
    const { queues } = recorded(
      facts([
        { kind: 'message.stored', at: 'q1', message: 1 },
        { kind: 'message.settled', at: 'q1', message: 1, why: 'purged', data: { outcome: 'dropped' } },
        { kind: 'message.delivered', at: 'q1', message: 5, why: 'turn-reply', data: { consumer: 'c1' } },
      ]),
    ).series;
    expect([queues.get('q1')?.ready, queues.get('q1')?.unacked]).toEqual([0, 0]);
  });
});

test('time to acknowledgement runs from delivery to the moment when the broker knows', () => {
  const { latencySum, latencyCount } = recorded(ONE_MESSAGE).series;
  expect([latencySum[second(9)], latencyCount[second(9)]]).toEqual([6_000_000, 1]);
});

test('throughput is per second, whatever the buckets', () => {
  const all = facts(Array.from({ length: 20 }, (_, i) => ({ kind: 'message.published', at: 'p', message: i + 1, time: i * 100_000 })));
  const { counts } = recorded(all).series;
  expect(rates(counts.get('')?.published, 10, micros(END), LAST).slice(0, 3)).toEqual([10, 10, 0]);
  expect(rates(counts.get('p')?.published, 10, micros(END), LAST).slice(0, 3)).toEqual([10, 10, 0]);
});

test('who has been handed what is remembered up to the playhead', () => {
  const { deliveries } = recorded(ONE_MESSAGE);
  expect(deliveries.until('q1', 3)).toEqual([]);
  expect(deliveries.until('q1', 4)).toEqual([{ consumer: 'c1', count: 1, latest: [1] }]);
});

test('facts are taken in slices, and none twice', () => {
  const all = facts(Array.from({ length: 9_000 }, (_, i) => ({ kind: 'message.published', at: 'p', message: i + 1 })));
  const record = new RunRecord(program);
  const timeline = { ...known(all), program } as Timeline;
  let calls = 0;
  while (!record.catchUp(timeline, () => true)) calls++;
  expect(calls).toBeGreaterThan(2);
  expect(record.taken).toBe(9_000);
  expect(record.series.counts.get('p')?.published?.[0]).toBe(9_000);
});

describe('workers', () => {
  test('work, waiting and idleness at any moment', () => {
    const { work } = recorded(ONE_MESSAGE);
    expect(work.at('c1', 5, micros(4_000_000))).toMatchObject({ finished: 0, waiting: 1, isWorking: false, idle: 0 });
    expect(work.at('c1', 6, micros(6_000_000))).toMatchObject({ finished: 0, waiting: 0, isWorking: true, busy: 2_000_000, idle: 0 });
    expect(work.at('c1', 9, micros(11_000_000))).toMatchObject({ finished: 1, isWorking: false, busy: 4_000_000, idle: 3_000_000 });
  });

  test('all is done when nothing is under way, in a queue or in someone’s hands', () => {
    const { work } = recorded(ONE_MESSAGE);
    expect([0, 1, 3, 8, 9].map((happened) => work.left(happened))).toEqual([0, 1, 1, 1, 0]);
    expect(work.doneAt).toBe(9_000_000);
    expect(recorded(ONE_MESSAGE.slice(0, 8)).work.doneAt).toBeUndefined();
  });

  test('a crash takes the work out of the worker’s hands', () => {
    const all = facts([
      { kind: 'message.received', at: 'c1', message: 1, time: 1_000_000 },
      { kind: 'message.received', at: 'c1', message: 2 },
      { kind: 'work.started', at: 'c1', message: 1 },
      { kind: 'node.crashed', at: 'c1', time: 3_000_000 },
    ]);
    expect(recorded(all).work.at('c1', 4, micros(5_000_000))).toMatchObject({
      finished: 0,
      waiting: 0,
      isWorking: false,
      busy: 2_000_000,
      idle: 2_000_000,
    });
  });

  test('with automatic acknowledgement the work in hand still counts as left', () => {
    const all = facts([
      { kind: 'message.published', at: 'p', message: 1 },
      { kind: 'message.stored', at: 'q1', message: 1 },
      { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' } },
      { kind: 'message.settled', at: 'q1', message: 1, why: 'auto-acked', data: { outcome: 'acked' } },
      { kind: 'message.received', at: 'c1', message: 1 },
      { kind: 'work.started', at: 'c1', message: 1 },
      { kind: 'work.finished', at: 'c1', message: 1, time: 2_000_000 },
    ]);
    const { work } = recorded(all);
    expect(work.left(6)).toBe(1);
    expect(work.doneAt).toBe(2_000_000);
  });
});
