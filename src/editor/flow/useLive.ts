import { useCallback, useSyncExternalStore } from 'react';
import { useGraph } from './store.ts';

/**
 * One plain value worked out from the live views; the component renders again only when that value changes. So a
 * tick of the run costs each node a comparison, not a rendering.
 */
export function useLive<T extends string | number | boolean | undefined>(read: () => T): T {
  const { views } = useGraph();
  const subscribe = useCallback((listener: () => void) => views.subscribe(listener), [views]);
  return useSyncExternalStore(subscribe, read);
}

/** The same for what is read aloud: at most twice a second, so that a screen reader is not flooded. */
export function useLiveSlowly<T extends string | number | boolean | undefined>(read: () => T): T {
  return useSyncExternalStore(useGraph().slowly, read);
}
