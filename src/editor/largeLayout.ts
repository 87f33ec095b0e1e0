import type { PartId } from '../base/index.ts';
import type { Line, Move, Part } from '../scenario/index.ts';
import { layOut } from '../scenario/packing.ts';
import type { Arrangement } from './autolayout.ts';

/** Distances between middles of parts outside any region, and from them to the regions, in canvas pixels. */
const ROW = 104;
const COLUMN = 160;
const GAP = 240;
const HEIGHT_MIN = 720;

/**
 * The same for a drawing of thousands of parts, in time that grows with them: regions side by side, packed inside; at their
 * left what leads into them, at their right all else.
 */
export function arrangeLarge(parts: readonly Part[], lines: readonly Line[]): Arrangement {
  const held = new Map<PartId, Part[]>();
  for (const part of parts) {
    if (part.parent === undefined) continue;
    const inside = held.get(part.parent);
    if (inside) inside.push(part);
    else held.set(part.parent, [part]);
  }
  const leaving = new Set(lines.map((line) => line.from));
  const moves: Move[] = [];
  const regions: Arrangement['regions'][number][] = [];
  let right = 0;
  let tallest = HEIGHT_MIN;
  for (const [region, inside] of held) {
    const isHub = (part: Part) => leaving.has(part.id);
    const ids = (some: readonly Part[]) => some.map((part) => part.id);
    const { at, width, height } = layOut(ids(inside.filter(isHub)), ids(inside.filter((part) => !isHub(part))), lines);
    for (const [id, { x, y }] of at) moves.push({ id, x: right + x, y });
    regions.push({ id: region, x: right + width / 2, y: height / 2, width, height });
    right += width + GAP;
    tallest = Math.max(tallest, height);
  }
  const free = parts.filter((part) => part.parent === undefined && !held.has(part.id));
  const rows = Math.max(1, Math.floor(tallest / ROW));
  const stack = (some: readonly Part[], from: number, step: number) =>
    some.forEach((part, i) => {
      moves.push({ id: part.id, x: from + Math.floor(i / rows) * step, y: ROW + (i % rows) * ROW });
    });
  stack(
    free.filter((part) => leaving.has(part.id)),
    -GAP,
    -COLUMN,
  );
  stack(
    free.filter((part) => !leaving.has(part.id)),
    right,
    COLUMN,
  );
  return { moves, regions };
}
