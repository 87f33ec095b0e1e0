import type { LineId, PartId } from '../base/index.ts';
import type { Line, Part } from '../scenario/index.ts';

export interface Spot {
  readonly id: PartId | LineId;
  readonly x: number;
  readonly y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Parts this close in x are read as one column, from top to bottom. */
const COLUMN_WIDTH = 96;

/**
 * Parts and lines as one would read the drawing: along the way of the messages from left to right, a region before
 * what is inside it, each part followed by the lines that leave it.
 */
export function readingOrder(parts: readonly Part[], lines: readonly Line[]): readonly (PartId | LineId)[] {
  const byPlace = (a: Part, b: Part): number => column(a) - column(b) || a.y - b.y || a.x - b.x;
  const leaving = new Map<PartId, LineId[]>();
  const put = <T>(lists: Map<PartId, T[]>, id: PartId, item: T): void => {
    const list = lists.get(id);
    if (list) list.push(item);
    else lists.set(id, [item]);
  };
  for (const line of lines) put(leaving, line.from, line.id);
  const held = new Map<PartId, Part[]>();
  const ids = new Set(parts.map((part) => part.id));
  const roots: Part[] = [];
  for (const part of parts) {
    if (part.parent !== undefined && ids.has(part.parent)) put(held, part.parent, part);
    else roots.push(part);
  }
  const order: (PartId | LineId)[] = [];
  for (const root of roots.sort(byPlace)) {
    for (const part of [root, ...(held.get(root.id) ?? []).sort(byPlace)]) order.push(part.id, ...(leaving.get(part.id) ?? []));
  }
  return order;
}

/** A region is read at its left edge, where its title is. */
function column(part: Part): number {
  return Math.floor((part.x - (part.width ?? 0) / 2) / COLUMN_WIDTH);
}

/** The nearest spot in a direction; what lies straight ahead wins over what lies aside. */
export function neighbour(spots: readonly Spot[], from: Spot, direction: Direction): Spot | undefined {
  let best: Spot | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    if (spot.id === from.id) continue;
    const cost = costOf(spot.x - from.x, spot.y - from.y, direction);
    if (cost < bestCost) {
      best = spot;
      bestCost = cost;
    }
  }
  return best;
}

function costOf(dx: number, dy: number, direction: Direction): number {
  const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
  if (ahead < 4) return Number.POSITIVE_INFINITY;
  const isAside = aside > ahead * 2;
  return ahead + aside * 2 + (isAside ? 10_000 : 0);
}
