import { nextBelow, type RandomState, randomStream } from '../../base/index.ts';
import type { Arrow, Chart } from '../../oracles/index.ts';

/** Where a state stands in the drawing: columns from the left, rows from the top. */
export interface Slot {
  readonly column: number;
  readonly row: number;
}

const COLUMNS = 3;
const MIDDLE = 1;
/** The drawing as it is judged: about the proportions that it is painted with. */
const PITCH = { x: 116, y: 66 };
const HALF = { x: 48, y: 18 };

/** It is improved from several beginnings, and the best result is taken. */
const ATTEMPTS = 8;

const PENALTY = { crossing: 90, overlap: 300, through: 500, upward: 25, bent: 450, row: 45 };

type Point = readonly [x: number, y: number];
interface Segment {
  readonly from: number;
  readonly to: number;
  /** The usual way on: it should lead straight down. */
  readonly isMain: boolean;
  readonly isBothWays: boolean;
}

/**
 * Places the states of a chart by itself: the usual way, which is the first arrow of each state, goes down the middle; the
 * others stand beside it where the fewest arrows cross and none runs through a state. The same chart always looks the same.
 */
export function placesOf(chart: Chart): ReadonlyMap<string, Slot> {
  const { states } = chart;
  const main = mainWay(chart);
  const segments = segmentsOf(chart, main);
  const rows = Math.max(main.length, Math.ceil((states.length - main.length) / (COLUMNS - 1)) + 1);
  const fixed = states.indexOf(chart.initial);
  const random = randomStream(1, chart.name);
  let slots: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tried = firstSlots(states, main, rows, random);
    const costs = improve(tried, segments, rows, fixed);
    if (costs >= least) continue;
    least = costs;
    slots = tried;
  }
  return new Map(states.map((state, i) => [state, slotOf(slots[i] as number)]));
}

const slotOf = (slot: number): Slot => ({ column: slot % COLUMNS, row: Math.floor(slot / COLUMNS) });
const POINTS: readonly Point[] = Array.from({ length: 90 }, (_, slot) => [
  (slot % COLUMNS) * PITCH.x,
  Math.floor(slot / COLUMNS) * PITCH.y,
]);

/** From the beginning along the first arrow that leads on, as long as no other arrow would have to go round the states between. */
function mainWay({ initial, arrows }: Chart): readonly string[] {
  const way = [initial];
  for (const state of way) {
    const next = arrows.find(({ from, to }) => from === state && !way.includes(to))?.to;
    const before = way.slice(0, -1);
    const isJoined = ({ from, to }: Arrow) => (from === next && before.includes(to)) || (to === next && before.includes(from));
    if (next !== undefined && !arrows.some(isJoined)) way.push(next);
  }
  return way;
}

function segmentsOf({ states, arrows }: Chart, main: readonly string[]): readonly Segment[] {
  const segments: Segment[] = [];
  for (const { from, to } of arrows) {
    const [a, b] = [states.indexOf(from), states.indexOf(to)];
    if (segments.some((one) => one.from === b && one.to === a)) continue;
    const isMain = main.indexOf(to) === main.indexOf(from) + 1 && main.includes(from);
    segments.push({ from: a, to: b, isMain, isBothWays: arrows.some((other) => other.from === to && other.to === from) });
  }
  return segments;
}

/** The usual way in the middle, the others somewhere beside it. */
function firstSlots(states: readonly string[], main: readonly string[], rows: number, random: RandomState): number[] {
  const sides = Array.from({ length: rows }, (_, row) => [row * COLUMNS, row * COLUMNS + COLUMNS - 1]).flat();
  return states.map((state) => {
    const row = main.indexOf(state);
    return row >= 0 ? row * COLUMNS + MIDDLE : (sides.splice(nextBelow(random, sides.length), 1)[0] as number);
  });
}

/** Moves one state at a time, or lets two change places, as long as that makes the drawing clearer. */
function improve(slots: number[], segments: readonly Segment[], rows: number, fixed: number): number {
  let best = cost(slots, segments, Number.POSITIVE_INFINITY);
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (let state = 0; state < slots.length; state++) {
      for (let slot = 0; state !== fixed && slot < rows * COLUMNS; slot++) {
        const back = slots[state] as number;
        if (!exchange(slots, state, slot, fixed)) continue;
        const tried = cost(slots, segments, best);
        if (tried < best - 1e-6) {
          best = tried;
          isBetter = true;
        } else exchange(slots, state, back, fixed);
      }
    }
  }
  return best;
}

/** Puts a state into a slot; who stands there takes its place. False when that one must not move. */
function exchange(slots: number[], state: number, slot: number, fixed: number): boolean {
  const other = slots.indexOf(slot);
  if (other === fixed || other === state) return false;
  if (other >= 0) slots[other] = slots[state] as number;
  slots[state] = slot;
  return true;
}

/** How unclear a drawing is, or something above the limit. Plain loops: it is asked some ten thousand times for one chart. */
function cost(slots: readonly number[], segments: readonly Segment[], limit: number): number {
  const points = slots.map((slot) => POINTS[slot] as Point);
  let sum = 0;
  for (const [, y] of points) sum = Math.max(sum, (y / PITCH.y) * PENALTY.row);
  for (let i = 0; i < segments.length && sum < limit; i++) {
    const one = segments[i] as Segment;
    const a = points[one.from] as Point;
    const b = points[one.to] as Point;
    sum += Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (b[1] < a[1] && !one.isBothWays) sum += PENALTY.upward;
    if (one.isMain && (a[0] !== b[0] || b[1] - a[1] !== PITCH.y)) sum += PENALTY.bent;
    for (let state = 0; state < points.length; state++)
      if (state !== one.from && state !== one.to && runsThrough(a, b, points[state] as Point)) sum += PENALTY.through;
    for (let j = i + 1; j < segments.length; j++) {
      const other = segments[j] as Segment;
      sum += clash(a, b, points[other.from] as Point, points[other.to] as Point);
    }
  }
  return sum;
}

/** How much two arrows disturb one another. */
function clash(a: Point, b: Point, c: Point, d: Point): number {
  if (same(a, c)) return fan(a, b, d);
  if (same(a, d)) return fan(a, b, c);
  if (same(b, c)) return fan(b, a, d);
  if (same(b, d)) return fan(b, a, c);
  return isCrossing(a, b, c, d) ? PENALTY.crossing : 0;
}

/** Two arrows at one state, almost upon one another. */
function fan(at: Point, p: Point, q: Point): number {
  const [px, py, qx, qy] = [p[0] - at[0], p[1] - at[1], q[0] - at[0], q[1] - at[1]];
  return px * qx + py * qy > 0 && Math.abs(px * qy - py * qx) < 0.12 * Math.hypot(px, py) * Math.hypot(qx, qy) ? PENALTY.overlap : 0;
}

const same = (p: Point, q: Point): boolean => p[0] === q[0] && p[1] === q[1];

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}

function isCrossing(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** True when a line meets the box of a state. */
function runsThrough(a: Point, b: Point, p: Point): boolean {
  const [x0, x1] = span(a[0], b[0], p[0], HALF.x);
  const [y0, y1] = span(a[1], b[1], p[1], HALF.y);
  return Math.max(0, x0, y0) < Math.min(1, x1, y1);
}

/** From which to which part of its way something that goes from a to b is within reach of p. */
function span(a: number, b: number, p: number, reach: number): readonly [number, number] {
  if (a === b) return Math.abs(a - p) < reach ? [0, 1] : [1, 0];
  const [s, t] = [(p - reach - a) / (b - a), (p + reach - a) / (b - a)];
  return s < t ? [s, t] : [t, s];
}
