/*
 * Offsets as a consumer sees them. Its position (what it reads next) lives in the client; committed offsets live with the
 * group's coordinator and are where the group goes on after a restart or a rebalance.
 */

/** `auto.offset.reset`; `by_duration` since 4.0, with the time to go back. */
export type OffsetReset =
  | { readonly policy: 'earliest' }
  | { readonly policy: 'latest' }
  | { readonly policy: 'none' }
  | { readonly policy: 'by_duration'; readonly duration: number };

/** Why reading does not go on where it would. */
export type ResetCause = 'no-committed-offset' | 'out-of-range';

export type Beginning =
  | { readonly type: 'committed'; readonly offset: number }
  /** Ask the leader (ListOffsets) where this is. */
  | { readonly type: 'reset'; readonly to: 'earliest' | 'latest'; readonly cause: ResetCause }
  /** Ask the leader for the first record of this time or later; its end, if there is none. */
  | { readonly type: 'reset-to-time'; readonly timestamp: number; readonly cause: ResetCause }
  /** `none`: the application has to decide. */
  | { readonly type: 'error'; readonly error: 'NoOffsetForPartitionException' | 'OffsetOutOfRangeException' };

/** Where a consumer begins in a partition that it was just assigned. A committed offset always wins. */
export function beginningOf(committed: number | undefined, reset: OffsetReset, now: number): Beginning {
  return committed === undefined ? resetFor('no-committed-offset', reset, now) : { type: 'committed', offset: committed };
}

/** The leader has answered OFFSET_OUT_OF_RANGE: what the position was is not in the log (any more). */
export function afterOutOfRange(reset: OffsetReset, now: number): Beginning {
  return resetFor('out-of-range', reset, now);
}

function resetFor(cause: ResetCause, reset: OffsetReset, now: number): Beginning {
  switch (reset.policy) {
    case 'none':
      return { type: 'error', error: cause === 'out-of-range' ? 'OffsetOutOfRangeException' : 'NoOffsetForPartitionException' };
    case 'by_duration':
      return { type: 'reset-to-time', timestamp: now - reset.duration, cause };
    default:
      return { type: 'reset', to: reset.policy, cause };
  }
}

/** Fetched, not yet handed to the application. */
export interface FetchedRecords<R extends { readonly at: number }> {
  readonly records: readonly R[];
  /** Where the fetch ended: behind markers, aborted records and holes that follow the last record. */
  readonly nextOffset: number;
}

/** A poll takes up to `max` records and moves the position behind them, whatever the application then does with them. */
export function takeRecords<R extends { readonly at: number }>(
  fetched: FetchedRecords<R>,
  max: number,
): { readonly taken: readonly R[]; readonly rest: FetchedRecords<R>; readonly position: number } {
  const { length } = fetched.records;
  if (length > 0 && length <= max)
    return { taken: fetched.records, rest: { records: [], nextOffset: fetched.nextOffset }, position: fetched.nextOffset };
  const taken = fetched.records.slice(0, max);
  const rest = { records: fetched.records.slice(max), nextOffset: fetched.nextOffset };
  const isDrained = rest.records.length === 0;
  // Not even one was taken: the position stays before the first.
  const position = isDrained ? fetched.nextOffset : taken.length > 0 ? (taken.at(-1) as R).at + 1 : (fetched.records[0] as R).at;
  return { taken, rest, position };
}

/** What to commit when a record has been dealt with: the next one. It says the same of all records before it. */
export function offsetAfter(record: { readonly at: number }): number {
  return record.at + 1;
}

/**
 * How far a group is behind in a partition, as `kafka-consumer-groups` shows it; undefined (a dash) without a committed offset. It is a
 * distance of offsets, not a number of records, and negative if what is committed lies beyond the end.
 */
export function lagOf(logEndOffset: number, committed: number | undefined): number | undefined {
  return committed === undefined ? undefined : logEndOffset - committed;
}
