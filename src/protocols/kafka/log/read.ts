import { floorIndex, segmentsFrom } from './segments.ts';
import { BATCH_OVERHEAD_BYTES } from './sizes.ts';
import { abortedWithin, lastStableOffset } from './transactions.ts';
import type { AbortedTransaction, LogBatch, LogChunk, LogRecord, LogState, Segment } from './types.ts';

/** How far a reader may read: a follower to the log end, a consumer to the high watermark or the last stable offset. */
export type FetchIsolation = 'log_end' | 'read_uncommitted' | 'read_committed';

export interface Read {
  readonly records: readonly LogRecord[];
  /** Where reading goes on. */
  readonly nextOffset: number;
  readonly bytes: number;
  /** Only with `read_committed`: what the consumer must leave out. */
  readonly aborted: readonly AbortedTransaction[] | undefined;
}

interface SegmentRead {
  readonly records: readonly LogRecord[];
  readonly bytes: number;
  readonly isWhole: boolean;
}

export interface ReadFrom {
  readonly offset: number;
  readonly isolation: FetchIsolation;
  readonly maxBytes: number;
  /** Give the first batch even if it is larger than `maxBytes`: otherwise a reader could be stuck before it for ever. */
  readonly minOneMessage: boolean;
  /** A limit of the simulation, not of Kafka. */
  readonly maxRecords?: number | undefined;
}

/** Offset that a reader of this kind does not get to see any more. */
export function readLimit(log: LogState, isolation: FetchIsolation): number {
  if (isolation === 'log_end') return log.logEndOffset;
  return isolation === 'read_committed' ? lastStableOffset(log) : log.highWatermark;
}

/**
 * Reads whole batches from an offset on, of one segment only. An offset outside of [log start, log end] is out of range;
 * between the limit and the log end there is just nothing to read yet.
 */
export function readLog(log: LogState, from: ReadFrom): Read | 'OFFSET_OUT_OF_RANGE' {
  const { offset, isolation } = from;
  if (offset < log.logStartOffset || offset > log.logEndOffset) return 'OFFSET_OUT_OF_RANGE';
  const limit = readLimit(log, isolation);
  const wantsAborted = isolation === 'read_committed';
  if (offset >= limit) return { records: [], nextOffset: offset, bytes: 0, aborted: wantsAborted ? [] : undefined };
  // Mostly what is read is new, and in the last segment.
  if (offset >= log.active.baseOffset) return readActive(log.active, from, limit);
  const segments = segmentsFrom(log, offset);
  for (const [i, segment] of segments.entries()) {
    const { records, bytes, isWhole } = readSegment(segment, from, limit);
    // Nothing fits: as good as an empty answer.
    if (records.length === 0 && !isWhole) return { records, nextOffset: offset, bytes, aborted: wantsAborted ? [] : undefined };
    if (records.length === 0) continue;
    const nextOffset = nextAfter(records, limit, isWhole && !segments.slice(i + 1).some((later) => hasRecordBelow(later, limit)));
    return { records, nextOffset, bytes, aborted: wantsAborted ? abortedWithin(segments.slice(i), offset, nextOffset) : undefined };
  }
  // Cleaning has left nothing up to the limit.
  return { records: [], nextOffset: limit, bytes: 0, aborted: wantsAborted ? [] : undefined };
}

function readActive(active: Segment, from: ReadFrom, limit: number): Read {
  const { offset, isolation } = from;
  const wantsAborted = isolation === 'read_committed';
  const { records, bytes, isWhole } = readSegment(active, from, limit);
  // Nothing fits, or cleaning has left nothing up to the limit.
  if (records.length === 0) return { records, nextOffset: isWhole ? limit : offset, bytes, aborted: wantsAborted ? [] : undefined };
  const nextOffset = nextAfter(records, limit, isWhole);
  return { records, nextOffset, bytes, aborted: wantsAborted ? abortedWithin([active], offset, nextOffset) : undefined };
}

function hasRecordBelow(segment: Segment, limit: number): boolean {
  const first = segment.chunks[0];
  return first !== undefined && first.first < limit;
}

