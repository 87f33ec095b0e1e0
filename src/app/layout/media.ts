import { useSyncExternalStore } from 'react';

/** Below this a phone is held upright: for watching. The same number as in the style sheets. */
const NARROW = '(max-width: 760px)';
/** Room enough for two graphs and the panel beside them. */
const WIDE = '(min-width: 1600px)';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

export function useIsNarrow(): boolean {
  return useMedia(NARROW);
}
export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}
export function isWide(): boolean {
  return matchMedia(WIDE).matches;
}
