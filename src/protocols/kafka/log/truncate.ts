import { learn } from './append.ts';
import { truncateEpochsFromEnd } from './epochs.ts';
import { setHighWatermark } from './log.ts';
import { recordsFrom } from './read.ts';
import { emptySegment, floorIndex, segmentsFrom, segmentsOf } from './segments.ts';
import { batchBytes } from './sizes.ts';
import { dropReplicated } from './transactions.ts';
import type { ActiveSegment, LogBatch, LogRecord, LogState, Segment } from './types.ts';

/** Takes records at and after an offset away: a follower's log parts from its new leader's there. False: there were none. */
export function truncateTo(log: LogState, target: number, now: number): boolean {
  if (target >= log.logEndOffset) {
    // This replica may have begun an epoch as a leader without having written anything in it.
    log.epochs = truncateEpochsFromEnd(log.epochs, log.logEndOffset);
    return false;
  }
  if ((log.sealed[0] ?? log.active).baseOffset > target) {
    truncateFullyAndStartAt(log, target, now);
    return true;
  }
  const kept = segmentsOf(log).filter((segment) => segment.baseOffset <= target);
  log.sealed = kept.slice(0, -1);
  log.active = cut(kept.at(-1) as Segment, target);
  log.epochs = truncateEpochsFromEnd(log.epochs, target);
  log.logStartOffset = Math.min(log.logStartOffset, target);
  log.logEndOffset = target;
  rebuildProducers(log);
  if (log.highWatermark >= target) setHighWatermark(log, target);
  return true;
}

/** Empties the log: all that it had is older than what the leader still has. */
export function truncateFullyAndStartAt(log: LogState, offset: number, now: number): void {
  log.sealed = [];
  log.active = emptySegment(offset, now, undefined);
  log.epochs = [];
  log.producers = new Map();
  log.unreplicated = [];
  log.logStartOffset = offset;
  log.logEndOffset = offset;
  setHighWatermark(log, offset);
}

/** The segment without what is at or after the offset, as an active one with an open chunk of its own. */
function cut(segment: Segment, target: number): ActiveSegment {
  const last = floorIndex(segment.chunks, target - 1, (chunk) => chunk.first);
  const chunks = segment.chunks.slice(0, last + 1).map(({ first, cells }) => ({ first, cells: cells as LogRecord[] }));
  const open = chunks.at(-1);
  if (open) {
    const cells = open.cells.slice(0, floorIndex(open.cells, target - 1, (cell) => cell.at) + 1);
    chunks[chunks.length - 1] = { first: open.first, cells };
  }
  const aborted = segment.aborted.filter((transaction) => transaction.lastOffset < target);
  return { ...segment, chunks, aborted, ...measure(chunks.flatMap((chunk) => chunk.cells)) };
}

/** Bytes and times of a segment with these records. */
export function measure(records: readonly LogRecord[]): Pick<Segment, 'bytes' | 'firstTimestamp' | 'largestTimestamp'> {
  const batches = batchesOf(records);
  return {
    bytes: batches.reduce((sum, batch) => sum + batchBytes(batch), 0),
    firstTimestamp: records[0]?.batch.maxTimestamp ?? -1,
    largestTimestamp: records.reduce((max, record) => Math.max(max, record.timestamp), -1),
  };
}

/** Records batch by batch. */
export function batchesOf(records: readonly LogRecord[]): readonly (readonly LogRecord[])[] {
  const batches: LogRecord[][] = [];
  for (const record of records) {
    const last = batches.at(-1);
    if (last && last[0]?.batch === record.batch) last.push(record);
    else batches.push([record]);
  }
  return batches;
}

/** Producers as they are at the log's end, from the last snapshot that still counts and the batches after it. */
function rebuildProducers(log: LogState): void {
  log.producers = new Map();
  log.unreplicated = [];
  const from = segmentsOf(log).findLast((segment) => segment.snapshot !== undefined && segment.baseOffset > log.logStartOffset);
  for (const entry of from?.snapshot ?? []) log.producers.set(entry.producerId, entry);
  const offset = from?.baseOffset ?? log.logStartOffset;
  // What a replayed abort marker says stands in its segment's index already.
  const { aborted } = log.active;
  let last: LogBatch | undefined;
  for (const segment of segmentsFrom(log, offset))
    for (const { batch } of recordsFrom(segment, offset)) {
      if (batch !== last) learn(log, batch);
      last = batch;
    }
  log.active.aborted = aborted;
  dropReplicated(log, log.highWatermark);
}

/**
 * A broker starts again: its disk has all records, the high watermark is that of the last checkpoint
 * (`replica.high.watermark.checkpoint.interval.ms`), and of each producer it knows what snapshots and later batches tell.
 */
export function reopenLog(log: LogState, highWatermarkCheckpoint: number): void {
  rebuildProducers(log);
  setHighWatermark(log, highWatermarkCheckpoint);
}
