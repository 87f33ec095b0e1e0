import { type Curve, pointOf, type Rect } from '../scenario/index.ts';

/** Parts of equal length that a line is cut into. */
const SAMPLES = 64;
/** Steps along the curve's own parameter while its length is measured. */
const FINE = 192;

/** A line measured once: points at equal distances, so that a flight's place is two look-ups and a mix. */
export interface Route {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly length: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Point {
  x: number;
  y: number;
}

export function makeRoute(curve: Curve): Route {
  const along = new Float64Array(FINE + 1);
  const points = Array.from({ length: FINE + 1 }, (_, i) => pointOf(curve, i / FINE));
  for (let i = 1; i <= FINE; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    along[i] = (along[i - 1] as number) + Math.hypot(b.x - a.x, b.y - a.y);
  }
  const length = along[FINE] as number;
  const xs = new Float32Array(SAMPLES + 1);
  const ys = new Float32Array(SAMPLES + 1);
  let fine = 0;
  for (let i = 0; i <= SAMPLES; i++) {
    const wanted = (length * i) / SAMPLES;
    while (fine < FINE - 1 && (along[fine + 1] as number) < wanted) fine++;
    const start = along[fine] as number;
    const share = Math.min(1, (wanted - start) / ((along[fine + 1] as number) - start || 1));
    const a = points[fine] as Point;
    const b = points[fine + 1] as Point;
    xs[i] = a.x + (b.x - a.x) * share;
    ys[i] = a.y + (b.y - a.y) * share;
  }
  return { xs, ys, length, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The point at a share (0–1) of a route's length, written into `out`. */
export function along(route: Route, share: number, out: Point): void {
  const place = share * SAMPLES;
  const i = place >= SAMPLES ? SAMPLES - 1 : place | 0;
  const mix = place - i;
  const x = route.xs[i] as number;
  const y = route.ys[i] as number;
  out.x = x + ((route.xs[i + 1] as number) - x) * mix;
  out.y = y + ((route.ys[i + 1] as number) - y) * mix;
}

/** The unit direction of a route at a share of its length, written into `out`. */
export function heading(route: Route, share: number, out: Point): void {
  const i = Math.min(SAMPLES - 1, Math.max(0, (share * SAMPLES) | 0));
  const dx = (route.xs[i + 1] as number) - (route.xs[i] as number);
  const dy = (route.ys[i + 1] as number) - (route.ys[i] as number);
  const length = Math.hypot(dx, dy) || 1;
  out.x = dx / length;
  out.y = dy / length;
}

/** What travels back keeps to the right of the line, beside what comes towards it. */
const ASIDE = 7;

/** Place and direction of what has come a share of its way, written into `out`; `isBack`: against the line. */
export function turn(out: Point & { dx: number; dy: number }, route: Route, isBack: boolean, share: number): void {
  const at = isBack ? 1 - share : share;
  along(route, at, out);
  heading(route, at, direction);
  out.dx = isBack ? -direction.x : direction.x;
  out.dy = isBack ? -direction.y : direction.y;
  if (!isBack) return;
  out.x -= out.dy * ASIDE;
  out.y += out.dx * ASIDE;
}

const direction: Point = { x: 0, y: 0 };

/** The share of its way after which something comes nearer than `air` to the part that the way leads to; half of it at least. */
export function outsideOf({ xs, ys }: Route, { x, y, width, height }: Rect, air: number, isBack: boolean): number {
  for (let i = SAMPLES; i > SAMPLES / 2; i--) {
    const px = xs[isBack ? SAMPLES - i : i] as number;
    const py = ys[isBack ? SAMPLES - i : i] as number;
    if (px <= x - air || px >= x + width + air || py <= y - air || py >= y + height + air) return i / SAMPLES;
  }
  return 0.5;
}