/** After the last batch, holes at its end included; after the last one of all it is the limit. */
function nextAfter(records: readonly LogRecord[], limit: number, isLast: boolean): number {
  return isLast ? limit : Math.min(limit, (records.at(-1) as LogRecord).batch.lastOffset + 1);
}

/** `isWhole`: all that the segment has between offset and limit was read. */
function readSegment({ chunks }: Segment, from: ReadFrom, limit: number): SegmentRead {
  const { offset } = from;
  /** Whole batches, behind them what was read of the batch that is under way. */
  const records: LogRecord[] = [];
  let taken = 0;
  let bytes = 0;
  let batch: LogBatch | undefined;
  let batchSize = 0;
  for (let c = Math.max(0, floorIndex(chunks, offset, firstOf)); c < chunks.length; c++) {
    const { cells } = chunks[c] as Segment['chunks'][number];
    for (let i = floorIndex(cells, offset - 1, offsetOf) + 1; i < cells.length; i++) {
      const record = cells[i] as LogRecord;
      if (record.at >= limit) break;
      if (record.batch !== batch) {
        if (batch && !fits(from, bytes + batchSize, records.length, taken))
          return { records: records.slice(0, taken), bytes, isWhole: false };
        batch = record.batch;
        taken = records.length;
        bytes += batchSize;
        batchSize = BATCH_OVERHEAD_BYTES;
      }
      records.push(record);
      batchSize += record.size;
    }
  }
  if (batch && !fits(from, bytes + batchSize, records.length, taken)) return { records: records.slice(0, taken), bytes, isWhole: false };
  return { records, bytes: bytes + batchSize, isWhole: true };
}

/** One more batch may come to the `taken` records: so many bytes and records it would be altogether. */
function fits({ maxBytes, maxRecords, minOneMessage }: ReadFrom, bytes: number, records: number, taken: number): boolean {
  return (bytes <= maxBytes && (maxRecords === undefined || records <= maxRecords)) || (taken === 0 && minOneMessage);
}

const firstOf = (chunk: LogChunk) => chunk.first;
const offsetOf = (record: LogRecord) => record.at;

/** Records of a segment at or after an offset. */
export function* recordsFrom(segment: Segment, offset: number): Generator<LogRecord> {
  const { chunks } = segment;
  for (let c = Math.max(0, floorIndex(chunks, offset, firstOf)); c < chunks.length; c++) {
    const { cells } = chunks[c] as Segment['chunks'][number];
    const before = floorIndex(cells, offset - 1, offsetOf);
    for (let i = before + 1; i < cells.length; i++) yield cells[i] as LogRecord;
  }
}

/** Records in [from, to). */
export function recordsBetween(log: LogState, from: number, to: number): readonly LogRecord[] {
  const found: LogRecord[] = [];
  for (const segment of segmentsFrom(log, from))
    for (const record of recordsFrom(segment, from)) {
      if (record.at >= to) return found;
      found.push(record);
    }
  return found;
}

/** The record at an offset; undefined where cleaning has left a hole, and outside of the log. */
export function recordAt(log: LogState, offset: number): LogRecord | undefined {
  if (offset < log.logStartOffset || offset >= log.logEndOffset) return undefined;
  const segment = segmentsFrom(log, offset)[0] as Segment;
  const [record] = recordsFrom(segment, offset);
  return record?.at === offset ? record : undefined;
}

/** ListOffsets: where a log begins, or where it ends for this kind of reader. */
export function listOffset(log: LogState, which: 'earliest' | 'latest', isolation: FetchIsolation): number {
  return which === 'earliest' ? log.logStartOffset : readLimit(log, isolation);
}

/** ListOffsets by time: the first record with this timestamp or a later one. */
export function offsetForTime(log: LogState, timestamp: number): LogRecord | undefined {
  for (const segment of segmentsFrom(log, log.logStartOffset)) {
    if (segment.largestTimestamp < timestamp) continue;
    for (const record of recordsFrom(segment, log.logStartOffset)) if (record.timestamp >= timestamp) return record;
  }
  return undefined;
}
