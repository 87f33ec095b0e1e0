import type { EpochEntry } from './types.ts';

/*
 * Which leader epoch began at which offset (LeaderEpochFileCache): what lets a follower find where its log and the leader's part.
 * Lists are ascending and never changed, only replaced.
 */

export interface EpochEndOffset {
  readonly epoch: number;
  readonly endOffset: number;
}
export const UNDEFINED_EPOCH_END: EpochEndOffset = Object.freeze({ epoch: -1, endOffset: -1 });

export function latestEpoch(entries: readonly EpochEntry[]): number | undefined {
  return entries[entries.length - 1]?.epoch;
}

/** An epoch begins at an offset. What contradicts it (a later epoch, or one that began there or further on) is dropped. */
export function assignEpoch(entries: readonly EpochEntry[], epoch: number, startOffset: number): readonly EpochEntry[] {
  const last = entries[entries.length - 1];
  if (last && last.epoch === epoch && startOffset >= last.startOffset) return entries;
  let kept = entries.length;
  while (kept > 0 && contradicts(entries[kept - 1] as EpochEntry, epoch, startOffset)) kept--;
  return [...entries.slice(0, kept), Object.freeze({ epoch, startOffset })];
}

function contradicts(entry: EpochEntry, epoch: number, startOffset: number): boolean {
  return entry.epoch >= epoch || entry.startOffset >= startOffset;
}

/** OffsetsForLeaderEpoch: the largest epoch that is not above the one asked for, and where it ends; −1 and −1 if that is not known. */
export function endOffsetFor(entries: readonly EpochEntry[], requested: number, logEndOffset: number): EpochEndOffset {
  if (requested === -1) return UNDEFINED_EPOCH_END;
  if (latestEpoch(entries) === requested) return { epoch: requested, endOffset: logEndOffset };
  const higher = entries.findIndex((entry) => entry.epoch > requested);
  if (higher < 0) return UNDEFINED_EPOCH_END;
  const endOffset = (entries[higher] as EpochEntry).startOffset;
  // Older than all that is known: its records are gone, and reading goes on where the known ones begin.
  return { epoch: entries[higher - 1]?.epoch ?? requested, endOffset };
}

/** The log now ends before `endOffset`. */
export function truncateEpochsFromEnd(entries: readonly EpochEntry[], endOffset: number): readonly EpochEntry[] {
  if (endOffset < 0 || (entries.at(-1)?.startOffset ?? -1) < endOffset) return entries;
  return entries.slice(
    0,
    entries.findIndex((entry) => entry.startOffset >= endOffset),
  );
}

/** The log now begins at `startOffset`: so does the epoch that was under way there. */
export function truncateEpochsFromStart(entries: readonly EpochEntry[], startOffset: number): readonly EpochEntry[] {
  const kept = entries.findIndex((entry) => entry.startOffset > startOffset);
  const begun = kept < 0 ? entries.length : kept;
  if (begun === 0) return entries;
  return [Object.freeze({ epoch: (entries[begun - 1] as EpochEntry).epoch, startOffset }), ...entries.slice(begun)];
}

/** Epoch of the leader that wrote the record at an offset. */
export function epochForOffset(entries: readonly EpochEntry[], offset: number): number | undefined {
  return entries.findLast((entry) => entry.startOffset <= offset)?.epoch;
}
