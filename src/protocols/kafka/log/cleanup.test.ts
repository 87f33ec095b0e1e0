import { describe, expect, test } from 'vitest';
import { cleanable, compactLog } from './compact.ts';
import { end, offsetsOf, put, putInTransaction, read, recordsOf, replicated, SETTINGS } from './log.testkit.ts';
import { copyLog, logBytes, newLog } from './log.ts';
import { readLog } from './read.ts';
import { deleteOldSegments, deleteRecords } from './retention.ts';
import { roll, segmentsOf } from './segments.ts';
import { truncateFullyAndStartAt, truncateTo } from './truncate.ts';
import type { LogState } from './types.ts';

const COMPACTED = { ...SETTINGS, cleanupPolicy: 'compact' as const };

/** Keys, one segment a text; a key in capitals is a tombstone. */
function logOf(...segments: readonly string[]): LogState {
  const log = newLog(0);
  for (const [i, keys] of segments.entries()) {
    if (i > 0) roll(log, i);
    for (const key of keys)
      put(log, { key: key.toLowerCase(), value: key === key.toLowerCase() ? 'v' : null, now: i, settings: COMPACTED });
  }
  return replicated(log);
}

describe('retention', () => {
  test('DeleteRecords moves the start at once, the segment goes later', () => {
    const log = logOf('ab', 'cd', 'ef');
    expect(deleteRecords(log, 3, SETTINGS)).toEqual({ logStartOffset: 3 });
    expect(readLog(log, { offset: 2, isolation: 'log_end', maxBytes: 1, minOneMessage: true })).toBe('OFFSET_OUT_OF_RANGE');
    expect(read(log, 3).records.map((record) => record.at)).toEqual([3]);
    expect(deleteOldSegments(log, SETTINGS, 0).map((deletion) => deletion.reason)).toEqual(['log-start-offset']);
    expect(segmentsOf(log).map((segment) => segment.baseOffset)).toEqual([2, 4]);
    expect(deleteRecords(log, -1, SETTINGS)).toEqual({ logStartOffset: 6 });
    expect(deleteRecords(log, 7, SETTINGS)).toEqual({ error: 'OFFSET_OUT_OF_RANGE' });
    expect(deleteRecords(log, 6, COMPACTED)).toEqual({ error: 'POLICY_VIOLATION' });
  });

  test('size: what is left stays at or above the limit', () => {
    const log = logOf('ab', 'cd', 'ef');
    const settings = { ...SETTINGS, retentionBytes: Math.floor(logBytes(log) / 2) };
    deleteOldSegments(log, settings, 0);
    expect(offsetsOf(log)).toEqual([2, 3, 4, 5]);
    expect(log.epochs).toEqual([{ epoch: 0, startOffset: 2 }]);
  });

  test('compact,delete does both', () => {
    const log = logOf('ab', 'ab', 'ef');
    const settings = { ...COMPACTED, cleanupPolicy: 'compact,delete' as const, retentionTime: 10 };
    compactLog(log, settings, 5);
    expect(offsetsOf(log)).toEqual([2, 3, 4, 5]);
    deleteOldSegments(log, settings, 12);
    expect(offsetsOf(log)).toEqual([4, 5]);
  });
});

