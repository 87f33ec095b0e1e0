import { useEffect, useMemo, useState } from 'react';
import type { Playback, Side } from '../../playback/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { type FactFilter, FOUND_MAX, Found, isFiltering } from './filter.ts';

/** Main thread that one frame may spend on searching. */
const SLICE_MILLIS = 3;

/** The rows of the fact log: a row's fact number, and how many rows lie before the playhead. */
export interface Rows {
  readonly count: number;
  readonly happened: number;
  seqOf(row: number): number;
  readonly isSearching: boolean;
  readonly isFull: boolean;
}

/** What the log shows: without a filter every fact is a row, and nothing has to be searched. */
export function useRows(playback: Playback, side: Side, filter: FactFilter): Rows {
  const { timeline } = side;
  const known = usePlayback(playback, () => timeline.known.facts);
  const happened = usePlayback(playback, () => timeline.factsHappened);
  const found = useMemo(() => (isFiltering(filter) ? new Found(timeline, filter) : undefined), [timeline, filter]);
  const [, show] = useState(0);

  useEffect(() => {
    if (!found || known === 0) return;
    let frame = 0;
    const search = () => {
      const start = performance.now();
      found.search(() => performance.now() - start > SLICE_MILLIS);
      show((shown) => shown + 1);
      if (!found.isDone) frame = requestAnimationFrame(search);
    };
    search();
    return () => cancelAnimationFrame(frame);
  }, [found, known]);

  if (!found) {
    const count = Math.min(known, FOUND_MAX);
    // Of a very long run the log shows the part around the playhead.
    const first = Math.max(0, Math.min(known - count, happened - (count >> 1)));
    return { count, happened: happened - first, seqOf: (row) => first + row, isSearching: false, isFull: false };
  }
  return {
    count: found.seqs.length,
    happened: found.before(happened),
    seqOf: (row) => found.seqs[row] ?? -1,
    isSearching: !found.isDone,
    isFull: found.isFull,
  };
}
