import { snapshotOf } from './producers.ts';
import type { AbortedTransaction, ActiveSegment, LogChunk, LogRecord, LogSettings, LogState, ProducerEntry, Segment } from './types.ts';

/** Records a chunk holds; full ones are shared by all copies. */
export const CHUNK_RECORDS = 256;

export function emptySegment(baseOffset: number, now: number, snapshot: readonly ProducerEntry[] | undefined): ActiveSegment {
  return { baseOffset, bytes: 0, firstTimestamp: -1, largestTimestamp: -1, createdAt: now, chunks: [], aborted: [], snapshot };
}

/** All segments, oldest first; the active one as it is now, sharing its chunks. */
export function segmentsOf(log: LogState): readonly Segment[] {
  return [...log.sealed, log.active];
}

/** Binary search in an ascending list: index of the last item that is at or below the offset, −1 if none is. */
export function floorIndex<T>(items: readonly T[], offset: number, at: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(items[middle] as T) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function pushRecord(active: ActiveSegment, record: LogRecord): void {
  const last = active.chunks[active.chunks.length - 1];
  if (last && last.cells.length < CHUNK_RECORDS) last.cells.push(record);
  else active.chunks.push({ first: record.at, cells: [record] });
}

/** Counts a batch that was appended to the active segment. */
export function countBatch(active: ActiveSegment, bytes: number, maxTimestamp: number): void {
  if (active.bytes === 0) active.firstTimestamp = maxTimestamp;
  active.bytes += bytes;
  active.largestTimestamp = Math.max(active.largestTimestamp, maxTimestamp);
}

/** Chunks of records in the order of their offsets. */
export function chunksFrom(records: readonly LogRecord[]): LogChunk[] {
  const chunks: LogChunk[] = [];
  for (let i = 0; i < records.length; i += CHUNK_RECORDS)
    chunks.push({ first: (records[i] as LogRecord).at, cells: records.slice(i, i + CHUNK_RECORDS) });
  return chunks;
}

export function recordsOfSegment(segment: Segment): readonly LogRecord[] {
  return segment.chunks.flatMap((chunk) => chunk.cells);
}

/** A new last segment begins; an empty one at the same offset is kept. */
export function roll(log: LogState, now: number, baseOffset = log.logEndOffset): void {
  const offset = Math.max(baseOffset, log.logEndOffset);
  const { active } = log;
  if (active.baseOffset === offset && active.bytes === 0) return;
  log.sealed = [...log.sealed, Object.freeze(active)];
  log.active = emptySegment(offset, now, snapshotOf(log.producers));
}

/** Rolls before a batch that does not fit, or that is too much younger than the segment's first one. */
export function rollIfNeeded(log: LogState, bytes: number, maxTimestamp: number, settings: LogSettings, now: number, first: number): void {
  const { active } = log;
  const waited = active.firstTimestamp >= 0 ? maxTimestamp - active.firstTimestamp : now - active.createdAt;
  const isFull = active.bytes > settings.segmentBytes - bytes;
  if (isFull || (active.bytes > 0 && waited > segmentTimeOf(settings))) roll(log, now, first);
}

/** A compacted topic rolls in time for `max.compaction.lag.ms`: the cleaner never touches the active segment. */
function segmentTimeOf({ cleanupPolicy, maxCompactionLag, segmentTime }: LogSettings): number {
  return cleanupPolicy !== 'delete' && maxCompactionLag > 0 ? Math.min(maxCompactionLag, segmentTime) : segmentTime;
}

/** The segment that an offset belongs to (the oldest one for older offsets), and all from there on. */
export function segmentsFrom(log: LogState, offset: number): readonly Segment[] {
  if (offset >= log.active.baseOffset) return [log.active];
  return [
    ...log.sealed.slice(
      Math.max(
        0,
        floorIndex(log.sealed, offset, (segment) => segment.baseOffset),
      ),
    ),
    log.active,
  ];
}

export function rememberAborted(log: LogState, aborted: AbortedTransaction): void {
  log.active.aborted = [...log.active.aborted, aborted];
}
