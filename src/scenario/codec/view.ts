import type { Micros } from '../../base/index.ts';

/** How a shared run was looked at: small, and no part of the run itself. */
export interface View {
  /** Where the playhead stood. */
  readonly time: Micros;
  /** Just after which fact of which side (0 left, 1 right), for whoever stepped there: many facts can share a time. */
  readonly fact?: { readonly side: number; readonly seq: number };
  /** Whole pixels, and the zoom to two decimals. */
  readonly canvas?: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly panel?: string;
}

/** Links carry no more digits than these; rounding first makes a view equal to what comes back. */
export function roundedView({ time, fact, canvas, panel }: View): View {
  return {
    time,
    ...(fact && { fact }),
    ...(canvas && { canvas: { x: whole(canvas.x), y: whole(canvas.y), zoom: Math.max(1, whole(canvas.zoom * 100)) / 100 } }),
    ...(panel && { panel }),
  };
}

function whole(value: number): number {
  return Math.round(value) + 0;
}
