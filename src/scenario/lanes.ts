import type { Rect } from './geometry.ts';

/**
 * Inside a part with lanes, in canvas pixels: a row a lane. In a row the names of marks stand above the cells, those of
 * readers below; left of the cells the lane's key, right of them how far readers lag behind.
 */
export const LANES = {
  pad: 6,
  row: 50,
  /** From the top of a row to its cells. */
  above: 12,
  cellHeight: 22,
  cellWidth: 22,
  pitch: 24,
  label: 48,
  tail: 44,
  /** More lanes than these are scrolled to, unless the author makes room for them. */
  shownAtFirst: 6,
} as const;

/** How far a person has scrolled the lanes of a part; what is not said follows the end. */
export interface LaneScroll {
  /** The first row shown. */
  readonly row: number;
  /** By the lane's key: the number at the left edge. */
  readonly at: { readonly [lane: string]: number };
}
export const UNSCROLLED: LaneScroll = { row: 0, at: {} };

/** What scrolling needs to know of a lane. */
interface Extent {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

export function lanesHeight(lanes: number): number {
  return 2 * LANES.pad + lanes * LANES.row;
}

/** Where the cells of a part's lanes are drawn: its box without names and lags. */
export function cellsRect({ x, y, width, height }: Rect): Rect {
  return {
    x: x + LANES.label,
    y: y + LANES.pad,
    width: Math.max(LANES.pitch, width - LANES.label - LANES.tail),
    height: height - 2 * LANES.pad,
  };
}

/** Cells side by side in a part of this width, a broken number. */
export function cellsShown(rect: Rect): number {
  return cellsRect(rect).width / LANES.pitch;
}

/** Rows that are seen whole. */
export function rowsShown(rect: Rect): number {
  return Math.max(1, Math.floor((cellsRect(rect).height + 0.5) / LANES.row));
}

/** The first row shown: never so far down that room below the last one is left empty. */
export function firstRow(rect: Rect, lanes: number, scroll: LaneScroll | undefined): number {
  return Math.min(Math.max(0, lanes - rowsShown(rect)), Math.max(0, Math.round(scroll?.row ?? 0)));
}

/** The number at the left edge when the end is followed: the next one to come has its place still in sight. */
export function endView(rect: Rect, lane: Extent): number {
  return Math.max(0, lane.end + 1 - Math.floor(cellsShown(rect)));
}

/** The number at the left edge. Nothing that is kept or was lies left of the least: cells do not move while they go. */
export function firstCell(rect: Rect, lane: Extent, scroll: LaneScroll | undefined): number {
  const wanted = scroll && Object.hasOwn(scroll.at, lane.key) ? scroll.at[lane.key] : undefined;
  const last = endView(rect, lane);
  return wanted === undefined ? last : Math.min(last, Math.max(0, wanted));
}

/** The same lanes scrolled by so many cells, one of them or all. At its end a lane is followed again. */
export function scrolledCells(
  rect: Rect,
  lanes: readonly Extent[],
  scroll: LaneScroll | undefined,
  cells: number,
  only?: string,
): LaneScroll {
  const at: { [lane: string]: number } = { ...scroll?.at };
  for (const lane of lanes) {
    if (only !== undefined && lane.key !== only) continue;
    const last = endView(rect, lane);
    const next = Math.max(0, firstCell(rect, lane, scroll) + cells);
    if (next >= last) delete at[lane.key];
    else at[lane.key] = next;
  }
  return { row: scroll?.row ?? 0, at };
}

/** The same lanes scrolled by so many rows. */
export function scrolledRows(rect: Rect, lanes: number, scroll: LaneScroll | undefined, rows: number): LaneScroll {
  const most = Math.max(0, lanes - rowsShown(rect));
  const row = Math.min(most, Math.max(0, (scroll?.row ?? 0) + rows));
  return { row, at: scroll?.at ?? {} };
}

/** True when scrolling has led somewhere else. */
export function hasScrolled(rect: Rect, lanes: readonly Extent[], before: LaneScroll | undefined, after: LaneScroll): boolean {
  if (firstRow(rect, lanes.length, before) !== firstRow(rect, lanes.length, after)) return true;
  return lanes.some((lane) => firstCell(rect, lane, before) !== firstCell(rect, lane, after));
}
