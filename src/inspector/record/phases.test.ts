import { expect, test } from 'vitest';
import { facts } from '../inspector.testkit.ts';
import { endedStops, lengthOf, Phases } from './phases.ts';

function folded(all: Parameters<typeof facts>[0]): Phases {
  const phases = new Phases();
  for (const fact of facts(all)) phases.add(fact);
  return phases;
}

test('a phase lasts from its beginning to its end, the last one until now', () => {
  const { phases } = folded([
    { kind: 'phase.began', at: 'group', time: 1_000, data: { phase: 'rebalance' } },
    { kind: 'phase.ended', at: 'group', time: 4_000, data: { phase: 'rebalance' } },
    { kind: 'phase.began', at: 'group', time: 9_000, data: { phase: 'rebalance' } },
  ]);
  expect(phases.get('group')).toEqual([
    { phase: 'rebalance', from: 1_000, to: 4_000 },
    { phase: 'rebalance', from: 9_000, to: undefined },
  ]);
});

test('a reader stops and resumes lane by lane, and who has left waits for nothing', () => {
  const { stops } = folded([
    { kind: 'reading.stopped', at: 'c1', time: 1_000, data: { lane: 't-0' } },
    { kind: 'reading.stopped', at: 'c1', time: 1_000, data: { lane: 't-0' } },
    { kind: 'reading.stopped', at: 'c1', time: 2_000, data: { lane: 't-1' } },
    { kind: 'reading.resumed', at: 'c1', time: 3_000, data: { lane: 't-0' } },
    { kind: 'part.left', at: 'c1', time: 5_000 },
  ]);
  expect(stops.get('c1')).toEqual([
    { lane: 't-0', from: 1_000, to: 3_000 },
    { lane: 't-1', from: 2_000, to: 5_000 },
  ]);
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

test('what is given away for good is waited for until the phase is over', () => {
  const { phases, stops } = folded([
    { kind: 'phase.began', at: 'group', time: 1_000, data: { phase: 'rebalance' } },
    { kind: 'reading.stopped', at: 'c1', time: 2_000, data: { lane: 't-0' } },
    { kind: 'phase.ended', at: 'group', time: 4_000, data: { phase: 'rebalance' } },
    { kind: 'phase.began', at: 'group', time: 9_000, data: { phase: 'rebalance' } },
    { kind: 'reading.stopped', at: 'c1', time: 9_500, data: { lane: 't-1' } },
  ]);
  const ended = endedStops(stops.get('c1') ?? [], phases.get('group') ?? []);
  expect(ended.map(({ to }) => to)).toEqual([4_000, undefined]);
});
