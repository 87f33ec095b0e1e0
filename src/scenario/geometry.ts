import type { LineId, PartId } from '../base/index.ts';
import type { Line, Part } from './types.ts';
import type { Shape } from './vocabulary.ts';

/** Sizes of the shapes in canvas pixels. The editor draws with them and the stage paints with them: one truth. */
export const SHAPE_SIZES: { readonly [S in Exclude<Shape, 'region'>]: { readonly width: number; readonly height: number } } = {
  circle: { width: 56, height: 56 },
  hexagon: { width: 72, height: 60 },
  rail: { width: 176, height: 44 },
};

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

export function rectOf(part: Part, shape: Shape): Rect {
  const size = shape === 'region' ? { width: part.width ?? 400, height: part.height ?? 300 } : SHAPE_SIZES[shape];
  return { x: part.x - size.width / 2, y: part.y - size.height / 2, ...size };
}

/** Where everything is drawn: a pure function of the document. */
export function layout(parts: readonly Part[], lines: readonly Line[], shapeOf: (kind: string) => Shape): Layout {
  const rects = new Map(parts.map((part) => [part.id, rectOf(part, shapeOf(part.kind))]));
  const curves = new Map<LineId, Curve>();
  for (const line of lines) {
    const from = rects.get(line.from);
    const to = rects.get(line.to);
    if (from && to) curves.set(line.id, curveBetween(from, to));
  }
  return { rects, curves };
}

function curveBetween(from: Rect, to: Rect): Curve {
  const y0 = from.y + from.height / 2;
  const y3 = to.y + to.height / 2;
  const isForward = to.x >= from.x + from.width;
  const x0 = isForward ? from.x + from.width : from.x;
  const x3 = isForward ? to.x : to.x + to.width;
  const bend = Math.max(40, Math.abs(x3 - x0) / 2) * (isForward ? 1 : -1);
  return [x0, y0, x0 + bend, y0, x3 - bend, y3, x3, y3];
}

/** SVG path data of a curve. */
export function pathOf(c: Curve): string {
  return `M${c[0]} ${c[1]}C${c[2]} ${c[3]} ${c[4]} ${c[5]} ${c[6]} ${c[7]}`;
}
