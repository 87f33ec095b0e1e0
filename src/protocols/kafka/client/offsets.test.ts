import { describe, expect, test } from 'vitest';
import { afterOutOfRange, beginningOf, lagOf, offsetAfter, takeRecords } from './offsets.ts';

const record = (at: number) => ({ at });

describe('where a consumer reads', () => {
  test('a committed offset wins over the policy', () => {
    expect(beginningOf(0, { policy: 'none' }, 0)).toEqual({ type: 'committed', offset: 0 });
    expect(beginningOf(undefined, { policy: 'latest' }, 0)).toEqual({ type: 'reset', to: 'latest', cause: 'no-committed-offset' });
    expect(beginningOf(undefined, { policy: 'none' }, 0)).toEqual({ type: 'error', error: 'NoOffsetForPartitionException' });
  });

  test('by_duration goes back in time', () => {
    const reset = { policy: 'by_duration', duration: 30 } as const;
    expect(afterOutOfRange(reset, 100)).toEqual({ type: 'reset-to-time', timestamp: 70, cause: 'out-of-range' });
  });

  test('polling moves the position behind what was taken, and behind what follows it when nothing is left', () => {
    const fetched = { records: [3, 5, 6].map(record), nextOffset: 9 };
    const first = takeRecords(fetched, 2);
    expect([first.taken, first.position]).toEqual([[record(3), record(5)], 6]);
    expect(takeRecords(first.rest, 5)).toEqual({ taken: [record(6)], rest: { records: [], nextOffset: 9 }, position: 9 });
    expect(takeRecords(fetched, 0).position).toBe(3);
    expect(takeRecords({ records: [], nextOffset: 4 }, 5).position).toBe(4);
  });

  test('an offset that is committed is the next one; lag is a distance', () => {
    expect(offsetAfter(record(4))).toBe(5);
    expect([lagOf(10, 4), lagOf(10, undefined), lagOf(10, 12)]).toEqual([6, undefined, -2]);
  });
});
