import { describe, expect, test } from 'vitest';
import { appendMarker } from './append.ts';
import { end, put, putInTransaction, read, replicated, SETTINGS } from './log.testkit.ts';
import { newLog, setHighWatermark } from './log.ts';
import { advanceLogStart } from './retention.ts';
import { lastStableOffset, visibleRecords } from './transactions.ts';

function committedFrom(log: Parameters<typeof read>[0], offset: number) {
  const found = read(log, offset, 'read_committed');
  return visibleRecords(found.records, found.aborted).map((record) => record.at);
}

describe('transactions', () => {
  test('read_committed stops at the oldest open transaction', () => {
    const log = newLog(0);
    put(log);
    putInTransaction(log, 1);
    putInTransaction(log, 2);
    put(log);
    replicated(log);
    expect(lastStableOffset(log)).toBe(1);
    expect(committedFrom(log, 0)).toEqual([0]);
    end(log, 1, 'COMMIT');
    replicated(log);
    expect(lastStableOffset(log)).toBe(2);
    end(log, 2, 'ABORT');
    replicated(log);
    expect(lastStableOffset(log)).toBe(6);
    expect(committedFrom(log, 0)).toEqual([0, 1, 3]);
    expect(read(log, 0, 'read_committed').aborted).toEqual([{ producerId: 2, firstOffset: 2, lastOffset: 5, lastStableOffset: 6 }]);
  });

  test('a decision counts when the high watermark has passed its marker', () => {
    const log = newLog(0);
    putInTransaction(log, 1);
    replicated(log);
    end(log, 1, 'COMMIT');
    expect(lastStableOffset(log)).toBe(0);
    replicated(log);
    expect(lastStableOffset(log)).toBe(2);
  });

  test('the same producer aborts one transaction and commits the next', () => {
    const log = newLog(0);
    putInTransaction(log, 1);
    end(log, 1, 'ABORT');
    putInTransaction(log, 1);
    end(log, 1, 'COMMIT');
    replicated(log);
    expect(committedFrom(log, 0)).toEqual([2]);
    expect(committedFrom(log, 2)).toEqual([2]);
    expect(read(log, 2, 'read_committed').aborted).toEqual([]);
  });

  test('an aborted transaction is told even if its marker is in a later segment', () => {
    const log = newLog(0);
    const settings = { ...SETTINGS, segmentBytes: 100 };
    putInTransaction(log, 1, { settings });
    put(log, { settings });
    end(log, 1, 'ABORT', settings);
    replicated(log);
    expect(log.sealed).toHaveLength(2);
    expect(committedFrom(log, 0)).toEqual([]);
    expect(committedFrom(log, 1)).toEqual([1]);
  });

  test('a marker for a transaction without records here changes nothing but the epoch; zombies are fenced', () => {
    const log = newLog(0);
    expect(end(log, 1, 'ABORT').status).toBe('appended');
    replicated(log);
    expect(lastStableOffset(log)).toBe(1);
    const marker = { producerId: 1, producerEpoch: 1, control: { type: 'COMMIT', coordinatorEpoch: 2 }, coordinator: 'c' } as const;
    const as = { leaderEpoch: 0, now: 0, settings: SETTINGS };
    expect(appendMarker(log, marker, as).status).toBe('appended');
    const older = { ...marker, control: { type: 'COMMIT', coordinatorEpoch: 1 } } as const;
    expect(appendMarker(log, older, as)).toMatchObject({ error: 'TRANSACTION_COORDINATOR_FENCED' });
    expect(putInTransaction(log, 1)).toMatchObject({ error: 'INVALID_PRODUCER_EPOCH' });
  });

  test('the last stable offset is never below the log start', () => {
    const log = newLog(0);
    putInTransaction(log, 1);
    put(log, { count: 3 });
    setHighWatermark(log, 4);
    advanceLogStart(log, 2);
    expect(lastStableOffset(log)).toBe(2);
  });
});
