import type { Side } from '../../playback/index.ts';
import { type Playback, usePlayback } from '../../playback/index.ts';
import { useUi } from '../../ui/index.ts';

/** The side of a pair that the inspector speaks of; the only one of a single run. */
export function useSide(playback: Playback): Side | undefined {
  const name = useUi((ui) => ui.side);
  return usePlayback(playback, (snapshot) => snapshot.sides.find((side) => side.name === name) ?? snapshot.sides[0]);
}

/** How many facts have happened at the playhead: changes at most ten times a second while time flows. */
export function useHappened(playback: Playback, side: Side | undefined): number {
  return usePlayback(playback, () => side?.timeline.factsHappened ?? 0);
}
