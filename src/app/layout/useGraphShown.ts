import { useEffect } from 'react';
import { loadLanguage } from '../../i18n/index.ts';
import { prefetchSurfaces, useUi } from '../../ui/index.ts';
import { moreSystems, playback } from '../session/session.ts';
import { useApp } from '../session/store.ts';

/** True once the drawing has been painted; then the engine is fetched, and what floats over the page. */
export function useGraphShown(): boolean {
  const isShown = useApp((app) => app.isGraphShown);
  useEffect(() => {
    if (isShown) return undefined;
    // The first frame measures the parts, the second one shows them.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        performance.mark('graph-shown');
        useApp.getState().set({ isGraphShown: true });
        void loadLanguage(useUi.getState().language);
        void playback.start();
        moreSystems();
        prefetchSurfaces();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [isShown]);
  return isShown;
}
