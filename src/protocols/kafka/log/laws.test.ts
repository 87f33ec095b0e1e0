import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendAsFollower } from './append.ts';
import { compactLog } from './compact.ts';
import { end, put, putInTransaction, recordsOf, SETTINGS } from './log.testkit.ts';
import { chunksOf, copyLog, logInvariant, newLog, setHighWatermark } from './log.ts';
import { readLog } from './read.ts';
import { deleteOldSegments, deleteRecords } from './retention.ts';
import { CHUNK_RECORDS, roll } from './segments.ts';
import { lastStableOffset, visibleRecords } from './transactions.ts';
import { reopenLog, truncateTo } from './truncate.ts';
import type { LogState } from './types.ts';

const settings = { ...SETTINGS, cleanupPolicy: 'compact,delete' as const, segmentBytes: 600, retentionBytes: 6_000, deleteRetention: 3 };

const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), key: fc.nat(5), count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gone' as const), key: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('transact' as const), producer: fc.nat(2), key: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), producer: fc.nat(2), commits: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('replicate' as const), perCent: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), back: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('compact' as const, 'retain' as const, 'roll' as const, 'reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), perCent: fc.nat(100) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** The newest epoch is the number of truncations: as if a new leader had been the reason for each. */
function act(log: LogState, what: Deed, now: number, epoch: number): void {
  switch (what.do) {
    case 'put':
      put(log, { key: `k${what.key}`, count: what.count, now, epoch, settings });
      break;
    case 'gone':
      put(log, { key: `k${what.key}`, value: null, now, epoch, settings });
      break;
    case 'transact':
      putInTransaction(log, what.producer, { key: `k${what.key}`, now, epoch, settings });
      break;
    case 'end':
      end(log, what.producer, what.commits ? 'COMMIT' : 'ABORT', settings, now);
      break;
    case 'replicate':
      setHighWatermark(log, log.highWatermark + Math.floor(((log.logEndOffset - log.highWatermark) * what.perCent) / 100));
      break;
    case 'truncate':
      truncateTo(log, Math.max(log.logStartOffset, log.logEndOffset - what.back), now);
      break;
    case 'compact':
      compactLog(log, settings, now);
      break;
    case 'retain':
      deleteOldSegments(log, settings, now);
      break;
    case 'roll':
      roll(log, now);
      break;
    case 'reopen':
      reopenLog(log, log.highWatermark);
      break;
    case 'delete':
      deleteRecords(log, log.logStartOffset + Math.floor(((log.highWatermark - log.logStartOffset) * what.perCent) / 100), settings);
      break;
  }
}

function run(log: LogState, deeds: readonly Deed[], each: (what: Deed) => void = () => {}): void {
  let epoch = log.epochs.at(-1)?.epoch ?? 0;
  for (const [now, what] of deeds.entries()) {
    if (what.do === 'truncate') epoch++;
    act(log, what, now, epoch);
    each(what);
  }
}

/** All that a reader gets who reads in small bites from the start on. */
function readAll(log: LogState, isolation: 'log_end' | 'read_committed', maxBytes: number) {
  const found = [];
  for (let offset = log.logStartOffset, bites = 0; ; bites++) {
    const read = readLog(log, { offset, isolation, maxBytes, minOneMessage: true });
    if (read === 'OFFSET_OUT_OF_RANGE' || bites > 10_000) throw new Error(`stuck at ${offset}`);
    found.push(...visibleRecords(read.records, read.aborted));
    if (read.nextOffset === offset) return { found, offset };
    offset = read.nextOffset;
  }
}

const deeds = fc.array(deed, { maxLength: 80, size: 'max' });

test('whatever is done to a log, its offsets ascend and its limits are in order', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const log = newLog(0);
      run(log, all, () => {
        expect(logInvariant(log)).toBeUndefined();
        const stable = lastStableOffset(log);
        expect(stable <= log.highWatermark && stable >= log.logStartOffset).toBe(true);
        const { epochs } = log;
        for (const [i, entry] of epochs.entries()) if (i > 0) expect(entry.startOffset).toBeGreaterThan(epochs[i - 1]?.startOffset ?? 0);
      });
    }),
  );
});

test('a reader gets every record once, whatever the size of its bites, and ends at the limit', () => {
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 2_000 }), (all, maxBytes) => {
      const log = newLog(0);
      run(log, all);
      const { found, offset } = readAll(log, 'log_end', maxBytes);
      expect(found).toEqual(recordsOf(log).filter((record) => !record.isControl));
      expect(offset).toBe(log.logEndOffset);
    }),
  );
});

