import { expect, test } from 'vitest';
import {
  addPartitions,
  completed,
  endTransaction,
  expireTransaction,
  initProducerId,
  newTransaction,
  type TransactionMetadata,
  type Verdict,
} from './index.ts';

const nobody = { timeout: 60_000, expected: undefined, newProducerId: () => 99 };
const next = (verdict: Verdict): TransactionMetadata => {
  if (verdict.type !== 'write') throw new Error(JSON.stringify(verdict));
  return verdict.next;
};
const ready = () => next(initProducerId(newTransaction('t', 7, 60_000, 0), false, nobody, 0));
const who = (producerEpoch: number) => ({ producerId: 7, producerEpoch });

test('every producer that begins under the id gets the next epoch', () => {
  const first = ready();
  expect([first.producerId, first.producerEpoch, first.state]).toEqual([7, 0, 'Empty']);
  expect(next(initProducerId(first, false, nobody, 1)).producerEpoch).toBe(1);
});

test('a transaction that is open is aborted for the next one, under an epoch that nobody gets', () => {
  const open = next(addPartitions(ready(), false, who(0), ['a-0'], 5));
  const verdict = initProducerId(open, false, nobody, 9);
  expect(verdict).toMatchObject({
    answer: 'CONCURRENT_TRANSACTIONS',
    next: { state: 'PrepareAbort', producerEpoch: 1, partitions: ['a-0'] },
  });
  expect(initProducerId(next(verdict), false, nobody, 9)).toEqual({ type: 'refused', error: 'CONCURRENT_TRANSACTIONS' });
  expect(next(initProducerId(completed(next(verdict), 10), false, nobody, 11))).toMatchObject({ state: 'Empty', producerEpoch: 2 });
  expect(endTransaction(completed(next(verdict), 10), false, who(0), true, 11)).toEqual({ type: 'refused', error: 'PRODUCER_FENCED' });
});

test('a producer that asks for a new epoch gets it, gets it again, and never behind the back of another', () => {
  const raised = next(initProducerId(ready(), false, { ...nobody, expected: who(0) }, 1));
  expect(raised.producerEpoch).toBe(1);
  expect(next(initProducerId(raised, false, { ...nobody, expected: who(0) }, 2)).producerEpoch).toBe(1);
  const other = next(initProducerId(raised, false, nobody, 3));
  expect(initProducerId(other, false, { ...nobody, expected: who(1) }, 4)).toEqual({ type: 'refused', error: 'PRODUCER_FENCED' });
});

test('when the epochs are used up there is a new producer id', () => {
  const last = { ...ready(), producerEpoch: 32_766 };
  expect(next(initProducerId(last, false, nobody, 1))).toMatchObject({ producerId: 99, producerEpoch: 0 });
});

test('partitions are added once, and not while the end is under way', () => {
  const open = next(addPartitions(ready(), false, who(0), ['a-0'], 5));
  expect(addPartitions(open, false, who(0), ['a-0'], 6)).toEqual({ type: 'done' });
  expect(next(addPartitions(open, false, who(0), ['a-0', 'b-1'], 6))).toMatchObject({ partitions: ['a-0', 'b-1'], startedAt: 5 });
  const ending = next(endTransaction(open, false, who(0), true, 7));
  expect(addPartitions(ending, false, who(0), ['c-0'], 8)).toEqual({ type: 'refused', error: 'CONCURRENT_TRANSACTIONS' });
  expect(next(addPartitions(completed(ending, 9), false, who(0), ['c-0'], 10))).toMatchObject({ partitions: ['c-0'], startedAt: 10 });
});

test('an end that was told before is well, the opposite one is not', () => {
  const open = next(addPartitions(ready(), false, who(0), ['a-0'], 5));
  const ending = next(endTransaction(open, false, who(0), true, 7));
  expect(endTransaction(ending, false, who(0), true, 8)).toEqual({ type: 'refused', error: 'CONCURRENT_TRANSACTIONS' });
  expect(endTransaction(ending, false, who(0), false, 8)).toEqual({ type: 'refused', error: 'INVALID_TXN_STATE' });
  expect(endTransaction(completed(ending, 8), false, who(0), true, 9)).toEqual({ type: 'done' });
  expect(endTransaction(ready(), false, who(0), true, 9)).toEqual({ type: 'refused', error: 'INVALID_TXN_STATE' });
  expect(endTransaction(undefined, false, who(0), true, 9)).toEqual({ type: 'refused', error: 'INVALID_PRODUCER_ID_MAPPING' });
});

test('time runs out for transactions that are open, not for producers that do nothing', () => {
  expect(expireTransaction(ready(), false, 1_000_000)).toBeUndefined();
  const open = next(addPartitions(ready(), false, who(0), ['a-0'], 5));
  expect(expireTransaction(open, false, 60_005)).toBeUndefined();
  expect(expireTransaction(open, false, 60_006)).toMatchObject({ state: 'PrepareAbort', producerEpoch: 1 });
});
