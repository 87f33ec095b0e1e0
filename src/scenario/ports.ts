import type { LineId, PartId } from '../base/index.ts';
import { curveBetween, type Edge, type Ends, isUpright, type Placed, type Port, pointOf } from './curves.ts';
import type { Rect } from './geometry.ts';
import type { Line } from './types.ts';
import type { Shape } from './vocabulary.ts';

/** Distance between neighbouring lines on one edge, where there is room. */
const SPACING = 13;
/** How far from the middle of an edge a line may touch a shape, as a share of the half edge. */
const SPREAD: { readonly [S in Shape]: number } = { circle: 0.62, hexagon: 0.5, rail: 0.7, lanes: 0.8, region: 0.9 };
/** Distance of parallel lines between the same two parts: a label's height and a little air. */
const PARALLEL_GAP = 30;

interface Draft {
  readonly line: Line;
  readonly index: number;
  readonly from: Placed;
  readonly to: Placed;
  readonly edges: readonly [Edge, Edge];
}

/** Which edge each line leaves and enters by, and where along it, so that lines of one edge neither overlap nor cross. */
export function spreadPorts(
  lines: readonly Line[],
  placed: ReadonlyMap<PartId, Placed>,
  obstacles: readonly Placed[],
): ReadonlyMap<LineId, Ends> {
  const drafts = draftsOf(lines, placed, obstacles);
  const offsets = new Map<string, number>();
  for (const group of groupByEdge(drafts)) spread(group, offsets);
  const bulges = bulgesOf(drafts);
  const result = new Map<LineId, Ends>();
  for (const draft of drafts) {
    result.set(draft.line.id, {
      from: { part: draft.from, edge: draft.edges[0], offset: offsets.get(`${draft.index}from`) ?? 0 },
      to: { part: draft.to, edge: draft.edges[1], offset: offsets.get(`${draft.index}to`) ?? 0 },
      bulge: bulges.get(draft.index) ?? 0,
    });
  }
  return result;
}

function draftsOf(lines: readonly Line[], placed: ReadonlyMap<PartId, Placed>, obstacles: readonly Placed[]): readonly Draft[] {
  const drafts: Draft[] = [];
  lines.forEach((line, index) => {
    const from = placed.get(line.from);
    const to = placed.get(line.to);
    if (from && to) drafts.push({ line, index, from, to, edges: edgesOf(from, to, obstacles) });
  });
  return drafts;
}

function edgesOf(from: Placed, to: Placed, obstacles: readonly Placed[]): readonly [Edge, Edge] {
  if (from === to) return ['right', 'top'];
  const a = from.rect;
  const b = to.rect;
  if (b.x >= a.x + a.width) return ['right', 'left'];
  if (b.x + b.width <= a.x) return isFree(from, to, obstacles) ? ['left', 'right'] : ['bottom', 'bottom'];
  if (contains(a, b) || contains(b, a)) return ['right', 'left'];
  return b.y + b.height / 2 >= a.y + a.height / 2 ? ['bottom', 'top'] : ['top', 'bottom'];
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** With more parts than this a way round all of them is longer than anyone follows, and looking for one takes too long. */
const OBSTACLES_MAX = 400;

/** Is a straight way back clear of other parts? If not, the line goes round below them. */
function isFree(from: Placed, to: Placed, obstacles: readonly Placed[]): boolean {
  if (obstacles.length > OBSTACLES_MAX) return true;
  const port = (part: Placed, edge: Edge): Port => ({ part, edge, offset: 0 });
  const curve = curveBetween({ from: port(from, 'left'), to: port(to, 'right'), bulge: 0 });
  const points = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9].map((u) => pointOf(curve, u));
  return !obstacles.some(
    ({ id, rect }) =>
      id !== from.id &&
      id !== to.id &&
      points.some((p) => p.x > rect.x - 6 && p.x < rect.x + rect.width + 6 && p.y > rect.y - 6 && p.y < rect.y + rect.height + 6),
  );
}

interface End {
  readonly key: string;
  readonly part: Placed;
  /** Where along the edge the other end lies: lines keep that order. */
  readonly towards: number;
  readonly index: number;
}

interface Group {
  readonly edge: Edge;
  readonly ends: End[];
}

function groupByEdge(drafts: readonly Draft[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  const put = (edge: Edge, end: End) => {
    const id = `${end.part.id}\n${edge}`;
    const group = groups.get(id);
    if (group) group.ends.push(end);
    else groups.set(id, { edge, ends: [end] });
  };
  for (const { from, to, edges, index } of drafts) {
    if (from === to) continue;
    put(edges[0], { key: `${index}from`, part: from, towards: towards(edges[0], to, from), index });
    put(edges[1], { key: `${index}to`, part: to, towards: towards(edges[1], from, to), index });
  }
  return groups.values();
}

function towards(edge: Edge, other: Placed, own: Placed): number {
  const dx = other.rect.x + other.rect.width / 2 - (own.rect.x + own.rect.width / 2);
  const dy = other.rect.y + other.rect.height / 2 - (own.rect.y + own.rect.height / 2);
  // The steeper way first: of two parts at one height the nearer one's line leaves further out.
  return isUpright(edge) ? dy / Math.max(1, Math.abs(dx)) : dx / Math.max(1, Math.abs(dy));
}

function spread({ edge, ends }: Group, offsets: Map<string, number>): void {
  const part = ends[0]?.part;
  if (!part || ends.length < 2) return;
  ends.sort((a, b) => a.towards - b.towards || a.index - b.index);
  const half = (isUpright(edge) ? part.rect.height : part.rect.width) / 2;
  const step = Math.min(SPACING, (2 * half * SPREAD[part.shape]) / (ends.length - 1));
  ends.forEach((end, i) => {
    offsets.set(end.key, (i - (ends.length - 1) / 2) * step);
  });
}

function bulgesOf(drafts: readonly Draft[]): ReadonlyMap<number, number> {
  const pairs = new Map<string, number[]>();
  for (const { from, to, index } of drafts) {
    const pair = from.id < to.id ? `${from.id}\n${to.id}` : `${to.id}\n${from.id}`;
    const same = pairs.get(pair);
    if (same) same.push(index);
    else pairs.set(pair, [index]);
  }
  const bulges = new Map<number, number>();
  for (const same of pairs.values()) {
    if (same.length < 2) continue;
    same.forEach((index, i) => {
      bulges.set(index, (i - (same.length - 1) / 2) * PARALLEL_GAP);
    });
  }
  return bulges;
}