test('read_committed sees what was committed and nothing of what was aborted', () => {
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 2_000 }), (all, maxBytes) => {
      const log = newLog(0);
      const steps = all.filter((what) => !['compact', 'retain', 'delete'].includes(what.do));
      run(log, steps);
      const open = new Map<number, number[]>();
      const hidden = new Set<number>();
      for (const { at, batch } of recordsOf(log)) {
        const own = open.get(batch.producerId) ?? [];
        if (batch.control?.type === 'ABORT') for (const offset of own) hidden.add(offset);
        if (batch.control) open.delete(batch.producerId);
        else if (batch.isTransactional) open.set(batch.producerId, [...own, at]);
      }
      const { found, offset } = readAll(log, 'read_committed', maxBytes);
      expect(offset).toBe(lastStableOffset(log));
      expect(found).toEqual(recordsOf(log).filter((record) => record.at < offset && !record.isControl && !hidden.has(record.at)));
    }),
  );
});

test('truncation returns exactly what is gone', () => {
  fc.assert(
    fc.property(deeds, fc.nat(30), (all, back) => {
      const log = newLog(0);
      run(log, all);
      const before = recordsOf(log);
      const gone = truncateTo(log, Math.max(log.logStartOffset, log.logEndOffset - back), 0);
      expect([...recordsOf(log), ...gone.filter((record) => record.at >= log.logStartOffset)]).toEqual(before);
    }),
  );
});

test('a copy is not touched by what happens to the original, and can go on like it', () => {
  fc.assert(
    fc.property(deeds, deeds, (before, after) => {
      const log = newLog(0);
      run(log, before);
      const copy = copyLog(log);
      const seen = JSON.stringify(recordsOf(copy));
      const second = copyLog(copy);
      run(log, after);
      expect(JSON.stringify(recordsOf(copy))).toBe(seen);
      run(copy, after);
      expect(recordsOf(copy).map(({ message: _, ...rest }) => rest)).toEqual(recordsOf(log).map(({ message: _, ...rest }) => rest));
      expect(JSON.stringify(recordsOf(second))).toBe(seen);
      const header = ({ logStartOffset, highWatermark, logEndOffset, epochs, producers, unreplicated, cleanedTo }: LogState) => [
        ...[logStartOffset, highWatermark, logEndOffset, epochs, [...producers.values()], unreplicated, cleanedTo],
      ];
      expect(header(copy)).toEqual(header(log));
    }),
  );
});

test('compaction keeps the newest record of each key, in its place, and never a record that was not there', () => {
  fc.assert(
    fc.property(deeds, fc.nat(200), (all, now) => {
      const log = newLog(0);
      run(log, all);
      const before = recordsOf(log);
      compactLog(log, settings, now);
      const after = recordsOf(log);
      const offsets = new Set(before.map((record) => record.at));
      expect(after.every((record) => offsets.has(record.at))).toBe(true);
      const newest = new Map<string, number>();
      for (const { key, at, batch, isTombstone } of before) if (!batch.isTransactional && !isTombstone) newest.set(key, at);
      const superseded = new Map(before.filter((record) => !record.isControl).map((record) => [record.key, record.at]));
      const kept = new Set(after.map((record) => record.at));
      for (const [key, at] of newest) if (superseded.get(key) === at) expect(kept.has(at)).toBe(true);
      expect(log.logEndOffset).toBeGreaterThanOrEqual(before.at(-1)?.at ?? 0);
    }),
  );
});

test('a follower that appends all that it reads has the same records, objects and all', () => {
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 2_000 }), (all, maxBytes) => {
      const log = newLog(0);
      run(log, all);
      const follower = newLog(0, log.logStartOffset);
      for (let bites = 0; follower.logEndOffset < log.logEndOffset && bites < 10_000; bites++) {
        const read = readLog(log, { offset: follower.logEndOffset, isolation: 'log_end', maxBytes, minOneMessage: true });
        if (read === 'OFFSET_OUT_OF_RANGE') throw new Error(read);
        expect(appendAsFollower(follower, read.records, read.nextOffset, 0, settings)).toBe(true);
      }
      const [own, leaders] = [recordsOf(follower), recordsOf(log)];
      expect(own.length).toBe(leaders.length);
      expect(own.every((record, i) => record === leaders[i])).toBe(true);
      expect(follower.logEndOffset).toBe(log.logEndOffset);
      setHighWatermark(follower, log.highWatermark);
    }),
  );
});

test('chunks are small, ascending and begin with their first record', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const log = newLog(0);
      run(log, all);
      put(log, { count: 300, settings: SETTINGS, epoch: 1_000 });
      for (const chunk of chunksOf(log)) {
        expect(chunk.cells.length > 0 && chunk.cells.length <= CHUNK_RECORDS).toBe(true);
        expect(chunk.first).toBe(chunk.cells[0]?.at);
      }
    }),
  );
});
