export { DialogSurface } from './DialogSurface.tsx';
export { MenuSurface } from './MenuSurface.tsx';
export { PopoverSurface } from './PopoverSurface.tsx';
export { ToastSurface } from './ToastSurface.tsx';
export { TooltipSurface } from './TooltipSurface.tsx';
