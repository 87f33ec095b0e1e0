import { expect, test } from 'vitest';
import { drawn, facts, SHOP } from '../inspector.testkit.ts';
import { Series } from '../record/series.ts';
import { type Chart, chartsOf, tableOf, valueAt } from './chartData.ts';

const program = drawn({ ...SHOP, end: 24_000_000 });

function charts(until = 239): readonly Chart[] {
  const series = new Series(program);
  for (const fact of facts([
    { kind: 'message.published', at: 'p', message: 1, time: 1_000_000 },
    { kind: 'message.stored', at: 'q1', message: 1, time: 2_000_000 },
    { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' }, time: 4_000_000 },
    { kind: 'message.acked', at: 'c1', message: 1, time: 7_000_000 },
    { kind: 'message.settled', at: 'q1', message: 1, why: 'acked', data: { outcome: 'acked' }, time: 7_500_000 },
  ]))
    series.add(fact);
  return chartsOf(series, until);
}
const chart = (key: Chart['key'], until?: number) => charts(until).find((one) => one.key === key) as Chart;

test('depth holds its value between facts', () => {
  const ready = chart('ready');
  const values = ready.lines[0]?.values ?? [];
  expect([1, 2, 3, 4, 20].map((s) => valueAt(ready, values, s))).toEqual([0, 1, 1, 0, 0]);
});

test('the time to acknowledgement is a point where a message was acknowledged', () => {
  const latency = chart('latency');
  expect(latency.lines[0]?.values.filter((value) => value !== null)).toEqual([3.5]);
  expect(valueAt(latency, latency.lines[0]?.values ?? [], 5)).toBeUndefined();
  expect(valueAt(latency, latency.lines[0]?.values ?? [], 20)).toBe(3.5);
});

test('what is not known yet is not drawn', () => {
  expect(chart('ready', 30).lines[0]?.values.filter((value) => value !== null)).toHaveLength(31);
});

test('a chart can be read as a table of bounded length', () => {
  const rows = tableOf(chart('ready'), 24);
  expect(rows.length).toBeLessThanOrEqual(24);
  expect(rows[0]).toEqual({ seconds: 0, values: [0] });
});

test('throughput tells messages per second', () => {
  const flow = chart('flow');
  const published = flow.lines.find(({ word }) => word === 'published')?.values ?? [];
  expect(Math.max(...published.map((value) => value ?? 0))).toBe(1);
});
