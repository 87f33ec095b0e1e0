import type { LineId, PartId } from '../base/index.ts';
import { curveBetween, type Placed, pointOf } from './curves.ts';
import { LANES, lanesHeight } from './lanes.ts';
import { spreadPorts } from './ports.ts';
import type { Line, Part } from './types.ts';
import { type Form, isSizable, type Shape } from './vocabulary.ts';

/** Sizes of the shapes in canvas pixels. The editor draws with them and the stage paints with them: one truth. */
export const SHAPE_SIZES: { readonly [S in Shape]: { readonly width: number; readonly height: number } } = {
  circle: { width: 56, height: 56 },
  hexagon: { width: 72, height: 60 },
  rail: { width: 176, height: 44 },
  // What the author has not sized.
  lanes: { width: 312, height: lanesHeight(3) },
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

export function shapeOf(form: Form): Shape {
  return typeof form === 'string' ? form : form.shape;
}

/** Regions and lanes have sizes of their own; lanes that nobody has sized are as high as their number asks for. */
function sizeOf(part: Part, form: Form): { readonly width: number; readonly height: number } {
  const shape = shapeOf(form);
  const size = SHAPE_SIZES[shape];
  if (!isSizable(shape)) return size;
  const lanes = typeof form === 'string' ? undefined : form.lanes?.(part.config);
  const height = lanes === undefined ? size.height : lanesHeight(Math.min(LANES.shownAtFirst, Math.max(1, lanes)));
  return { width: part.width ?? size.width, height: part.height ?? height };
}

export function rectOf(part: Part, form: Form): Rect {
  const size = sizeOf(part, form);
  return { x: part.x - size.width / 2, y: part.y - size.height / 2, ...size };
}

/** Where everything is drawn: a pure function of the document. Lines whose ends are not drawn have no curve. */
export function layout(parts: readonly Part[], lines: readonly Line[], formOf: (kind: string) => Form): Layout {
  const placed = new Map<PartId, Placed>();
  for (const part of parts) {
    const form = formOf(part.kind);
    placed.set(part.id, { id: part.id, shape: shapeOf(form), rect: rectOf(part, form) });
  }
  const obstacles = [...placed.values()].filter((it) => it.shape !== 'region');
  const curves = new Map<LineId, Curve>();
  for (const [line, ends] of spreadPorts(lines, placed, obstacles)) curves.set(line, curveBetween(ends));
  return { rects: new Map([...placed.values()].map((it) => [it.id, it.rect])), curves };
}

/** The box around all of them; empty around none. */
export function boxAround(rects: readonly Rect[]): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y, width, height } of rects) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return rects.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}

/** How far a way without a line bends to its right, so that what comes the other way passes beside it. */
const BEND = 18;

/** The way between two parts that no line connects: from border to border, in a slight bend. Of two that overlap, from middle to middle. */
export function directCurve(from: Rect, to: Rect): Curve {
  const a = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const b = { x: to.x + to.width / 2, y: to.y + to.height / 2 };
  const areApart = from.x + from.width < to.x || to.x + to.width < from.x || from.y + from.height < to.y || to.y + to.height < from.y;
  const start = areApart ? inward(borderPoint(from, b), a) : a;
  const end = areApart ? inward(borderPoint(to, a), b) : b;
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = Math.hypot(dx, dy) || 1;
  const sideX = (-dy / length) * Math.min(BEND, length / 4);
  const sideY = (dx / length) * Math.min(BEND, length / 4);
  return [
    start.x,
    start.y,
    start.x + dx / 3 + sideX,
    start.y + dy / 3 + sideY,
    start.x + (2 * dx) / 3 + sideX,
    start.y + (2 * dy) / 3 + sideY,
    end.x,
    end.y,
  ];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Large boxes stand close to one another: the way begins a little inside, so that what travels it is seen. */
const INSIDE_MAX = 48;
/** Of small shapes it begins at the border. */
const LARGE_MIN = 60;

function inward(border: Spot, middle: Spot): Spot {
  const dx = middle.x - border.x;
  const dy = middle.y - border.y;
  const length = Math.hypot(dx, dy);
  const share = length < LARGE_MIN ? 0 : Math.min(INSIDE_MAX, length * 0.4) / length;
  return { x: border.x + dx * share, y: border.y + dy * share };
}

/** Where the straight way from a box's middle to a point leaves the box. */
function borderPoint({ x, y, width, height }: Rect, to: Spot): Spot {
  const middle = { x: x + width / 2, y: y + height / 2 };
  const dx = to.x - middle.x;
  const dy = to.y - middle.y;
  const share = Math.min(dx === 0 ? 1 : width / 2 / Math.abs(dx), dy === 0 ? 1 : height / 2 / Math.abs(dy), 1);
  return { x: middle.x + dx * share, y: middle.y + dy * share };
}

/** SVG path data of a curve. */
export function pathOf(c: Curve): string {
  return `M${c[0]} ${c[1]}C${c[2]} ${c[3]} ${c[4]} ${c[5]} ${c[6]} ${c[7]}`;
}

/** Where a line's label sits. */
export function middleOf(curve: Curve): { readonly x: number; readonly y: number } {
  return pointOf(curve, 0.5);
}
