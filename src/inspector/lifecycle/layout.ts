import type { Arrow, Chart } from '../../oracles/index.ts';
import { type Label, placeLabels, textWidth } from './labels.ts';
import type { Box, Point } from './lines.ts';
import { placesOf, type Slot } from './places.ts';

/** A state, or the frame around a group of them. */
export interface StateBox extends Box {
  readonly state: string;
  readonly label: string;
}

export interface ArrowLine {
  readonly arrow: Arrow;
  readonly from: Point;
  readonly to: Point;
  /** What leads along it; undefined where the state that it leads to says so itself. */
  readonly label: Label | undefined;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly StateBox[];
  readonly frames: readonly StateBox[];
  readonly arrows: readonly ArrowLine[];
}

/** What a reader calls states and events. */
export interface Words {
  readonly state: (state: string) => string;
  readonly event: (event: string) => string;
}

const HALF_HEIGHT = 14;
const PADDING = 11;
const WIDTH_MIN = 58;
const ROW_PITCH = 64;
/** Between columns, so that arrows show their direction. */
const GAP = 34;
const LABEL_ROOM = 20;
/** Around everything; at the top there is the dot at which a life begins. */
const MARGIN = { x: 3, top: 26, bottom: 4 };
/** A frame's distance from its states; its name stands at the bottom. */
const FRAME = { x: 9, top: 12, bottom: 26 };
/** Two arrows there and back run side by side. */
const BESIDE = 8;
const HEAD = 3;
/** A drawing may be as wide as this in any case: words beside arrows need not be squeezed in. */
const ROOMY = 304;

const places = new WeakMap<Chart, ReadonlyMap<string, Slot>>();

/** A chart as a drawing in somebody's language. */
export function layoutOf(chart: Chart, words: Words): Layout {
  let slots = places.get(chart);
  if (!slots) {
    slots = placesOf(chart);
    places.set(chart, slots);
  }
  const columns = columnsOf(chart, slots, words);
  const ys = rowsOf(chart, slots);
  const states = chart.states.map((state): StateBox => {
    const { column, row } = slots.get(state) as Slot;
    const label = words.state(state);
    return { state, label, x: columns.get(column)?.x ?? 0, y: ys[row] as number, halfX: halfWidth(label), halfY: HALF_HEIGHT };
  });
  const frames = chart.groups.map((group): StateBox => {
    const inside = states.filter(({ state }) => group.states.includes(state));
    // What is said inside a frame stays inside: the frame is as wide as its columns.
    const wide = inside.map((box) => ({ ...box, halfX: columns.get(slots.get(box.state)?.column ?? 0)?.half ?? box.halfX }));
    return { state: group.name, label: words.state(group.name), ...frameAround(wide) };
  });
  const boxes = new Map([...states, ...frames].map((box) => [box.state, box]));
  const lines = chart.arrows.map((arrow) => ({ arrow, ...lineOf(chart, arrow, boxes), text: saidOf(arrow, words) }));
  const all = [...states, ...frames];
  const width = Math.max(...all.map(({ x, halfX }) => x + halfX)) + MARGIN.x;
  const labels = placeLabels(lines, states, Math.max(width, ROOMY));
  return {
    width: Math.max(width, ...labels.map((label) => (label ? label.x + label.halfX : 0))),
    height: Math.max(...all.map(({ y, halfY }) => y + halfY)) + MARGIN.bottom,
    states,
    frames,
    arrows: lines.map(({ arrow, from, to }, i) => ({ arrow, from, to, label: labels[i] })),
  };
}

function halfWidth(label: string): number {
  return Math.max(WIDTH_MIN, Math.ceil(textWidth(label)) + 2 * PADDING) / 2;
}

interface Column {
  readonly x: number;
  readonly half: number;
}

/** The columns that are in use: their middles, and half of their widths. */
function columnsOf(chart: Chart, slots: ReadonlyMap<string, Slot>, words: Words): ReadonlyMap<number, Column> {
  const used = [...new Set([...slots.values()].map(({ column }) => column))].sort((a, b) => a - b);
  const columns = new Map<number, Column>();
  let left = MARGIN.x + (chart.groups.length > 0 ? FRAME.x : 0);
  for (const [i, column] of used.entries()) {
    const here = chart.states.filter((state) => slots.get(state)?.column === column);
    const upright = chart.arrows.filter(({ from, to }) => here.includes(from) && here.includes(to) && chart.groupOf(from) !== undefined);
    const half = Math.max(
      ...here.map((state) => halfWidth(words.state(state))),
      ...upright.map((arrow) => BESIDE + LABEL_ROOM - FRAME.x + textWidth(saidOf(arrow, words))),
    );
    const before = used[i - 1];
    if (before !== undefined)
      left += Math.max(GAP, ...chart.arrows.map((arrow) => roomBetween(chart, arrow, slots, before, column, words)));
    columns.set(column, { x: left + half, half });
    left += 2 * half;
  }
  return columns;
}

