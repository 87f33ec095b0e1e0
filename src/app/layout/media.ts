import { useSyncExternalStore } from 'react';

/** Below this a phone is held upright: for watching. The same number as in the style sheets. */
const NARROW = '(max-width: 760px)';
/** A tablet held upright, or less: the panel is a sheet, which opens when it is asked for. */
const UPRIGHT = '(max-width: 1023px)';
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
export function isUpright(): boolean {
  return matchMedia(UPRIGHT).matches;
}
export function isWide(): boolean {
  return matchMedia(WIDE).matches;
}
