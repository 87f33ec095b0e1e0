import { expect, test } from 'vitest';
import { facts, known } from '../inspector.testkit.ts';
import { latestDecisionOn } from './decision.ts';
import { sparkPath } from './spark.ts';

const DECISIONS = facts([
  {
    kind: 'message.routed',
    at: 'e',
    message: 1,
    why: 'matched',
    data: { matched: ['l1'], unmatched: [{ line: 'l2', why: 'topic-word' }] },
  },
  { kind: 'message.stored', at: 'q1', message: 1 },
  { kind: 'message.routed', at: 'e', message: 2, why: 'matched', data: { matched: ['l1'], unmatched: [] } },
]);

test('the latest decision about a line is found, whether it was taken or passed by', () => {
  expect(latestDecisionOn(known(DECISIONS), 'l1', 3)?.message).toBe(2);
  expect(latestDecisionOn(known(DECISIONS), 'l1', 2)?.message).toBe(1);
  expect(latestDecisionOn(known(DECISIONS), 'l2', 3)?.message).toBe(1);
  expect(latestDecisionOn(known(DECISIONS), 'l3', 3)).toBeUndefined();
});

test('a small chart steps with its values and ends where nothing is known', () => {
  expect(sparkPath([0, 2, 2, 1, null], 2, 50, 12)).toBe('M0 12H0V12H10V2H30V7H40V12Z');
});
