import { describe, expect, test } from 'vitest';
import { end, put, putInTransaction, replicated, SETTINGS } from './log.testkit.ts';
import { newLog } from './log.ts';
import { addToSequence, expireProducers } from './producers.ts';
import { roll } from './segments.ts';
import { reopenLog, truncateTo } from './truncate.ts';

function batch(baseSequence: number, producerEpoch = 0) {
  return { producerId: 1, producerEpoch, baseSequence };
}

describe('what a log knows of producers', () => {
  test('a batch that was sent again is answered with its old offset', () => {
    const log = newLog(0);
    put(log, { batch: batch(0), count: 2 });
    put(log, { batch: batch(2) });
    expect(put(log, { batch: batch(0), count: 2 })).toEqual({ status: 'duplicate', baseOffset: 0, lastOffset: 1 });
    expect(log.logEndOffset).toBe(3);
  });

  test('a gap is out of order, an old epoch is fenced, a new epoch begins at 0', () => {
    const log = newLog(0);
    put(log, { batch: batch(0, 3) });
    expect(put(log, { batch: batch(2, 3) })).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
    expect(put(log, { batch: batch(1, 2) })).toMatchObject({ error: 'INVALID_PRODUCER_EPOCH' });
    expect(put(log, { batch: batch(1, 4) })).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
    expect(put(log, { batch: batch(0, 4) }).status).toBe('appended');
    expect(put(log, { batch: batch(1, 3) })).toMatchObject({ error: 'INVALID_PRODUCER_EPOCH' });
  });

  test('a marker raises the epoch, and its producer begins at 0 again', () => {
    const log = newLog(0);
    putInTransaction(log, 1);
    end(log, 1, 'ABORT');
    expect(put(log, { batch: { ...batch(1), isTransactional: true } }).status).toBe('appended');
    expect(put(log, { batch: batch(2) })).toMatchObject({ error: 'INVALID_TXN_STATE' });
  });

  test('truncation brings back what was known then, of each producer the last batch before the segment only', () => {
    const log = newLog(0);
    for (let i = 0; i < 3; i++) put(log, { batch: batch(i) });
    roll(log, 0);
    for (let i = 3; i < 6; i++) put(log, { batch: batch(i) });
    truncateTo(log, 4, 0);
    expect(log.producers.get(1)?.batches.map((known) => known.firstSequence)).toEqual([2, 3]);
    expect(put(log, { batch: batch(4) })).toMatchObject({ status: 'appended', baseOffset: 4 });
    expect(put(log, { batch: batch(1) })).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
  });

  test('a broker that starts again still knows open transactions', () => {
    const log = newLog(0);
    put(log);
    putInTransaction(log, 1);
    replicated(log);
    reopenLog(log, 1);
    expect(log.highWatermark).toBe(1);
    expect(log.producers.get(1)?.transactionFirstOffset).toBe(1);
  });

  test('silent producers are forgotten, those with an open transaction are not', () => {
    const log = newLog(0);
    put(log, { batch: batch(0), now: 10 });
    putInTransaction(log, 2, { now: 10 });
    expect(expireProducers(log.producers, 109, 100)).toEqual([]);
    expect(expireProducers(log.producers, 110, 100)).toEqual([1]);
    expect(put(log, { batch: batch(7) }).status).toBe('appended');
  });

  test('the sequence wraps', () => {
    expect(addToSequence(2_147_483_646, 1)).toBe(2_147_483_647);
    expect(addToSequence(2_147_483_646, 3)).toBe(1);
  });

  test('a refused batch leaves the log as it was', () => {
    const log = newLog(0);
    put(log, { batch: batch(0) });
    const before = { end: log.logEndOffset, producers: [...log.producers], settings: SETTINGS };
    put(log, { batch: batch(5) });
    expect({ end: log.logEndOffset, producers: [...log.producers], settings: SETTINGS }).toEqual(before);
  });
});
