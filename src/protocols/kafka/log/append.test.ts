import { describe, expect, test } from 'vitest';
import { offsetsOf, put, read, recordsOf, replicated, SETTINGS } from './log.testkit.ts';
import { chunksOf, copyLog, newLog } from './log.ts';
import { offsetForTime, readLog, recordAt } from './read.ts';
import { segmentsOf } from './segments.ts';
import { recordBytes } from './sizes.ts';

const COMPACTED = { ...SETTINGS, cleanupPolicy: 'compact' as const };

describe('a leader appends', () => {
  test('records get consecutive offsets and are cells of their own', () => {
    const log = newLog(0);
    put(log, { count: 2 });
    put(log, { key: null, value: null });
    expect(offsetsOf(log)).toEqual([0, 1, 2]);
    const [first, , third] = recordsOf(log);
    expect(first).toMatchObject({ at: 0, key: 'k', redelivered: false, producer: 'p', isTombstone: false });
    expect(third).toMatchObject({ at: 2, key: '', hasKey: false, isTombstone: true });
  });

  test('a compacted topic refuses records without a key', () => {
    const log = newLog(0);
    expect(put(log, { key: null, settings: COMPACTED })).toEqual({ status: 'refused', error: 'INVALID_RECORD' });
    expect(put(log, { key: '', settings: COMPACTED }).status).toBe('appended');
  });

  test('a batch that is too large is refused', () => {
    const value = 'x'.repeat(200);
    expect(put(newLog(0), { value, settings: { ...SETTINGS, maxMessageBytes: 200 } })).toMatchObject({ error: 'MESSAGE_TOO_LARGE' });
    expect(put(newLog(0), { value, settings: { ...SETTINGS, segmentBytes: 200 } })).toMatchObject({ error: 'RECORD_LIST_TOO_LARGE' });
  });

  test('with LogAppendTime the leader sets the time', () => {
    const log = newLog(0);
    put(log, { now: 5, settings: { ...SETTINGS, timestampType: 'LogAppendTime' } });
    expect(recordsOf(log)[0]?.timestamp).toBe(5);
  });

  test('a record of ten bytes takes seventeen', () => {
    expect(recordBytes(null, '0123456789')).toBe(17);
    expect(recordBytes('键', null)).toBe(10);
  });

  test('a new segment begins when a batch does not fit or comes too late', () => {
    const log = newLog(0);
    const settings = { ...SETTINGS, segmentBytes: 150, segmentTime: 10 };
    for (const now of [0, 1, 2]) put(log, { now, settings });
    expect(segmentsOf(log).map((segment) => segment.baseOffset)).toEqual([0, 2]);
    put(log, { now: 13, settings });
    expect(segmentsOf(log).map((segment) => segment.baseOffset)).toEqual([0, 2, 3]);
  });
});

describe('reading', () => {
  test('stops at the limit of its kind and is out of range outside of the log', () => {
    const log = newLog(0);
    put(log, { count: 3 });
    expect(read(log, 0).records).toEqual([]);
    expect(read(log, 0, 'log_end').records).toHaveLength(3);
    replicated(log);
    expect(read(log, 1).records.map((record) => record.at)).toEqual([1, 2]);
    expect(read(log, 3)).toMatchObject({ records: [], nextOffset: 3 });
    expect(readLog(log, { offset: 4, isolation: 'read_uncommitted', maxBytes: 1, minOneMessage: true })).toBe('OFFSET_OUT_OF_RANGE');
  });

  test('takes whole batches up to a size, but at least one', () => {
    const log = newLog(0);
    for (let i = 0; i < 3; i++) put(log, { count: 2 });
    replicated(log);
    const bytes = 61 + 2 * recordBytes('k', 'v');
    expect(read(log, 0, 'read_uncommitted', 2 * bytes)).toMatchObject({ nextOffset: 4, bytes: 2 * bytes });
    expect(read(log, 0, 'read_uncommitted', 1).nextOffset).toBe(2);
    expect(readLog(log, { offset: 0, isolation: 'read_uncommitted', maxBytes: 1, minOneMessage: false })).toMatchObject({
      ...{ records: [], nextOffset: 0 },
    });
  });

  test('a record is found by its offset and by its time', () => {
    const log = newLog(0);
    for (const now of [10, 30, 20, 40]) put(log, { now });
    expect(recordAt(log, 2)?.timestamp).toBe(20);
    expect(recordAt(log, 4)).toBeUndefined();
    expect(offsetForTime(log, 20)?.at).toBe(1);
    expect(offsetForTime(log, 41)).toBeUndefined();
  });
});

describe('copies', () => {
  test('a copy shares all chunks but the open one, and both go their own way', () => {
    const log = newLog(0);
    put(log, { count: 600 });
    const copy = copyLog(log);
    put(log, { key: 'one' });
    put(copy, { key: 'two' });
    put(copy, { key: 'three' });
    expect(recordsOf(log).at(-1)?.key).toBe('one');
    expect(
      recordsOf(copy)
        .map((record) => record.key)
        .slice(-2),
    ).toEqual(['two', 'three']);
    const [own, others] = [chunksOf(log), chunksOf(copy)];
    expect(own.map((chunk) => chunk.first)).toEqual([0, 256, 512]);
    expect(own.map((chunk, i) => chunk === others[i])).toEqual([true, true, false]);
  });
});
