import { learn } from './append.ts';
import { truncateEpochsFromEnd } from './epochs.ts';
import { setHighWatermark } from './log.ts';
import { recordsBetween, recordsFrom } from './read.ts';
import { emptySegment, floorIndex, segmentsFrom, segmentsOf } from './segments.ts';
import { batchBytes } from './sizes.ts';
import { dropReplicated } from './transactions.ts';
import type { ActiveSegment, LogBatch, LogRecord, LogState, Segment } from './types.ts';

/** Takes records at and after an offset away: a follower's log parts from its new leader's there. Returns what is gone. */
export function truncateTo(log: LogState, target: number, now: number): readonly LogRecord[] {
  if (target >= log.logEndOffset) {
    // This replica may have begun an epoch as a leader without having written anything in it.
    log.epochs = truncateEpochsFromEnd(log.epochs, log.logEndOffset);
    return [];
  }
  if ((log.sealed[0] ?? log.active).baseOffset > target) return truncateFullyAndStartAt(log, target, now);
  const kept = segmentsOf(log).filter((segment) => segment.baseOffset <= target);
  const last = kept.at(-1) as Segment;
  const end = batchBoundary(last, target);
  const gone = recordsBetween(log, end, log.logEndOffset);
  log.sealed = kept.slice(0, -1);
  log.active = cut(last, end);
  log.epochs = truncateEpochsFromEnd(log.epochs, target);
  log.logStartOffset = Math.min(log.logStartOffset, target);
  log.logEndOffset = target;
  rebuildProducers(log);
  if (log.highWatermark >= target) setHighWatermark(log, target);
  return gone;
}

/** Empties the log: all that it had is older than what the leader still has. Returns what is gone. */
export function truncateFullyAndStartAt(log: LogState, offset: number, now: number): readonly LogRecord[] {
  const gone = recordsBetween(log, log.logStartOffset, log.logEndOffset);
  log.sealed = [];
  log.active = emptySegment(offset, now, undefined);
  log.epochs = [];
  log.producers = new Map();
  log.unreplicated = [];
  log.logStartOffset = offset;
  log.logEndOffset = offset;
  setHighWatermark(log, offset);
  return gone;
}

/** A batch goes as a whole: the offset, or the base of the batch that it lies in. */
function batchBoundary({ chunks }: Segment, target: number): number {
  const cells = chunks[floorIndex(chunks, target - 1, (chunk) => chunk.first)]?.cells ?? [];
  const before = cells[floorIndex(cells, target - 1, (cell) => cell.at)]?.batch;
  return before && before.lastOffset >= target ? before.baseOffset : target;
}

/** The segment without what is at or after the offset, as an active one with an open chunk of its own. */
function cut(segment: Segment, end: number): ActiveSegment {
  const chunks: ActiveSegment['chunks'] = [];
  for (const { first, cells } of segment.chunks) {
    if (first >= end) break;
    const isWhole = (cells.at(-1) as LogRecord).at < end;
    chunks.push({ first, cells: isWhole ? (cells as LogRecord[]) : cells.slice(0, floorIndex(cells, end - 1, (cell) => cell.at) + 1) });
  }
  // The last one will be written to, and another log may share it.
  const open = chunks.at(-1);
  if (open) chunks[chunks.length - 1] = { first: open.first, cells: open.cells.slice() };
  const aborted = segment.aborted.filter((transaction) => transaction.lastOffset < end);
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
