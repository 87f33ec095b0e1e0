import { expect, test } from 'vitest';
import { barsPath, HISTOGRAM, sumDensities, ticksOf } from './histogram.ts';

test('a moment with one fact stays visible beside a burst of ten thousand', () => {
  const heights = [...barsPath(Uint32Array.of(1, 10_000)).matchAll(/v-([\d.]+)/g)].map((match) => Number(match[1]));
  expect(heights[0]).toBeGreaterThanOrEqual(2);
  expect(heights[1]).toBe(HISTOGRAM.height);
});

test('moments without facts have no bar, and an empty run none at all', () => {
  expect(barsPath(Uint32Array.of(0, 3, 0)).match(/M/g)).toHaveLength(1);
  expect(barsPath(new Uint32Array(8))).toBe('');
});

test('both sides of a pair count', () => {
  expect([...sumDensities([Uint32Array.of(1, 2), Uint32Array.of(3)])].slice(0, 3)).toEqual([4, 2, 0]);
});

test('the times under the line are round and few', () => {
  expect(ticksOf(20)).toEqual([0, 5, 10, 15, 20]);
  expect(ticksOf(3)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
  for (const end of [0.3, 1, 7, 45, 100, 900, 100_000]) expect(ticksOf(end).length).toBeLessThanOrEqual(10);
});
