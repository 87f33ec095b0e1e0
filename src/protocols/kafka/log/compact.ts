import { cleanRecords, newestOffsets } from './cleaning.ts';
import { chunksFrom, recordsOfSegment, segmentsFrom } from './segments.ts';
import { lastStableOffset } from './transactions.ts';
import { measure } from './truncate.ts';
import type { AbortedTransaction, LogRecord, LogSettings, LogState, Segment } from './types.ts';

/*
 * Log compaction (LogCleaner): of each key the newest record stays, at its old offset. The active segment is never touched, nor what
 * may still change (from the last stable offset on), nor what is too young.
 */

export interface Cleanable {
  /** First offset that no cleaning has seen yet. */
  readonly firstDirtyOffset: number;
  /** A cleaning stops before this segment's base offset. */
  readonly firstUncleanableOffset: number;
  /** Share of the bytes up to there that is dirty, 0 to 1. */
  readonly dirtyRatio: number;
  /** The topic asks for a cleaning: dirty enough, or dirty for too long (`max.compaction.lag.ms`). */
  readonly isDue: boolean;
}

export function cleanable(log: LogState, settings: LogSettings, now: number): Cleanable {
  const isValid = log.cleanedTo >= log.logStartOffset && log.cleanedTo <= log.logEndOffset;
  const firstDirtyOffset = isValid ? log.cleanedTo : log.logStartOffset;
  const dirty = sealedFrom(log, firstDirtyOffset);
  const { minCompactionLag } = settings;
  const young = minCompactionLag > 0 ? dirty.find((segment) => segment.largestTimestamp > now - minCompactionLag) : undefined;
  const limit = Math.min(lastStableOffset(log), log.active.baseOffset, young?.baseOffset ?? log.active.baseOffset);
  const stop = Math.max(firstDirtyOffset, limit);
  const firstUncleanableOffset = (sealedFrom(log, stop)[0] ?? log.active).baseOffset;
  const cleanBytes = bytesOf(log.sealed.filter((segment) => segment.baseOffset < firstDirtyOffset));
  const dirtyBytes = bytesOf(dirty.filter((segment) => segment.baseOffset < firstUncleanableOffset));
  const total = cleanBytes + dirtyBytes;
  const dirtyRatio = total === 0 ? 0 : dirtyBytes / total;
  const oldest = dirty.reduce((min, segment) => (segment.firstTimestamp > 0 ? Math.min(min, segment.firstTimestamp) : min), Infinity);
  const isOverdue = oldest < now - Math.max(settings.maxCompactionLag, 0) && dirtyBytes > 0;
  return { firstDirtyOffset, firstUncleanableOffset, dirtyRatio, isDue: isOverdue || dirtyRatio > settings.minCleanableDirtyRatio };
}

/** Segments before the active one, from the one on that holds the offset. */
function sealedFrom(log: LogState, offset: number): readonly Segment[] {
  return offset >= log.active.baseOffset ? [] : segmentsFrom(log, offset).slice(0, -1);
}

function bytesOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.bytes, 0);
}

export interface Cleaned {
  /** Records that are gone, in the order of their offsets. */
  readonly removed: readonly LogRecord[];
  /** Here the next cleaning begins. */
  readonly firstDirtyOffset: number;
}

/** One cleaning of what `cleanable` allows, whether it is due or not. */
export function compactLog(log: LogState, settings: LogSettings, now: number): Cleaned {
  const { firstDirtyOffset, firstUncleanableOffset: end } = cleanable(log, settings, now);
  if (end <= firstDirtyOffset) return { removed: [], firstDirtyOffset };
  const newest = newestOffsets(log, firstDirtyOffset, end);
  const count = log.sealed.filter((segment) => segment.baseOffset < end).length;
  const removed: LogRecord[] = [];
  const clean = cleanRecords(log, { newest, now, deleteRetention: settings.deleteRetention });
  const cleaned: Segment[] = [];
  for (const group of groups(log.sealed.slice(0, count), settings.segmentBytes)) {
    const before = group.flatMap(recordsOfSegment);
    const { kept, aborted } = clean(before);
    cleaned.push(
      kept.every((record, i) => record === before[i]) && kept.length === before.length && group.length === 1
        ? Object.freeze({ ...(group[0] as Segment), aborted })
        : rewritten(group, kept, aborted),
    );
    const stays = new Set(kept.map((record) => record.at));
    for (const record of before) if (!stays.has(record.at)) removed.push(record);
  }
  log.sealed = [...cleaned, ...log.sealed.slice(count)];
  log.cleanedTo = end;
  return { removed, firstDirtyOffset: end };
}

/** Neighbours that fit into one segment together become one, so that cleaning does not leave ever smaller ones. */
function groups(segments: readonly Segment[], bytesMax: number): readonly (readonly Segment[])[] {
  const grouped: Segment[][] = [];
  let bytes = 0;
  for (const segment of segments) {
    const last = grouped.at(-1);
    if (last && bytes + segment.bytes <= bytesMax) {
      last.push(segment);
      bytes += segment.bytes;
    } else {
      grouped.push([segment]);
      bytes = segment.bytes;
    }
  }
  return grouped;
}

function rewritten(group: readonly Segment[], kept: readonly LogRecord[], aborted: readonly AbortedTransaction[]): Segment {
  const [first, last] = [group[0] as Segment, group.at(-1) as Segment];
  const measured = measure(kept);
  // Without records it keeps the date of its newest part.
  const largestTimestamp = kept.length > 0 ? measured.largestTimestamp : last.largestTimestamp;
  return Object.freeze({ ...first, ...measured, largestTimestamp, createdAt: last.createdAt, chunks: chunksFrom(kept), aborted });
}
