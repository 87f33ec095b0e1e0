import type { PartId } from '../base/index.ts';
import { type Line, type LineKind, type Part, type PartKind, type Rect, rectOf } from '../scenario/index.ts';
import type { Arrangement } from './autolayout.ts';
import { type KindOf, type Point, regionBounds, snap } from './placement.ts';

/** Room between parts: for what stands under a circle, and for lines that are still to come. */
const GAP = { x: 96, y: 72 };
/** Names and figures are wider than what they belong to. */
const WIDTH_MIN = 144;
/** Columns of parts inside a region, and of regions, are begun anew beyond this height. */
const INSIDE_MAX = 560;

/** What can be drawn: kinds of parts, and the lines between them. */
export interface Kinds {
  readonly parts: ReadonlyMap<string, PartKind>;
  readonly lines: ReadonlyMap<string, LineKind>;
}

interface Block {
  readonly id: PartId;
  readonly rank: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Parts that no line leads to or from yet, so that nothing says where they belong but what they are: in columns by the way that
 * messages would go, each region around what it holds. The upper left corner of all is at `corner`.
 */
export function arrangeLoose(parts: readonly Part[], kinds: Kinds, corner: Point, heightMax: number): Arrangement {
  const kindOf = (kind: string) => kinds.parts.get(kind);
  const ranks = ranksOf(kinds);
  const inside = new Map<PartId, { readonly box: Rect; readonly children: readonly Part[] }>();
  const blocks = parts
    .filter(({ parent }) => parent === undefined)
    .map((part): Block => {
      const children = within(part, parts, kindOf, ranks);
      const box = regionBounds(part, children, kindOf);
      if (box) inside.set(part.id, { box, children });
      return blockOf(part, box ?? rectOf(part, kindOf(part.kind) ?? 'circle'), ranks);
    });
  const moves: { id: PartId; x: number; y: number }[] = [];
  const regions: Arrangement['regions'][number][] = [];
  for (const [id, at] of inColumns(blocks, heightMax)) {
    const [x, y] = [snap(corner.x + at.x), snap(corner.y + at.y)];
    const held = inside.get(id);
    if (!held) {
      moves.push({ id, x, y });
      continue;
    }
    const { box, children } = held;
    regions.push({ id, x, y, width: box.width, height: box.height });
    const [dx, dy] = [x - box.x - box.width / 2, y - box.y - box.height / 2];
    for (const child of children) moves.push({ id: child.id, x: child.x + dx, y: child.y + dy });
  }
  return { moves, regions };
}

/** What a region holds, put in columns of its own. */
function within(region: Part, parts: readonly Part[], kindOf: KindOf, ranks: ReadonlyMap<string, number>): readonly Part[] {
  const children = parts.filter(({ parent }) => parent === region.id);
  const blocks = children.map((part) => blockOf(part, rectOf(part, kindOf(part.kind) ?? 'circle'), ranks));
  const at = inColumns(blocks, INSIDE_MAX);
  return children.map((part) => ({ ...part, ...at.get(part.id) }));
}

function blockOf({ id, kind }: Part, { width, height }: Pick<Rect, 'width' | 'height'>, ranks: ReadonlyMap<string, number>): Block {
  return { id, rank: ranks.get(kind) ?? 1, width: Math.max(width, WIDTH_MIN), height };
}

/** Middles, from (0, 0) on: a column or more for each rank, all columns around one middle line. */
function inColumns(blocks: readonly Block[], heightMax: number): ReadonlyMap<PartId, Point> {
  const columns: Block[][] = [];
  for (const block of blocks.toSorted((a, b) => a.rank - b.rank)) {
    const last = columns.at(-1);
    const fits = last?.[0]?.rank === block.rank && heightOf(last) + GAP.y + block.height <= heightMax;
    if (last && fits) last.push(block);
    else columns.push([block]);
  }
  const tallest = Math.max(0, ...columns.map(heightOf));
  const at = new Map<PartId, Point>();
  let left = 0;
  for (const column of columns) {
    const width = Math.max(...column.map((block) => block.width));
    let top = (tallest - heightOf(column)) / 2;
    for (const { id, height } of column) {
      at.set(id, { x: snap(left + width / 2), y: snap(top + height / 2) });
      top += height + GAP.y;
    }
    left += width + GAP.x;
  }
  return at;
}

function heightOf(column: readonly Block[]): number {
  return column.reduce((sum, { height }) => sum + height, 0) + GAP.y * (column.length - 1);
}

/**
 * How far from where messages begin each kind stands, by the lines that may lead to it: a producer, what it writes to, who reads
 * that. What holds places stands where they do.
 */
function ranksOf({ parts, lines }: Kinds): ReadonlyMap<string, number> {
  const ways = [...lines.values()].filter(({ implied }) => !implied);
  const ends = new Set(ways.flatMap(({ to }) => to));
  const ranks = new Map(ways.flatMap(({ from }) => from.filter((kind) => !ends.has(kind)).map((kind) => [kind, 0])));
  let isSettled = false;
  const lower = (kind: string, rank: number) => {
    if (rank >= (ranks.get(kind) ?? Number.POSITIVE_INFINITY)) return;
    ranks.set(kind, rank);
    isSettled = false;
  };
  while (!isSettled) {
    isSettled = true;
    for (const { from, to } of ways) for (const a of from) for (const b of to) lower(b, (ranks.get(a) ?? Number.POSITIVE_INFINITY) + 1);
    for (const { kind, inside } of parts.values()) if (inside !== undefined) lower(inside, ranks.get(kind) ?? Number.POSITIVE_INFINITY);
  }
  return ranks;
}

/** Ids of parts that lines join to others, with all that shares a region with them. */
export function joined(parts: readonly Part[], edges: readonly Pick<Line, 'from' | 'to'>[]): ReadonlySet<PartId> {
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const blocks = new Set(parts.filter(({ id }) => ends.has(id)).map(({ id, parent }) => parent ?? id));
  return new Set(parts.filter(({ id, parent }) => blocks.has(parent ?? id)).map(({ id }) => id));
}
