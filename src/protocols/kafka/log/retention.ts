import { truncateEpochsFromStart } from './epochs.ts';
import { logBytes } from './log.ts';
import { roll, segmentsOf } from './segments.ts';
import { dropReplicated } from './transactions.ts';
import type { LogError, LogSettings, LogState, Segment } from './types.ts';

/** Segments that retention took away, and which rule it was: the log start offset passed them, size or time. */
export interface Deletion {
  readonly reason: 'log-start-offset' | 'retention.bytes' | 'retention.ms';
  readonly segments: readonly Segment[];
}

/**
 * Runs every `log.retention.check.interval.ms`. Whole segments go, from the oldest on, up to the first that may stay, and none that
 * the high watermark has not passed. If all go, an empty one is rolled first. Who has read what does not matter.
 */
export function deleteOldSegments(log: LogState, settings: LogSettings, now: number): readonly Deletion[] {
  const deletions = [deleteWhile(log, now, 'log-start-offset', (_, next) => next !== undefined && next.baseOffset <= log.logStartOffset)];
  if (settings.cleanupPolicy !== 'compact') {
    const { retentionBytes, retentionTime } = settings;
    if (retentionBytes >= 0) deletions.push(deleteWhile(log, now, 'retention.bytes', exceeds(logBytes(log) - retentionBytes)));
    if (retentionTime >= 0) deletions.push(deleteWhile(log, now, 'retention.ms', (segment) => now - lastWritten(segment) > retentionTime));
  }
  return deletions.filter((deletion) => deletion.segments.length > 0);
}

/** An empty segment is as old as its file. */
function lastWritten(segment: Segment): number {
  return segment.largestTimestamp >= 0 ? segment.largestTimestamp : segment.createdAt;
}

/** As long as what is left without a segment is still enough: the log stays at or above `retention.bytes`. */
function exceeds(surplus: number): (segment: Segment) => boolean {
  let left = surplus;
  return (segment) => {
    if (left < 0 || left - segment.bytes < 0) return false;
    left -= segment.bytes;
    return true;
  };
}

function deleteWhile(
  log: LogState,
  now: number,
  reason: Deletion['reason'],
  mayGo: (segment: Segment, next: Segment | undefined) => boolean,
): Deletion {
  const all = segmentsOf(log);
  let count = 0;
  for (const [i, segment] of all.entries()) {
    const next = all[i + 1];
    const end = next?.baseOffset ?? log.logEndOffset;
    const isEmptyEnd = next === undefined && segment.bytes === 0;
    if (log.highWatermark < end || !mayGo(segment, next) || isEmptyEnd) break;
    count++;
  }
  if (count === 0) return { reason, segments: [] };
  if (count === all.length) roll(log, now);
  log.sealed = log.sealed.slice(count);
  advanceLogStart(log, (log.sealed[0] ?? log.active).baseOffset);
  return { reason, segments: all.slice(0, count) };
}

/** The log begins further on. Records below are not readable any more; their segments go with the next retention check. */
export function advanceLogStart(log: LogState, offset: number): boolean {
  if (offset <= log.logStartOffset) return false;
  log.logStartOffset = offset;
  log.epochs = truncateEpochsFromStart(log.epochs, offset);
  dropReplicated(log, offset);
  return true;
}

/** DeleteRecords at the leader: everything before `offset` goes; −1 stands for the high watermark. Returns the new log start offset. */
export function deleteRecords(
  log: LogState,
  offset: number,
  settings: LogSettings,
): { readonly logStartOffset: number } | { readonly error: LogError } {
  if (settings.cleanupPolicy === 'compact') return { error: 'POLICY_VIOLATION' };
  const target = offset === -1 ? log.highWatermark : offset;
  if (target < 0 || target > log.highWatermark) return { error: 'OFFSET_OUT_OF_RANGE' };
  advanceLogStart(log, target);
  return { logStartOffset: log.logStartOffset };
}
