import { recordsFrom } from './read.ts';
import { segmentsFrom, segmentsOf } from './segments.ts';
import { abortedWithin } from './transactions.ts';
import { batchesOf } from './truncate.ts';
import type { AbortedTransaction, LogBatch, LogRecord, LogState } from './types.ts';

/** Newest offset of each key among the records in [from, to) that count: those of aborted transactions and markers do not. */
export function newestOffsets(log: LogState, from: number, to: number): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  const seen = transactionsSeen(abortedWithin(segmentsFrom(log, from), from, to));
  let isIgnored = false;
  let last: LogBatch | undefined;
  for (const segment of segmentsFrom(log, from))
    for (const record of recordsFrom(segment, from)) {
      if (record.at >= to) return newest;
      if (record.batch !== last) isIgnored = seen.mayDiscard(record.batch) || record.batch.control !== undefined;
      last = record.batch;
      if (!isIgnored && record.hasKey) newest.set(record.key, record.at);
    }
  return newest;
}

interface Rule {
  readonly newest: ReadonlyMap<string, number>;
  readonly now: number;
  readonly deleteRetention: number;
}

/**
 * A cleaning as a function from the records of one group of segments to those that stay, in the order of the log: it remembers which
 * transactions it has met. Tombstones and markers get their last hour on the first pass and go on a pass after it.
 */
export function cleanRecords(
  log: LogState,
  rule: Rule,
): (records: readonly LogRecord[]) => { readonly kept: readonly LogRecord[]; readonly aborted: readonly AbortedTransaction[] } {
  const seen = transactionsSeen(segmentsOf(log).flatMap((segment) => segment.aborted));
  return (records) => {
    const kept: LogRecord[] = [];
    for (const batch of batchesOf(records)) kept.push(...cleanBatch(batch, seen, rule));
    return { kept, aborted: seen.takeAborted() };
  };
}

function cleanBatch(records: readonly LogRecord[], seen: TransactionsSeen, rule: Rule): readonly LogRecord[] {
  const { batch } = records[0] as LogRecord;
  const mayDiscard = seen.mayDiscard(batch);
  const isPast = batch.deleteHorizon !== undefined && batch.deleteHorizon <= rule.now;
  if (batch.control ? mayDiscard && isPast : mayDiscard) return [];
  const kept = batch.control ? records : records.filter((record) => isNewest(record, rule.newest) && !(record.isTombstone && isPast));
  const needsHorizon = batch.control ? mayDiscard : kept.some((record) => record.isTombstone);
  if (!needsHorizon || batch.deleteHorizon !== undefined) return kept;
  const dated = Object.freeze({ ...batch, deleteHorizon: rule.now + rule.deleteRetention });
  return kept.map((record) => Object.freeze({ ...record, batch: dated }));
}

/** A record without a key has no place in a compacted log. */
function isNewest(record: LogRecord, newest: ReadonlyMap<string, number>): boolean {
  return record.hasKey && record.at >= (newest.get(record.key) ?? -1);
}

interface TransactionsSeen {
  /**
   * Tells of each batch in turn: data of an aborted transaction can go at once, a marker when none of its transaction's batches
   * was met in this pass.
   */
  mayDiscard(batch: LogBatch): boolean;
  /** Aborted transactions whose markers were met since the last call and must stay in the index. */
  takeAborted(): readonly AbortedTransaction[];
}

function transactionsSeen(aborted: readonly AbortedTransaction[]): TransactionsSeen {
  const upcoming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const open = new Map<number, { readonly transaction: AbortedTransaction; hasData: boolean }>();
  const committed = new Set<number>();
  let retained: AbortedTransaction[] = [];
  return {
    mayDiscard(batch) {
      while (upcoming[0] !== undefined && upcoming[0].firstOffset <= batch.lastOffset) {
        const transaction = upcoming.shift() as AbortedTransaction;
        if (!open.has(transaction.producerId)) open.set(transaction.producerId, { transaction, hasData: false });
      }
      const found = open.get(batch.producerId);
      if (batch.control?.type === 'COMMIT') return !committed.delete(batch.producerId);
      if (batch.control) {
        open.delete(batch.producerId);
        if (found?.hasData) retained.push(found.transaction);
        return !found?.hasData;
      }
      if (!batch.isTransactional) return false;
      if (found) found.hasData = true;
      else committed.add(batch.producerId);
      return found !== undefined;
    },
    takeAborted() {
      const taken = retained;
      retained = [];
      return taken;
    },
  };
}