describe('compaction', () => {
  test('is due by the share of dirty bytes, or when something waits for too long', () => {
    const log = logOf('ab', 'cd', 'e');
    expect(cleanable(log, COMPACTED, 0)).toMatchObject({ firstDirtyOffset: 0, firstUncleanableOffset: 4, dirtyRatio: 1, isDue: true });
    compactLog(log, COMPACTED, 0);
    expect(cleanable(log, COMPACTED, 0)).toMatchObject({ firstDirtyOffset: 4, dirtyRatio: 0, isDue: false });
    for (const key of 'fg') put(log, { key, settings: COMPACTED, now: 2 });
    roll(log, 3);
    replicated(log);
    const mostlyClean = { ...COMPACTED, minCleanableDirtyRatio: 0.9 };
    expect(cleanable(log, mostlyClean, 100).isDue).toBe(false);
    expect(cleanable(log, { ...mostlyClean, maxCompactionLag: 50 }, 100).isDue).toBe(true);
  });

  test('holes are read over, also at the end of what may be read', () => {
    const log = logOf('abab', 'ab', 'c');
    const { removed } = compactLog(log, COMPACTED, 0);
    expect(removed.map((record) => record.at)).toEqual([0, 1, 2, 3]);
    expect(read(log, 0)).toMatchObject({ nextOffset: 6 });
    expect(read(log, 0).records.map((record) => record.at)).toEqual([4, 5]);
    const emptied = logOf('A', 'b', 'c');
    compactLog(emptied, COMPACTED, 0);
    roll(emptied, 0);
    put(emptied, { key: 'b', settings: COMPACTED });
    replicated(emptied);
    compactLog(emptied, COMPACTED, 1_000);
    expect(offsetsOf(emptied)).toEqual([1, 2, 3]);
    truncateTo(emptied, 1, 0);
    expect(read(emptied, 0)).toMatchObject({ records: [], nextOffset: 1 });
  });

  test('a tombstone is seen for its time, then it goes', () => {
    const log = logOf('aA', 'b');
    compactLog(log, COMPACTED, 100);
    expect(offsetsOf(log)).toEqual([1, 2]);
    roll(log, 100);
    put(log, { key: 'c', settings: COMPACTED });
    replicated(log);
    compactLog(copyLog(log), COMPACTED, 1_099);
    compactLog(log, COMPACTED, 1_100);
    expect(recordsOf(log).map((record) => record.key)).toEqual(['b', 'c']);
  });

  test('records of an aborted transaction go, its marker a pass later', () => {
    const log = newLog(0);
    put(log, { key: 'a', settings: COMPACTED });
    putInTransaction(log, 1, { key: 'a', settings: COMPACTED });
    end(log, 1, 'ABORT');
    roll(log, 0);
    put(log, { key: 'b', settings: COMPACTED });
    replicated(log);
    const clean = (now: number) => {
      compactLog(log, COMPACTED, now);
      roll(log, 0);
      put(log, { key: 'c', settings: COMPACTED });
      replicated(log);
      return offsetsOf(log).filter((at) => at < 3);
    };
    expect(clean(100)).toEqual([0, 2]);
    expect(read(log, 0, 'read_committed').aborted).toHaveLength(1);
    // Only now nothing of the transaction is met: the marker gets its date.
    expect(clean(200)).toEqual([0, 2]);
    expect(read(log, 0, 'read_committed').aborted).toHaveLength(0);
    expect(clean(1_199)).toEqual([0, 2]);
    expect(clean(1_200)).toEqual([0]);
  });

  test('small neighbours become one segment, unless that would be too large', () => {
    const log = logOf('ab', 'ac', 'bd', 'e');
    compactLog(copyLog(log), COMPACTED, 0);
    const small = copyLog(log);
    compactLog(small, { ...COMPACTED, segmentBytes: 0.6 * logBytes(log) }, 0);
    expect(segmentsOf(small).map((segment) => segment.baseOffset)).toEqual([0, 4, 6]);
    compactLog(log, COMPACTED, 0);
    expect(segmentsOf(log).map((segment) => segment.baseOffset)).toEqual([0, 6]);
    expect(offsetsOf(log)).toEqual(offsetsOf(small));
  });
});

describe('truncation', () => {
  test('takes the end away, epochs included, and never leaves a high watermark beyond it', () => {
    const log = newLog(0);
    for (const epoch of [0, 0, 1, 2]) put(log, { epoch });
    replicated(log);
    expect(truncateTo(log, 2, 0).map((record) => record.at)).toEqual([2, 3]);
    expect(log).toMatchObject({ logEndOffset: 2, highWatermark: 2, epochs: [{ epoch: 0, startOffset: 0 }] });
    put(log, { epoch: 3 });
    expect(offsetsOf(log)).toEqual([0, 1, 2]);
    expect(truncateTo(log, 9, 0)).toEqual([]);
  });

  test('a log can start over', () => {
    const log = logOf('ab', 'cd');
    truncateFullyAndStartAt(log, 9, 0);
    expect(log).toMatchObject({ logStartOffset: 9, highWatermark: 9, logEndOffset: 9, epochs: [] });
    put(log);
    expect(offsetsOf(log)).toEqual([9]);
  });
});
