import { useSyncExternalStore } from 'react';
import type { Playback, PlaybackSnapshot } from './types.ts';

/** What a selector finds in the snapshot; the component renders again when that changes. Selectors return values that are equal while nothing changed. */
export function usePlayback<T>(playback: Playback, selector: (snapshot: PlaybackSnapshot) => T): T {
  const read = () => selector(playback.snapshot());
  return useSyncExternalStore(playback.subscribe, read, read);
}
