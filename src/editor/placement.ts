import type { PartId } from '../base/index.ts';
import { type Part, type PartKind, type Rect, rectOf } from '../scenario/index.ts';

export const GRID = 8;
/** Around a shape: room for its name above or below and for the lines that reach it. */
const ROOM = { x: 40, top: 32, bottom: 48 };
/** The same for what has its name and state under it, in two lines that are wider than itself. */
const ROOM_OVER_WORDS = { x: 72, top: 52, bottom: 48 };
/** Inside a region, between its edge and what it holds; its title is at the top. */
const EDGE = { x: 24, top: 64, bottom: 56 };
/** Inside a container its state and figures stand under the title. */
const CONTAINER_EDGE = { x: 56, top: 112, bottom: 56 };
/** A binding's key with some room around it. */
const LABEL = { width: 96, height: 40 };
const SEARCH_STEPS = 40;
/** Steps in which a full region is thought larger, in canvas pixels. */
const GROWTH = 120;
const GROWTHS_MAX = 12;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type KindOf = (kind: string) => PartKind | undefined;

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** The regions that may hold a kind of part. */
export function regionsFor(parts: readonly Part[], kind: PartKind): readonly Part[] {
  const home = kind.inside ?? kind.within;
  return home === undefined ? [] : parts.filter((part) => part.kind === home);
}

/** The region for a new part: the one under the point, else for a place the nearest. */
export function regionAt(parts: readonly Part[], kind: PartKind, at: Point): Part | undefined {
  const regions = regionsFor(parts, kind);
  const under = regions.filter((region) => contains(rectOf(region, 'region'), at));
  return under.at(-1) ?? (kind.role === 'place' ? nearest(regions, at) : undefined);
}

function nearest(regions: readonly Part[], at: Point): Part | undefined {
  const distance = (part: Part): number => (part.x - at.x) ** 2 + (part.y - at.y) ** 2;
  return [...regions].sort((a, b) => distance(a) - distance(b))[0];
}

function contains(rect: Rect, at: Point): boolean {
  return at.x >= rect.x && at.x <= rect.x + rect.width && at.y >= rect.y && at.y <= rect.y + rect.height;
}

function edgeOf(region: Part, kindOf: KindOf): typeof EDGE {
  return kindOf(region.kind)?.role === 'container' ? CONTAINER_EDGE : EDGE;
}

/** The nearest point inside a region where a shape of this kind keeps clear of its edges. */
export function clampInto(region: Part, kind: PartKind, at: Point, edge: typeof EDGE = EDGE): Point {
  const rect = rectOf(region, 'region');
  const shape = rectOf({ id: '', kind: kind.kind, name: '', config: {}, x: 0, y: 0 }, kind);
  const clamp = (value: number, low: number, high: number): number =>
    snap(low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value)));
  return {
    x: clamp(at.x, rect.x + edge.x + shape.width / 2, rect.x + rect.width - edge.x - shape.width / 2),
    y: clamp(at.y, rect.y + edge.top + shape.height / 2, rect.y + rect.height - edge.bottom - shape.height / 2),
  };
}

/** What a new part must not cover. */
export interface Drawn {
  readonly parts: readonly Part[];
  /** Where the labels of lines sit. */
  readonly labels: readonly Point[];
}

/**
 * Where a part of this kind fits without covering another: the nearest free point of the grid, searched in rings. A
 * region that is full is searched as if it were larger; it grows when the part is put there.
 */
export function freePlace(drawn: Drawn, kind: PartKind, near: Point, kindOf: KindOf, region?: Part): Point {
  const taken = takenBy(drawn, kindOf, region, kind);
  const start = { x: snap(near.x), y: snap(near.y) };
  if (!region) return search(taken, kind, start, (at) => at) ?? start;
  const edge = edgeOf(region, kindOf);
  for (let growth = 0; growth < GROWTHS_MAX; growth++) {
    const larger = grownBy(region, growth);
    const found = search(taken, kind, clampInto(larger, kind, start, edge), (at) => clampInto(larger, kind, at, edge));
    if (found) return found;
  }
  return clampInto(region, kind, start, edge);
}

