import { describe, expect, test } from 'vitest';
import {
  acknowledge,
  acquire,
  canAcquire,
  copySharePartition,
  createSharePartition,
  expireLocks,
  fromSnapshot,
  moveLogStart,
  nextFetchOffset,
  nextLockDeadline,
  releaseMember,
  type ShareConfig,
  snapshotOf,
} from './partition.ts';

const config: ShareConfig = { lockDuration: 30_000, deliveryCountLimit: 5, maxRecordLocks: 200 };
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const accept = (firstOffset: number, lastOffset = firstOffset) => ({ firstOffset, lastOffset, type: 'accept' as const });

describe('records of a share group', () => {
  test('go to several members, each to one at a time', () => {
    const at = createSharePartition(0);
    expect(acquire(at, 'a', range(0, 9), 4, config, 0).acquired).toEqual([{ firstOffset: 0, lastOffset: 3, deliveryCount: 1 }]);
    expect(nextFetchOffset(at)).toBe(4);
    expect(acquire(at, 'b', range(0, 9), 4, config, 0).acquired).toEqual([{ firstOffset: 4, lastOffset: 7, deliveryCount: 1 }]);
  });

  test('the start offset moves over what is done with, in any order of acknowledgements', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 4), 5, config, 0);
    acknowledge(at, 'a', [accept(1, 2)], config);
    expect(at.startOffset).toBe(0);
    acknowledge(at, 'a', [{ firstOffset: 0, lastOffset: 0, type: 'reject' }], config);
    expect([at.startOffset, at.records.size]).toEqual([3, 2]);
    acknowledge(at, 'a', [accept(3, 4)], config);
    expect([at.startOffset, at.nextOffset, at.records.size]).toEqual([5, 5, 0]);
  });

  test('released ones come first the next time, to whoever asks, with a higher count', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 2), 3, config, 0);
    acknowledge(at, 'a', [accept(0), { firstOffset: 1, lastOffset: 1, type: 'release' }], config);
    expect(nextFetchOffset(at)).toBe(1);
    expect(acquire(at, 'b', range(1, 3), 3, config, 0).acquired).toEqual([
      { firstOffset: 1, lastOffset: 1, deliveryCount: 2 },
      { firstOffset: 3, lastOffset: 3, deliveryCount: 1 },
    ]);
  });

  test('a lock that runs out gives the record back, the fifth time it is given up', () => {
    const at = createSharePartition(0);
    for (let count = 1; count <= 5; count++) {
      expect(acquire(at, 'a', [0], 1, config, count * 100_000).acquired[0]?.deliveryCount).toBe(count);
      expect(nextLockDeadline(at)).toBe(count * 100_000 + 30_000);
      expect(expireLocks(at, config, count * 100_000 + 29_999)).toEqual([]);
      expect(expireLocks(at, config, count * 100_000 + 30_000)).toMatchObject([{ to: count < 5 ? 'Available' : 'Archived' }]);
    }
    expect([at.startOffset, nextFetchOffset(at), nextLockDeadline(at)]).toEqual([1, 1, Infinity]);
  });

  test('only who has the lock may acknowledge, and all of a request or nothing', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 1), 2, config, 0);
    acquire(at, 'b', [2], 1, config, 0);
    expect(acknowledge(at, 'a', [accept(0, 2)], config).error).toBe('INVALID_RECORD_STATE');
    expect(acknowledge(at, 'a', [accept(0, 3)], config).error).toBe('INVALID_REQUEST');
    expect(at.startOffset).toBe(0);
    acknowledge(at, 'a', [accept(1)], config);
    expect(acknowledge(at, 'a', [accept(1)], config).error).toBe('INVALID_RECORD_STATE');
    expireLocks(at, config, 30_000);
    expect(acknowledge(at, 'a', [accept(0)], config).error).toBe('INVALID_RECORD_STATE');
  });

  test('of a member that goes are given back', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 1), 2, config, 0);
    acquire(at, 'b', [2], 1, config, 0);
    expect(releaseMember(at, 'a', config).map((change) => change.offset)).toEqual([0, 1]);
    expect(at.records.get(2)?.state).toBe('Acquired');
  });

  test('so many are locked and no more; returned ones still are given out', () => {
    const at = createSharePartition(0);
    const few = { ...config, maxRecordLocks: 3 };
    expect(acquire(at, 'a', range(0, 9), 10, few, 0).changes.length).toBe(3);
    expect(canAcquire(at, few)).toBe(false);
    acknowledge(at, 'a', [{ firstOffset: 1, lastOffset: 1, type: 'release' }], few);
    expect(canAcquire(at, few)).toBe(true);
    expect(acquire(at, 'a', range(1, 9), 10, few, 0).changes.map((change) => change.offset)).toEqual([1]);
  });

  test('offsets that the log does not have are no obstacle', () => {
    const at = createSharePartition(0);
    expect(acquire(at, 'a', [5, 8], 10, config, 0).acquired.map((batch) => batch.firstOffset)).toEqual([5, 8]);
    expect(acknowledge(at, 'a', [accept(5, 8)], config).error).toBe('NONE');
    expect(at.startOffset).toBe(9);
  });

  test('that retention removes are done with', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 3), 4, config, 0);
    expect(moveLogStart(at, 2).map((change) => change.offset)).toEqual([0, 1]);
    expect(acknowledge(at, 'a', [accept(0, 3)], config).error).toBe('NONE');
    expect(at.startOffset).toBe(4);
    moveLogStart(at, 10);
    expect(nextFetchOffset(at)).toBe(10);
  });

  test('a new leader knows what was settled, not who has what', () => {
    const at = createSharePartition(0);
    acquire(at, 'a', range(0, 2), 3, config, 0);
    acknowledge(at, 'a', [accept(1)], config);
    const next = fromSnapshot(snapshotOf(at));
    expect(acquire(next, 'b', range(0, 2), 3, config, 0).changes.map((change) => [change.offset, change.deliveryCount])).toEqual([
      [0, 1],
      [2, 1],
    ]);
    const twin = copySharePartition(next);
    releaseMember(twin, 'b', config);
    expect(next.records.get(0)?.state).toBe('Acquired');
  });
});
