/** Straight lines and boxes of a drawing, and how they get in one another's way. */
export type Point = readonly [x: number, y: number];

export interface Box {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly halfX: number;
  readonly halfY: number;
}

/** How much the lines a–b and c–d disturb one another: by crossing, or by leaving one point almost upon one another. */
export function clash(a: Point, b: Point, c: Point, d: Point, penalty: { readonly crossing: number; readonly overlap: number }): number {
  if (same(a, c)) return isFan(a, b, d) ? penalty.overlap : 0;
  if (same(a, d)) return isFan(a, b, c) ? penalty.overlap : 0;
  if (same(b, c)) return isFan(b, a, d) ? penalty.overlap : 0;
  if (same(b, d)) return isFan(b, a, c) ? penalty.overlap : 0;
  return isCrossing(a, b, c, d) ? penalty.crossing : 0;
}

function isFan(at: Point, p: Point, q: Point): boolean {
  const [px, py, qx, qy] = [p[0] - at[0], p[1] - at[1], q[0] - at[0], q[1] - at[1]];
  return px * qx + py * qy > 0 && Math.abs(px * qy - py * qx) < 0.12 * Math.hypot(px, py) * Math.hypot(qx, qy);
}

const same = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}

function isCrossing(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** True when a line meets the box of a state. */
export function runsThrough(a: Point, b: Point, box: Box): boolean {
  return partWithin(a, b, box) > 0;
}

/** Which part of a line lies within a box, 0–1. */
export function partWithin(a: Point, b: Point, box: Box): number {
  const [x0, x1] = span(a[0], b[0], box.x, box.halfX);
  const [y0, y1] = span(a[1], b[1], box.y, box.halfY);
  return Math.max(0, Math.min(1, x1, y1) - Math.max(0, x0, y0));
}

/** From which to which part of its way something that goes from a to b is within reach of p. */
function span(a: number, b: number, p: number, reach: number): readonly [number, number] {
  if (a === b) return Math.abs(a - p) < reach ? [0, 1] : [1, 0];
  const [s, t] = [(p - reach - a) / (b - a), (p + reach - a) / (b - a)];
  return s < t ? [s, t] : [t, s];
}
