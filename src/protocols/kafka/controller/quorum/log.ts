import type { MetadataRecord } from '../records.ts';

/** What is written at once is committed at once. Frozen. */
export interface MetadataBatch {
  readonly baseOffset: number;
  readonly epoch: number;
  /** None in a control batch, which takes one offset: the leader's first word in its epoch (LeaderChangeMessage). */
  readonly records: readonly MetadataRecord[];
}

/** `__cluster_metadata`: one partition, in the order of offsets. Immutable, so that copies may share it. */
export type MetadataLog = readonly MetadataBatch[];

export interface OffsetAndEpoch {
  readonly offset: number;
  readonly epoch: number;
}

/** Offset after a batch. */
export function batchEnd(batch: MetadataBatch): number {
  return batch.baseOffset + Math.max(1, batch.records.length);
}

export function logEnd(log: MetadataLog): number {
  const last = log.at(-1);
  return last ? batchEnd(last) : 0;
}

export function lastEpoch(log: MetadataLog): number {
  return log.at(-1)?.epoch ?? 0;
}

/** The largest epoch up to `epoch` that the log has, and where it ends. */
export function endOfEpoch(log: MetadataLog, epoch: number): OffsetAndEpoch {
  for (let i = log.length - 1; i >= 0; i -= 1) {
    const batch = log[i];
    if (batch && batch.epoch <= epoch) return { offset: batchEnd(batch), epoch: batch.epoch };
  }
  return { offset: 0, epoch: 0 };
}

/** True when somebody whose log ends at `offset` in `epoch` agrees with this one up to there. */
export function isPrefix(log: MetadataLog, offset: number, epoch: number): boolean {
  if (offset === 0) return true;
  const end = endOfEpoch(log, epoch);
  return end.epoch === epoch && offset <= end.offset;
}

export function readFrom(log: MetadataLog, offset: number): MetadataLog {
  let from = log.length;
  while (from > 0 && (log[from - 1]?.baseOffset ?? 0) >= offset) from -= 1;
  return log.slice(from);
}

/** Batches that end at or before `offset`: batches are never cut. */
export function truncateTo(log: MetadataLog, offset: number): MetadataLog {
  return log.filter((batch) => batchEnd(batch) <= offset);
}

/** How up to date one log end is against another: the later epoch wins, then the greater offset. */
export function compareEnds(a: OffsetAndEpoch, b: OffsetAndEpoch): number {
  return a.epoch - b.epoch || a.offset - b.offset;
}
