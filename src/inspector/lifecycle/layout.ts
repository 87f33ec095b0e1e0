import type { Arrow, Chart } from '../../oracles/index.ts';
import { placesOf, type Slot } from './places.ts';

export interface StateBox {
  readonly state: string;
  readonly label: string;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ArrowLine {
  readonly arrow: Arrow;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** What leads along it; '' where the state that it leads to says so itself. */
  readonly label: string;
  /** Where it is said. */
  readonly labelAt: readonly [x: number, y: number];
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly StateBox[];
  readonly arrows: readonly ArrowLine[];
}

const FONT = 12;
const HEIGHT = 28;
const PADDING = 11;
const WIDTH_MIN = 58;
const ROW_PITCH = 64;
/** Between columns, so that arrows show their direction. */
const GAP = 34;
const LABEL_ROOM = 22;
/** Around everything; at the top there is the dot at which a life begins. */
const MARGIN = { x: 3, top: 26, bottom: 4 };
/** Two arrows there and back run side by side. */
const BESIDE = 8;
const HEAD = 3;

const places = new WeakMap<Chart, ReadonlyMap<string, Slot>>();

/** A chart as a drawing in somebody's language. */
export function layoutOf(chart: Chart, stateLabel: (state: string) => string, eventLabel: (event: string) => string): Layout {
  let slots = places.get(chart);
  if (!slots) {
    slots = placesOf(chart);
    places.set(chart, slots);
  }
  const columns = columnsOf(chart, slots, stateLabel, (arrow) => textWidth(saidOf(arrow, eventLabel)));
  const boxes = new Map<string, StateBox>();
  for (const [state, { column, row }] of slots) {
    const label = stateLabel(state);
    const { x = 0 } = columns.get(column) ?? {};
    boxes.set(state, { state, label, x, y: MARGIN.top + HEIGHT / 2 + row * ROW_PITCH, width: boxWidth(label), height: HEIGHT });
  }
  const right = Math.max(...[...columns.values()].map(({ x, width }) => x + width / 2));
  const bottom = Math.max(...[...boxes.values()].map(({ y }) => y + HEIGHT / 2));
  return {
    width: right + MARGIN.x,
    height: bottom + MARGIN.bottom,
    states: [...boxes.values()],
    arrows: chart.arrows.map((arrow) => arrowLine(chart, arrow, boxes, eventLabel)),
  };
}

/** About how wide a text is: the drawing is made before anything is painted. */
export function textWidth(text: string): number {
  let ems = 0;
  for (const letter of text) ems += letter > '⺀' ? 1 : /[ilj.,:'()! tfr]/.test(letter) ? 0.36 : /[mwMW]/.test(letter) ? 0.86 : 0.59;
  return ems * FONT;
}

function boxWidth(label: string): number {
  return Math.max(WIDTH_MIN, Math.ceil(textWidth(label)) + 2 * PADDING);
}

function columnsOf(
  chart: Chart,
  slots: ReadonlyMap<string, Slot>,
  label: (state: string) => string,
  labelWidth: (arrow: Arrow) => number,
): ReadonlyMap<number, { readonly x: number; readonly width: number }> {
  const widths = new Map<number, number>();
  for (const state of chart.states) {
    const { column } = slots.get(state) as Slot;
    widths.set(column, Math.max(widths.get(column) ?? 0, boxWidth(label(state))));
  }
  const columns = new Map<number, { readonly x: number; readonly width: number }>();
  const columnOf = (state: string) => slots.get(state)?.column ?? 0;
  let left = MARGIN.x;
  let before: number | undefined;
  for (const column of [...widths.keys()].sort((a, b) => a - b)) {
    const width = widths.get(column) as number;
    // What is said about an arrow from the one column to the other finds room between them.
    const between = chart.arrows.filter(({ from, to }) => {
      const [one, other] = [columnOf(from), columnOf(to)];
      return (one === before && other === column) || (one === column && other === before);
    });
    if (before !== undefined) left += Math.max(GAP, ...between.map((arrow) => labelWidth(arrow) + LABEL_ROOM));
    columns.set(column, { x: left + width / 2, width });
    left += width;
    before = column;
  }
  return columns;
}

function arrowLine(chart: Chart, arrow: Arrow, boxes: ReadonlyMap<string, StateBox>, eventLabel: (event: string) => string): ArrowLine {
  const from = boxes.get(arrow.from) as StateBox;
  const to = boxes.get(arrow.to) as StateBox;
  const isPair = chart.arrows.some((other) => other.from === arrow.to && other.to === arrow.from);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  // To the right of where it leads, as traffic goes: then two never lie upon one another.
  const [sx, sy] = isPair ? [(-dy / length) * BESIDE, (dx / length) * BESIDE] : [0, 0];
  const start = border(from, dx, dy, sx, sy, 0);
  const end = border(to, -dx, -dy, sx, sy, HEAD);
  const isUpright = Math.abs(dx) < Math.abs(dy) * 0.25;
  const isLevel = Math.abs(dy) < Math.abs(dx) * 0.25;
  // Beside an upright arrow, above or below a level one, upon a slanting one unless it has a neighbour.
  const anchor = isLevel || (!isUpright && !isPair) ? 'middle' : !isPair || sx > 0 ? 'start' : 'end';
  const aside = anchor === 'middle' ? 0 : anchor === 'start' ? 7 : -7;
  const above = isLevel ? (sy > 0 ? 11 : -11) : 0;
  const label = saidOf(arrow, eventLabel);
  return { arrow, from: start, to: end, label, labelAt: [(start[0] + end[0]) / 2 + aside, (start[1] + end[1]) / 2 + above], anchor };
}

/** What leads along an arrow; '' where the state that it leads to says so itself. */
function saidOf({ events, to }: Arrow, eventLabel: (event: string) => string): string {
  const [event = ''] = events;
  return event.slice(event.lastIndexOf('.') + 1) === to ? '' : eventLabel(event);
}

/** Where a line through a box (moved aside by sx, sy) leaves it, and a little beyond. */
function border(
  { x, y, width, height }: StateBox,
  dx: number,
  dy: number,
  sx: number,
  sy: number,
  beyond: number,
): readonly [number, number] {
  const length = Math.hypot(dx, dy);
  const tx = dx === 0 ? Number.POSITIVE_INFINITY : (width / 2 - sx * Math.sign(dx)) / Math.abs(dx);
  const ty = dy === 0 ? Number.POSITIVE_INFINITY : (height / 2 - sy * Math.sign(dy)) / Math.abs(dy);
  const t = Math.min(tx, ty) + beyond / length;
  return [x + sx + dx * t, y + sy + dy * t];
}
