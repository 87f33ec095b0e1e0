import { nextBelow, type RandomState, randomStream } from '../../base/index.ts';
import type { Arrow, Chart } from '../../oracles/index.ts';
import { type Box, clash, type Point, runsThrough } from './lines.ts';

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
/** A group reaches a little beyond its states. */
const FRAME = 10;

/** It is improved from several beginnings, and the best result is taken. */
const ATTEMPTS = 6;

const PENALTY = { crossing: 90, overlap: 300, through: 500, intruder: 2_000, upward: 25, bent: 450, row: 45, column: 150, spread: 1 };

interface Segment {
  readonly from: number;
  readonly to: number;
  /** The usual way on: it should lead straight down. */
  readonly isMain: boolean;
  readonly isBothWays: boolean;
}
/** A chart by numbers: its states, then its groups. */
interface Plan {
  readonly states: number;
  readonly groups: readonly (readonly number[])[];
  readonly segments: readonly Segment[];
  readonly rows: number;
  /** Where lives begin: it stays at the top. */
  readonly fixed: number;
}

/**
 * Places the states of a chart by itself: the usual way, which is the first arrow of each state, goes down the middle; the
 * others stand beside it where the fewest arrows cross and none runs through a state. The same chart always looks the same.
 */
export function placesOf(chart: Chart): ReadonlyMap<string, Slot> {
  const { states } = chart;
  const main = mainWay(chart);
  const plan: Plan = {
    states: states.length,
    groups: chart.groups.map((group) => group.states.map((state) => states.indexOf(state))),
    segments: segmentsOf(chart, main),
    rows: Math.max(main.length, Math.ceil((states.length - main.length) / (COLUMNS - 1)) + 1),
    fixed: states.indexOf(chart.initial),
  };
  const random = randomStream(1, chart.name);
  let slots: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tried = firstSlots(states, main, plan.rows, random);
    const costs = improve(tried, plan);
    if (costs >= least) continue;
    least = costs;
    slots = tried;
  }
  return new Map(
    states.map((state, i) => [state, { column: (slots[i] as number) % COLUMNS, row: Math.floor((slots[i] as number) / COLUMNS) }]),
  );
}

const BOXES: readonly Box[] = Array.from({ length: 90 }, (_, slot) => ({
  x: (slot % COLUMNS) * PITCH.x,
  y: Math.floor(slot / COLUMNS) * PITCH.y,
  halfX: HALF.x,
  halfY: HALF.y,
}));

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

function segmentsOf({ states, groups, arrows }: Chart, main: readonly string[]): readonly Segment[] {
  const ends = [...states, ...groups.map(({ name }) => name)];
  const segments: Segment[] = [];
  for (const { from, to } of arrows) {
    const [a, b] = [ends.indexOf(from), ends.indexOf(to)];
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
function improve(slots: number[], plan: Plan): number {
  const { fixed, rows } = plan;
  let best = cost(slots, plan, Number.POSITIVE_INFINITY);
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (let state = 0; state < slots.length; state++) {
      for (let slot = 0; state !== fixed && slot < rows * COLUMNS; slot++) {
        const back = slots[state] as number;
        if (!exchange(slots, state, slot, fixed)) continue;
        const tried = cost(slots, plan, best);
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
function cost(slots: readonly number[], plan: Plan, limit: number): number {
  const { groups, segments } = plan;
  const boxes = slots.map((slot) => BOXES[slot] as Box);
  let sum = extent(boxes);
  for (const group of groups) {
    const frame = frameOf(group, boxes);
    sum += (frame.halfX + frame.halfY) * PENALTY.spread + PENALTY.intruder * intruders(group, frame, boxes, plan);
    boxes.push(frame);
  }
  if (sum >= limit) return sum;
  const lines = segments.map(({ from, to }) => lineBetween(boxes[from] as Box, boxes[to] as Box));
  for (let i = 0; i < lines.length && sum < limit; i++) {
    const [a, b] = lines[i] as readonly [Point, Point];
    sum += costOf(segments[i] as Segment, a, b, boxes, plan);
    for (let j = i + 1; j < lines.length; j++) {
      const [c, d] = lines[j] as readonly [Point, Point];
      sum += clash(a, b, c, d, PENALTY);
    }
  }
  return sum;
}

/** A drawing that is small can be shown large. */
function extent(boxes: readonly Box[]): number {
  let [right, bottom, left] = [0, 0, Number.POSITIVE_INFINITY];
  for (const { x, y } of boxes) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return (bottom / PITCH.y) * PENALTY.row + ((right - left) / PITCH.x) * PENALTY.column;
}

function intruders(group: readonly number[], frame: Box, boxes: readonly Box[], { states }: Plan): number {
  let count = 0;
  for (let state = 0; state < states; state++) if (!group.includes(state) && isInside(boxes[state] as Box, frame)) count++;
  return count;
}

/** One arrow by itself: short and downward is best, through a state worst. */
function costOf(segment: Segment, a: Point, b: Point, boxes: readonly Box[], plan: Plan): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let sum = Math.hypot(dx, dy);
  if (dy < 0 && !segment.isBothWays) sum += PENALTY.upward;
  if (segment.isMain && (dx !== 0 || dy !== PITCH.y)) sum += PENALTY.bent;
  for (let state = 0; state < plan.states; state++) {
    if (isPartOf(state, segment.from, plan) || isPartOf(state, segment.to, plan)) continue;
    if (runsThrough(a, b, boxes[state] as Box)) sum += PENALTY.through;
  }
  return sum;
}

function isPartOf(state: number, end: number, { states, groups }: Plan): boolean {
  return state === end || (end >= states && (groups[end - states] as readonly number[]).includes(state));
}

/** The frame around the states of a group. */
function frameOf(group: readonly number[], boxes: readonly Box[]): Box {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
  for (const state of group) {
    const { x, y } = boxes[state] as Box;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    halfX: (right - left) / 2 + HALF.x + FRAME,
    halfY: (bottom - top) / 2 + HALF.y + FRAME,
  };
}

function isInside(box: Box, frame: Box): boolean {
  return Math.abs(box.x - frame.x) < box.halfX + frame.halfX && Math.abs(box.y - frame.y) < box.halfY + frame.halfY;
}

/** Between the middles of two states; a group is left at its frame, on the straightest way. */
function lineBetween(from: Box, to: Box): readonly [Point, Point] {
  return [endAt(from, to), endAt(to, from)];
}

function endAt(box: Box, other: Box): Point {
  if (box.halfX <= HALF.x) return [box.x, box.y];
  const within = (value: number, middle: number, half: number) => Math.min(middle + half, Math.max(middle - half, value));
  return [within(other.x, box.x, box.halfX), within(other.y, box.y, box.halfY)];
}
