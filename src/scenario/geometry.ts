import type { LineId, PartId } from '../base/index.ts';
import { curveBetween, type Placed, pointOf } from './curves.ts';
import { spreadPorts } from './ports.ts';
import type { Line, Part } from './types.ts';
import type { Shape } from './vocabulary.ts';

/** Sizes of the shapes in canvas pixels. The editor draws with them and the stage paints with them: one truth. */
export const SHAPE_SIZES: { readonly [S in Shape]: { readonly width: number; readonly height: number } } = {
  circle: { width: 56, height: 56 },
  hexagon: { width: 72, height: 60 },
  rail: { width: 176, height: 44 },
  // What the author has not sized.
  lanes: { width: 264, height: 104 },
  region: { width: 400, height: 300 },
};

/** Inside a rail: ready messages left of the divider, head beside it; unacked ones right of it. Canvas pixels from the left edge. */
export const RAIL = { divider: 116, cellRadius: 8.5, pitch: 20.5 } as const;

export { pointOf };

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** A cubic Bézier: start, two control points, end. */
export type Curve = readonly [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number];

export interface Layout {
  /** Top left corner and size of each part. */
  readonly rects: ReadonlyMap<PartId, Rect>;
  readonly curves: ReadonlyMap<LineId, Curve>;
}

/** Regions and lanes have sizes of their own. */
function sizeOf(part: Part, shape: Shape): { readonly width: number; readonly height: number } {
  const size = SHAPE_SIZES[shape];
  return shape === 'region' || shape === 'lanes' ? { width: part.width ?? size.width, height: part.height ?? size.height } : size;
}

export function rectOf(part: Part, shape: Shape): Rect {
  const size = sizeOf(part, shape);
  return { x: part.x - size.width / 2, y: part.y - size.height / 2, ...size };
}

/** Where everything is drawn: a pure function of the document. Lines whose ends are not drawn have no curve. */
export function layout(parts: readonly Part[], lines: readonly Line[], shapeOf: (kind: string) => Shape): Layout {
  const placed = new Map<PartId, Placed>();
  for (const part of parts) {
    const shape = shapeOf(part.kind);
    placed.set(part.id, { id: part.id, shape, rect: rectOf(part, shape) });
  }
  const obstacles = [...placed.values()].filter((it) => it.shape !== 'region');
  const curves = new Map<LineId, Curve>();
  for (const [line, ends] of spreadPorts(lines, placed, obstacles)) curves.set(line, curveBetween(ends));
  return { rects: new Map([...placed.values()].map((it) => [it.id, it.rect])), curves };
}

/** The box around all parts. */
export function boundsOf(parts: readonly Part[], shapeOf: (kind: string) => Shape): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of parts) {
    const { x, y, width, height } = rectOf(part, shapeOf(part.kind));
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return parts.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}

/** SVG path data of a curve. */
export function pathOf(c: Curve): string {
  return `M${c[0]} ${c[1]}C${c[2]} ${c[3]} ${c[4]} ${c[5]} ${c[6]} ${c[7]}`;
}

/** Where a line's label sits. */
export function middleOf(curve: Curve): { readonly x: number; readonly y: number } {
  return pointOf(curve, 0.5);
}
