import { CHUNK_RECORDS, emptySegment, segmentsOf } from './segments.ts';
import { dropReplicated } from './transactions.ts';
import type { LogChunk, LogState } from './types.ts';

/** An empty log. */
export function newLog(now: number, startOffset = 0): LogState {
  return {
    sealed: [],
    active: emptySegment(startOffset, now, undefined),
    logStartOffset: startOffset,
    highWatermark: startOffset,
    logEndOffset: startOffset,
    epochs: [],
    producers: new Map(),
    unreplicated: [],
    cleanedTo: -1,
  };
}

/** A copy that can go its own way: header and open chunk are copied, everything else is shared. */
export function copyLog(log: LogState): LogState {
  const { sealed, logStartOffset, highWatermark, logEndOffset, epochs, producers, unreplicated, cleanedTo } = log;
  const { baseOffset, bytes, firstTimestamp, largestTimestamp, createdAt, aborted, snapshot } = log.active;
  const chunks = log.active.chunks.slice();
  const open = chunks[chunks.length - 1];
  if (open && open.cells.length < CHUNK_RECORDS) chunks[chunks.length - 1] = { first: open.first, cells: open.cells.slice() };
  return {
    sealed,
    active: { baseOffset, bytes, firstTimestamp, largestTimestamp, createdAt, chunks, aborted, snapshot },
    logStartOffset,
    highWatermark,
    logEndOffset,
    epochs,
    producers: producers.size === 0 ? new Map() : new Map(producers),
    unreplicated,
    cleanedTo,
  };
}

/** The log's records for drawing, in ascending chunks: those below the log start offset in its first segment are gone for readers. */
export function chunksOf(log: LogState): readonly LogChunk[] {
  const chunks: LogChunk[] = [];
  for (const segment of log.sealed) chunks.push(...segment.chunks);
  const open = log.active.chunks.at(-1);
  if (!open) return chunks;
  chunks.push(...log.active.chunks.slice(0, -1), { first: open.first, cells: open.cells.slice() });
  return chunks;
}

/** Bytes of all segments. */
export function logBytes(log: LogState): number {
  return log.sealed.reduce((sum, segment) => sum + segment.bytes, log.active.bytes);
}

/** Sets the high watermark within [log start, log end]: what a follower hears, and where a new leader begins. True: it changed. */
export function setHighWatermark(log: LogState, highWatermark: number): boolean {
  const next = Math.max(log.logStartOffset, Math.min(highWatermark, log.logEndOffset));
  const changed = next !== log.highWatermark;
  log.highWatermark = next;
  dropReplicated(log, next);
  return changed;
}

/** A sentence about what is broken in a log, or undefined. */
export function logInvariant(log: LogState): string | undefined {
  const { logStartOffset: start, highWatermark, logEndOffset: end } = log;
  if (!(start <= highWatermark && highWatermark <= end)) return `high watermark ${highWatermark} is outside of [${start}, ${end}]`;
  let next = -1;
  for (const segment of segmentsOf(log)) {
    if (segment.baseOffset < next) return `segment ${segment.baseOffset} begins before ${next}`;
    next = segment.baseOffset;
    for (const chunk of segment.chunks)
      for (const record of chunk.cells) {
        if (record.at < next) return `offset ${record.at} comes after ${next - 1}`;
        next = record.at + 1;
      }
  }
  return next > end ? `a record at ${next - 1} is beyond the log end ${end}` : undefined;
}
