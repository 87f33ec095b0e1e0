import { type ComponentType, lazy } from 'react';

const load = () => import('./surfaces/index.ts');
type Surfaces = Awaited<ReturnType<typeof load>>;

function surface<N extends keyof Surfaces>(name: N) {
  return lazy(async (): Promise<{ default: Surfaces[N] }> => ({ default: (await load())[name] as Surfaces[N] & ComponentType }));
}

/** Whatever floats over the page comes after the page: none of it is needed before someone points, clicks or asks. */
export const MenuSurface = surface('MenuSurface');
export const TooltipSurface = surface('TooltipSurface');
export const PopoverSurface = surface('PopoverSurface');
export const DialogSurface = surface('DialogSurface');
export const ToastSurface = surface('ToastSurface');

/** Fetches them while nothing else is to be done, so that the first menu opens at once. */
export function prefetchSurfaces(): void {
  void load();
}
