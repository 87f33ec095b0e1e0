import { useEffect, useState } from 'react';
import type { Timeline } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { type RunRecord, recordOf } from './record.ts';

/** Main thread that one frame may spend on catching up. */
const SLICE_MILLIS = 3;
/** Panels are drawn anew this often at most. */
const SHOW_MILLIS = 100;

/** Something folded from all facts of a run, each once. */
interface Folded {
  /** Rises as it grows: facts taken so far, unless it says itself when it is behind. */
  readonly taken: number;
  /** True when more is known than it has taken. */
  isBehind?(timeline: Timeline): boolean;
  /** Takes facts that are known until `isSpent`; true when there are no more. */
  catchUp(timeline: Timeline, isSpent: () => boolean): boolean;
}

/** The record of a side, kept up with what is known of the run. Renders again as it grows. */
export function useRecord(playback: Playback, side: Side | undefined): RunRecord | undefined {
  const record = side && recordOf(side.timeline);
  useCatchUp(playback, side, record);
  return record;
}

/** Keeps something up with what is known of a side's run, in slices, and renders again as it grows. */
export function useCatchUp(playback: Playback, side: Side | undefined, record: Folded | undefined): void {
  const [, show] = useState(0);
  useEffect(() => {
    if (!side || !record) return;
    let frame = 0;
    let shownAt = 0;
    let shown = -1;
    const work = () => {
      frame = 0;
      const start = performance.now();
      const isDone = record.catchUp(side.timeline, () => performance.now() - start > SLICE_MILLIS);
      if (!isDone) frame = requestAnimationFrame(work);
      if (record.taken === shown || (!isDone && start - shownAt < SHOW_MILLIS)) return;
      shownAt = start;
      shown = record.taken;
      show(record.taken);
    };
    const wake = () => {
      const isBehind = record.isBehind?.(side.timeline) ?? record.taken < side.timeline.known.facts;
      if (frame === 0 && isBehind) frame = requestAnimationFrame(work);
    };
    work();
    const stop = playback.subscribe(wake);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [playback, side, record]);
}
