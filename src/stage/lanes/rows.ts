import type { Lane } from '../../engine/index.ts';
import { cellsRect, firstCell, firstRow, LANES, type LaneScroll, type Rect, rowsShown } from '../../scenario/index.ts';

/** One lane as it stands in its part. */
export interface Row {
  readonly lane: Lane;
  /** Of its cells, canvas pixels. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** The number at the left edge, a broken one. */
  readonly first: number;
}

/** The lanes that have room in a part, from the first that is scrolled to. */
export function rowsOf(rect: Rect, lanes: readonly Lane[], scroll: LaneScroll | undefined): readonly Row[] {
  const box = cellsRect(rect);
  const from = firstRow(rect, lanes.length, scroll);
  return lanes.slice(from, from + rowsShown(rect)).map((lane, i) => ({
    lane,
    left: box.x,
    right: box.x + box.width,
    top: box.y + i * LANES.row + LANES.above,
    first: firstCell(rect, lane, scroll),
  }));
}

/** The left edge of a number's cell. */
export function cellX({ left, first }: Row, at: number): number {
  return left + (at - first) * LANES.pitch + 1;
}

/** The row and the number at a point; a number that nothing stands at, too. */
export function rowAt(rows: readonly Row[], x: number, y: number): { readonly row: Row; readonly at: number } | undefined {
  const row = rows.find(({ top }) => y >= top - LANES.above && y < top - LANES.above + LANES.row);
  if (!row || x < row.left || x > row.right) return undefined;
  return { row, at: Math.floor(row.first + (x - row.left) / LANES.pitch) };
}
