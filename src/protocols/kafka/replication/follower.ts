import {
  advanceLogStart,
  appendAsFollower,
  type EpochEndOffset,
  endOffsetFor,
  type LogRecord,
  type LogSettings,
  type LogState,
  latestEpoch,
  setHighWatermark,
  truncateFullyAndStartAt,
  truncateTo,
} from '../log/index.ts';
import type { FetchAnswer, PartitionFetch } from './fetch.ts';

/**
 * This replica follows a (new) leader. A log that knows no epochs falls back to its high watermark; any other one waits for the leader to
 * tell where they part. Returns the records that were taken away.
 */
export function becomeFollower(log: LogState, now: number): readonly LogRecord[] {
  return latestEpoch(log.epochs) === undefined ? truncateTo(log, log.highWatermark, now) : [];
}

/** What a follower asks for: all that comes after its own end. */
export function followerFetch(log: LogState, currentLeaderEpoch: number): PartitionFetch & { readonly logStartOffset: number } {
  const { logEndOffset: offset, logStartOffset } = log;
  return { offset, lastFetchedEpoch: latestEpoch(log.epochs) ?? -1, currentLeaderEpoch, logStartOffset };
}

/**
 * Where to truncate to, given what the leader says about the end of an epoch (a diverging epoch, or OffsetsForLeaderEpoch before 2.7).
 * `isDone` is false if the leader named an epoch that this log does not know: then it has to be asked again.
 */
export function truncationOffset(log: LogState, leaders: EpochEndOffset): { readonly offset: number; readonly isDone: boolean } {
  const { logEndOffset } = log;
  if (leaders.endOffset === -1) return { offset: Math.min(log.highWatermark, logEndOffset), isDone: true };
  const own = leaders.epoch === -1 ? undefined : endOffsetFor(log.epochs, leaders.epoch, logEndOffset);
  if (own === undefined || own.endOffset === -1) return { offset: Math.min(leaders.endOffset, logEndOffset), isDone: true };
  if (own.epoch !== leaders.epoch) return { offset: Math.min(own.endOffset, logEndOffset), isDone: false };
  return { offset: Math.min(own.endOffset, leaders.endOffset, logEndOffset), isDone: true };
}

export interface FetchApplied {
  readonly appended: number;
  readonly truncated: number;
  /** What was truncated: records that this replica had and the leader has not. */
  readonly removed: readonly LogRecord[];
  readonly highWatermarkChanged: boolean;
}

/**
 * A follower takes the leader's answer to the fetch at its present end; answers to older fetches must be thrown away before. If the logs have
 * parted it only truncates: the high watermark comes with the next answer. The high watermark is the leader's, but
 * never beyond what this replica has.
 */
export function applyFetch(log: LogState, fetched: FetchAnswer, now: number, settings: LogSettings): FetchApplied {
  if (fetched.divergingEpoch) {
    const removed = truncateTo(log, truncationOffset(log, fetched.divergingEpoch).offset, now);
    return { appended: 0, truncated: removed.length, removed, highWatermarkChanged: false };
  }
  const { read } = fetched;
  if (!read || !appendAsFollower(log, read.records, read.nextOffset, now, settings))
    return { appended: 0, truncated: 0, removed: [], highWatermarkChanged: false };
  const highWatermarkChanged = setHighWatermark(log, fetched.highWatermark);
  advanceLogStart(log, Math.min(fetched.logStartOffset, log.highWatermark));
  return { appended: read.records.length, truncated: 0, removed: [], highWatermarkChanged };
}

/**
 * The leader says that this log's end is out of its range [start, end]. If the leader ends earlier (after an unclean election), what is beyond goes;
 * if it begins later, all is out of date and the log starts over there.
 */
export function recoverOutOfRange(
  log: LogState,
  leaderStart: number,
  leaderEnd: number,
  now: number,
): { readonly outcome: 'truncated' | 'started-over' | 'kept'; readonly removed: readonly LogRecord[] } {
  if (leaderEnd < log.logEndOffset) return { outcome: 'truncated', removed: truncateTo(log, leaderEnd, now) };
  if (leaderStart <= log.logEndOffset) return { outcome: 'kept', removed: [] };
  return { outcome: 'started-over', removed: truncateFullyAndStartAt(log, leaderStart, now) };
}
