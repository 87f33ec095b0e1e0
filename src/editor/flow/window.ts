import type { LineId, PartId } from '../../base/index.ts';
import type { Rect } from '../../scenario/index.ts';
import type { LineEdge, PartNode, Projection } from './project.ts';

/** With more parts than this in the window nothing can be read anyway: they are painted as shapes. */
const NEAR_PARTS_MAX = 160;
/** Lines of what is selected that are drawn in full wherever they lead. */
const KEPT_LINES_MAX = 100;
/** What is selected or has the focus stays drawn in full, unless it is far too much. */
const KEPT_MAX = 20;
/** Names stand below and beside the shapes. */
const CAPTION = 48;
/** Zooms are rounded to powers of this, so that not every turn of the wheel is another window. */
const ZOOM_STEP = 1.25;

/** The part of the canvas that is drawn: what is seen, rounded up to halves of the window's size, at a rounded zoom. */
export interface Window extends Rect {
  readonly zoom: number;
}

/** React Flow's transform and size of the window in screen pixels. */
export function windowOf([tx, ty, zoom]: readonly [number, number, number], width: number, height: number): Window {
  const rounded = ZOOM_STEP ** Math.round(Math.log(zoom) / Math.log(ZOOM_STEP));
  const [x, right] = cover(-tx / zoom, (width - tx) / zoom, width / rounded / 2);
  const [y, bottom] = cover(-ty / zoom, (height - ty) / zoom, height / rounded / 2);
  return { x, y, width: right - x, height: bottom - y, zoom: rounded };
}

function cover(from: number, to: number, step: number): readonly [number, number] {
  return step > 0 ? [Math.floor(from / step) * step, Math.ceil(to / step) * step] : [from, to];
}

export function isSameWindow(a: Window, b: Window): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.zoom === b.zoom;
}

/** What of a projection is drawn in full, and what is only painted. */
export interface Shown {
  readonly nodes: readonly PartNode[];
  readonly edges: readonly LineEdge[];
  readonly paintedNodes: readonly PartNode[];
  readonly paintedEdges: readonly LineEdge[];
}

/** What stays drawn in full wherever one looks. */
export function keptOf(selection: readonly string[], focus: string | undefined): ReadonlySet<PartId | LineId> {
  return new Set([...(selection.length <= KEPT_MAX ? selection : []), ...(focus === undefined ? [] : [focus])]);
}

/** Regions, and what is in the window or kept, in full; lines between those. All else near the window is painted. */
export function shownIn(projection: Projection, window: Window, kept: ReadonlySet<PartId | LineId>): Shown {
  const inside = projection.nodes.filter((node) => node.type !== 'region' && isInside(node, window));
  const isFar = inside.length > NEAR_PARTS_MAX;
  const ids = new Set<PartId>(isFar ? [] : inside.map((node) => node.id));
  for (const node of projection.nodes) if (node.type === 'region' || kept.has(node.id)) ids.add(node.id);
  let own = 0;
  const edges = new Set<LineEdge>();
  for (const edge of projection.edges) {
    const isKept = kept.has(edge.id) || kept.has(edge.source) || kept.has(edge.target);
    if (!isKept || own >= KEPT_LINES_MAX) continue;
    own++;
    edges.add(edge);
    ids.add(edge.source).add(edge.target);
  }
  if (!isFar) for (const edge of projection.edges) if (ids.has(edge.source) && ids.has(edge.target)) edges.add(edge);
  return {
    nodes: projection.nodes.filter((node) => ids.has(node.id)),
    edges: projection.edges.filter((edge) => edges.has(edge)),
    paintedNodes: isFar ? inside.filter((node) => !ids.has(node.id)) : [],
    paintedEdges: projection.edges.filter((edge) => !edges.has(edge) && crosses(edge, window)),
  };
}

function isInside({ position: { x, y }, width = 0, height = 0 }: PartNode, window: Rect): boolean {
  return (
    x + width + CAPTION >= window.x &&
    x - CAPTION <= window.x + window.width &&
    y + height + CAPTION >= window.y &&
    y - CAPTION <= window.y + window.height
  );
}

/** A curve lies within the box of its ends and its control points. */
function crosses({ data }: LineEdge, window: Rect): boolean {
  const c = data?.curve;
  if (!c) return false;
  return (
    Math.max(c[0], c[2], c[4], c[6]) >= window.x &&
    Math.min(c[0], c[2], c[4], c[6]) <= window.x + window.width &&
    Math.max(c[1], c[3], c[5], c[7]) >= window.y &&
    Math.min(c[1], c[3], c[5], c[7]) <= window.y + window.height
  );
}

/** The part under a point of the canvas, regions left out: what is only painted has no element to click on. */
export function partAt({ nodes }: Projection, { x, y }: { readonly x: number; readonly y: number }): PartId | undefined {
  const hit = ({ type, position, width = 0, height = 0 }: PartNode) =>
    type !== 'region' && x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height;
  return nodes.find(hit)?.id;
}
