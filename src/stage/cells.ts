import type { Cell, PartView } from '../engine/index.ts';
import { RAIL, type Rect } from '../scenario/index.ts';

/** One message in a queue's rail, or the number of those that have no room. */
export interface PlacedCell {
  readonly x: number;
  readonly y: number;
  readonly isUnacked: boolean;
  readonly cell: Cell | undefined;
  /** More messages than fit; 0 for a message. */
  readonly more: number;
}

const EDGE_GAP = 4;
const DIVIDER_GAP = 12.5;

/** Cells of a rail: ready from the divider to the left, head first; unacked from the divider to the right, oldest first. */
export function placeCells(rect: Rect, store: NonNullable<PartView['store']>): readonly PlacedCell[] {
  const divider = rect.x + RAIL.divider;
  const y = rect.y + rect.height / 2;
  return [
    ...row(store.ready, store.readyCount, slots(RAIL.divider), (i) => ({ x: divider - DIVIDER_GAP - i * RAIL.pitch, y, isUnacked: false })),
    ...row(store.unacked, store.unackedCount, slots(rect.width - RAIL.divider), (i) => ({
      x: divider + DIVIDER_GAP + 1 + i * RAIL.pitch,
      y,
      isUnacked: true,
    })),
  ];
}

function slots(width: number): number {
  return Math.max(1, 1 + Math.floor((width - DIVIDER_GAP - RAIL.cellRadius - EDGE_GAP) / RAIL.pitch));
}

function row(
  cells: readonly Cell[],
  count: number,
  room: number,
  place: (i: number) => Pick<PlacedCell, 'x' | 'y' | 'isUnacked'>,
): readonly PlacedCell[] {
  const shown = count > room ? room - 1 : Math.min(room, cells.length);
  const placed: PlacedCell[] = cells.slice(0, shown).map((cell, i) => ({ ...place(i), cell, more: 0 }));
  if (count > shown) placed.push({ ...place(shown), cell: undefined, more: count - shown });
  return placed;
}