function takenBy({ parts, labels }: Drawn, kindOf: KindOf, region: Part | undefined, kind: PartKind): readonly Rect[] {
  const shapes = parts.flatMap((part) => {
    const form = kindOf(part.kind);
    return form === undefined || part.id === region?.id
      ? []
      : [withRoom(rectOf(part, form), form.shape === 'circle' || kind.shape === 'circle' ? ROOM_OVER_WORDS : ROOM)];
  });
  return [...shapes, ...labels.map(aroundLabel)];
}

function search(taken: readonly Rect[], kind: PartKind, start: Point, within: (at: Point) => Point): Point | undefined {
  for (let ring = 0; ring < SEARCH_STEPS; ring++) {
    for (const at of ringAround(start, ring)) {
      const place = within(at);
      const rect = rectOf({ id: '', kind: kind.kind, name: '', config: {}, ...place }, kind);
      if (!taken.some((other) => overlap(other, rect))) return place;
    }
  }
  return undefined;
}

/** A region with more room at the right and below in turn; its upper left corner stays. */
function grownBy(region: Part, growth: number): Part {
  const { width, height, x, y } = rectOf(region, 'region');
  const wider = width + Math.ceil(growth / 2) * GROWTH;
  const higher = height + Math.floor(growth / 2) * GROWTH;
  return { ...region, x: x + wider / 2, y: y + higher / 2, width: wider, height: higher };
}

/** Below comes first: a column of queues grows downwards. */
function ringAround(at: Point, ring: number): readonly Point[] {
  if (ring === 0) return [at];
  const step = ring * GRID * 2;
  const points: Point[] = [];
  for (let i = 0; i <= ring; i++) {
    const aside = i * GRID * 2;
    points.push({ x: at.x - aside, y: at.y + step }, { x: at.x + aside, y: at.y + step });
    points.push({ x: at.x - aside, y: at.y - step }, { x: at.x + aside, y: at.y - step });
    points.push({ x: at.x + step, y: at.y + aside }, { x: at.x + step, y: at.y - aside });
    points.push({ x: at.x - step, y: at.y + aside }, { x: at.x - step, y: at.y - aside });
  }
  return points;
}

function aroundLabel(at: Point): Rect {
  return { x: at.x - LABEL.width / 2, y: at.y - LABEL.height / 2, ...LABEL };
}

function withRoom(rect: Rect, room: typeof ROOM): Rect {
  return {
    x: rect.x - room.x,
    y: rect.y - room.top,
    width: rect.width + 2 * room.x,
    height: rect.height + room.top + room.bottom,
  };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Parts that move when these are moved: a region takes along what it holds. */
export function movedWith(parts: readonly Part[], ids: ReadonlySet<PartId>): ReadonlySet<PartId> {
  const moved = new Set(ids);
  for (const part of parts) if (part.parent !== undefined && ids.has(part.parent)) moved.add(part.id);
  return moved;
}

/** A region's least size: what it holds stays inside. */
export function regionBounds(region: Part, parts: readonly Part[], kindOf: KindOf): Rect | undefined {
  const inside = parts.filter((part) => part.parent === region.id);
  if (inside.length === 0) return undefined;
  const rects = inside.map((part) => rectOf(part, kindOf(part.kind) ?? 'circle'));
  const edge = edgeOf(region, kindOf);
  const left = Math.min(...rects.map((r) => r.x)) - edge.x;
  const top = Math.min(...rects.map((r) => r.y)) - edge.top;
  const right = Math.max(...rects.map((r) => r.x + r.width)) + edge.x;
  const bottom = Math.max(...rects.map((r) => r.y + r.height)) + edge.bottom;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
