import { rememberAborted } from './segments.ts';
import type { AbortedTransaction, CompletedTransaction, LogRecord, LogState, Segment } from './types.ts';
import { NONE } from './types.ts';

/** First offsets of the transactions that are open, ascending, with their producers. */
function openTransactions(log: LogState): readonly { readonly producerId: number; readonly firstOffset: number }[] {
  const open = [];
  for (const { producerId, transactionFirstOffset } of log.producers.values())
    if (transactionFirstOffset !== NONE) open.push({ producerId, firstOffset: transactionFirstOffset });
  return open.sort((a, b) => a.firstOffset - b.firstOffset);
}

/** First offset that is not decided yet, or whose decision is not replicated yet. */
export function firstUnstableOffset(log: LogState): number | undefined {
  let first = log.unreplicated[0]?.firstOffset;
  for (const { transactionFirstOffset } of log.producers.values())
    if (transactionFirstOffset !== NONE && (first === undefined || transactionFirstOffset < first)) first = transactionFirstOffset;
  return first === undefined ? undefined : Math.max(first, log.logStartOffset);
}

/** Consumers of `read_committed` see offsets below this one: nothing above the oldest open transaction, nor above the high watermark. */
export function lastStableOffset(log: LogState): number {
  return Math.min(firstUnstableOffset(log) ?? log.highWatermark, log.highWatermark);
}

/** A marker was appended that ends a transaction with records in this log. */
export function completeTransaction(log: LogState, completed: CompletedTransaction): void {
  const unreplicated = [...log.unreplicated, completed];
  log.unreplicated = unreplicated.sort((a, b) => a.firstOffset - b.firstOffset);
  if (!completed.isAborted) return;
  const { producerId, firstOffset, lastOffset } = completed;
  const stillOpen = openTransactions(log).find((open) => open.producerId !== producerId);
  const stable = stillOpen?.firstOffset ?? lastOffset + 1;
  rememberAborted(log, Object.freeze({ producerId, firstOffset, lastOffset, lastStableOffset: stable }));
}

/** Markers below the offset are replicated (or deleted): their transactions hold nothing back any more. */
export function dropReplicated(log: LogState, offset: number): void {
  if (log.unreplicated.length > 0 && log.unreplicated.some((done) => done.lastOffset < offset))
    log.unreplicated = log.unreplicated.filter((done) => done.lastOffset >= offset);
}

/** Aborted transactions that touch [from, to), looked for from the given segment on. */
export function abortedWithin(segments: readonly Segment[], from: number, to: number): readonly AbortedTransaction[] {
  const found: AbortedTransaction[] = [];
  for (const segment of segments)
    for (const aborted of segment.aborted) {
      if (aborted.lastOffset >= from && aborted.firstOffset < to) found.push(aborted);
      if (aborted.lastStableOffset >= to) return found;
    }
  return found;
}

/**
 * What a consumer makes of fetched records: it never hands out control records, and with `read_committed` it leaves out those of
 * aborted transactions. `aborted` is the list that came with the fetch, undefined for `read_uncommitted`.
 */
export function visibleRecords(
  records: readonly LogRecord[],
  aborted: readonly { readonly producerId: number; readonly firstOffset: number }[] | undefined,
): readonly LogRecord[] {
  if (aborted === undefined || aborted.length === 0) return withoutControl(records);
  const upcoming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const inAborted = new Set<number>();
  return records.filter((record) => {
    const { batch } = record;
    while (upcoming[0] !== undefined && upcoming[0].firstOffset <= batch.lastOffset)
      inAborted.add((upcoming.shift() as AbortedTransaction).producerId);
    if (batch.control?.type === 'ABORT') inAborted.delete(batch.producerId);
    return !batch.control && !(batch.isTransactional && inAborted.has(batch.producerId));
  });
}

function withoutControl(records: readonly LogRecord[]): readonly LogRecord[] {
  for (const { batch } of records) if (batch.control) return records.filter((record) => !record.batch.control);
  return records;
}