/** What is said about a level arrow between two columns finds room between them. */
function roomBetween(chart: Chart, arrow: Arrow, slots: ReadonlyMap<string, Slot>, left: number, right: number, words: Words): number {
  const ends = [arrow.from, arrow.to].map((name) => {
    const inside = chart.groups.find((group) => group.name === name)?.states ?? [name];
    const own = inside.map((state) => slots.get(state) as Slot);
    return { columns: own.map(({ column }) => column), rows: own.map(({ row }) => row), frame: inside[0] === name ? 0 : FRAME.x };
  });
  const [a, b] = ends.sort((one, other) => Math.min(...one.columns) - Math.min(...other.columns)) as [(typeof ends)[0], (typeof ends)[0]];
  const isLevel = a.rows.some((row) => b.rows.includes(row));
  if (!isLevel || Math.max(...a.columns) !== left || Math.min(...b.columns) !== right) return 0;
  return textWidth(saidOf(arrow, words)) + LABEL_ROOM + a.frame + b.frame;
}

/** The middles of the rows; above and below a frame there is some more room. */
function rowsOf(chart: Chart, slots: ReadonlyMap<string, Slot>): readonly number[] {
  const rows = Math.max(...[...slots.values()].map(({ row }) => row)) + 1;
  const spans = chart.groups.map(({ states }) => states.map((state) => slots.get(state)?.row ?? 0));
  const ys: number[] = [];
  for (let row = 0, y = MARGIN.top + HALF_HEIGHT; row < rows; row++, y += ROW_PITCH) {
    for (const span of spans) {
      if (row === Math.min(...span)) y += FRAME.top;
      if (row === Math.max(...span) + 1) y += FRAME.bottom;
    }
    ys.push(y);
  }
  return ys;
}

function frameAround(inside: readonly Box[]): Box {
  const left = Math.min(...inside.map(({ x, halfX }) => x - halfX)) - FRAME.x;
  const right = Math.max(...inside.map(({ x, halfX }) => x + halfX)) + FRAME.x;
  const top = Math.min(...inside.map(({ y, halfY }) => y - halfY)) - FRAME.top;
  const bottom = Math.max(...inside.map(({ y, halfY }) => y + halfY)) + FRAME.bottom;
  return { x: (left + right) / 2, y: (top + bottom) / 2, halfX: (right - left) / 2, halfY: (bottom - top) / 2 };
}

function lineOf(
  chart: Chart,
  arrow: Arrow,
  boxes: ReadonlyMap<string, Box>,
): { readonly from: Point; readonly to: Point; readonly isPair: boolean } {
  const [from, to] = [boxes.get(arrow.from) as Box, boxes.get(arrow.to) as Box];
  const isPair = chart.arrows.some((other) => other.from === arrow.to && other.to === arrow.from);
  // A frame is left where it is nearest: the arrow stands straight on it.
  const [a, b] = [anchorOf(from, to), anchorOf(to, from)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  // To the right of where it leads, as traffic goes: then two never lie upon one another.
  const [sx, sy] = isPair ? [(-dy / length) * BESIDE, (dx / length) * BESIDE] : [0, 0];
  const start: Point = [a[0] + sx, a[1] + sy];
  const end: Point = [b[0] + sx, b[1] + sy];
  return { from: leave(start, end, from, 0), to: leave(end, start, to, HEAD), isPair };
}

const isFrame = ({ halfY }: Box): boolean => halfY > HALF_HEIGHT;

function anchorOf(box: Box, other: Box): Point {
  if (!isFrame(box)) return [box.x, box.y];
  const within = (value: number, middle: number, half: number) => Math.min(middle + half, Math.max(middle - half, value));
  return [within(other.x, box.x, box.halfX), within(other.y, box.y, box.halfY)];
}

/** Where the line from p to q leaves a box, and a little beyond. */
function leave(p: Point, q: Point, box: Box, beyond: number): Point {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const length = Math.hypot(dx, dy);
  const edge = (from: number, d: number, middle: number, half: number) =>
    d === 0 ? Number.POSITIVE_INFINITY : (middle + Math.sign(d) * half - from) / d;
  const t = isFrame(box) ? 0 : Math.min(edge(p[0], dx, box.x, box.halfX), edge(p[1], dy, box.y, box.halfY));
  return [p[0] + dx * (t + beyond / length), p[1] + dy * (t + beyond / length)];
}

/** What leads along an arrow; '' where the state that it leads to says so itself. */
function saidOf({ events, to }: Arrow, words: Words): string {
  const [event = ''] = events;
  const said = words.event(event);
  return event.slice(event.lastIndexOf('.') + 1) === to || said === words.state(to) ? '' : said;
}
