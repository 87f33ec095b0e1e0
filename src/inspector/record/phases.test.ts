import { expect, test } from 'vitest';
import { facts } from '../inspector.testkit.ts';
import { Phases } from './phases.ts';

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

test('a reader begins and stops lane by lane, and with its process all its reading ends', () => {
  const { readings } = folded([
    { kind: 'reading.resumed', at: 'c1', time: 1_000, data: { lane: 't-0' } },
    { kind: 'reading.resumed', at: 'c1', time: 1_000, data: { lane: 't-0' } },
    { kind: 'reading.resumed', at: 'c1', time: 2_000, data: { lane: 't-1' } },
    { kind: 'reading.stopped', at: 'c1', time: 3_000, data: { lane: 't-0' } },
    { kind: 'node.crashed', at: 'c1', time: 5_000 },
  ]);
  expect(readings.get('c1')).toEqual([
    { lane: 't-0', from: 1_000, to: 3_000 },
    { lane: 't-1', from: 2_000, to: 5_000 },
  ]);
});

test('who tells only that it stops has read from the start', () => {
  const { readings } = folded([
    { kind: 'reading.stopped', at: 'c1', time: 3_000, data: { lane: 't-0' } },
    { kind: 'reading.stopped', at: 'c1', time: 4_000, data: { lane: 't-0' } },
  ]);
  expect(readings.get('c1')).toEqual([{ lane: 't-0', from: 0, to: 3_000 }]);
});
