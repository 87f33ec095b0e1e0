import type { PartId } from '../base/index.ts';
import { type Line, type Move, type Part, type PartKind, rectOf } from '../scenario/index.ts';
import { regionBounds, snap } from './placement.ts';

/** Room for names, states and binding keys. */
const SPACING = { ranksep: 120, nodesep: 64, edgesep: 24 };
const LABEL = { width: 32, height: 64 };

/** So many parts and lines take dagre about two seconds; from there on it soon takes minutes. */
const DAGRE_MAX = 900;

export interface Arrangement {
  readonly moves: readonly Move[];
  /** New middles and sizes of regions that hold something. */
  readonly regions: readonly {
    readonly id: PartId;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/**
 * Puts parts in columns along the way of the messages. Regions are respected: what a region holds stays together, as
 * a cluster of dagre's. Loaded when first wanted.
 */
export async function arrange(
  parts: readonly Part[],
  lines: readonly Line[],
  kindOf: (kind: string) => PartKind | undefined,
): Promise<Arrangement> {
  if (parts.length + lines.length > DAGRE_MAX) return (await import('./largeLayout.ts')).arrangeLarge(parts, lines);
  const dagre = await import('@dagrejs/dagre');
  const graph = new dagre.graphlib.Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', ...SPACING });
  graph.setDefaultEdgeLabel(() => ({}));
  const isRegion = (part: Part): boolean => kindOf(part.kind)?.shape === 'region';
  const held = new Set(parts.map((part) => part.parent));
  for (const part of parts) {
    const size = rectOf(part, kindOf(part.kind) ?? 'circle');
    // A region that holds something gets its size from that.
    graph.setNode(part.id, held.has(part.id) ? {} : { width: size.width + LABEL.width, height: size.height + LABEL.height });
  }
  for (const part of parts) if (part.parent !== undefined && graph.hasNode(part.parent)) graph.setParent(part.id, part.parent);
  const leaves = new Set(parts.filter((part) => !held.has(part.id)).map((part) => part.id));
  // What leads to a container leads to each node in it; a line to a node that holds places has no rank of its own.
  const isContainer = (part: Part): boolean => kindOf(part.kind)?.role === 'container';
  const members = new Map(parts.filter(isContainer).map((box) => [box.id, parts.filter((part) => part.parent === box.id)]));
  const endsOf = (id: PartId): readonly PartId[] => (leaves.has(id) ? [id] : (members.get(id)?.map((part) => part.id) ?? []));
  for (const line of lines)
    for (const from of endsOf(line.from)) for (const to of endsOf(line.to)) graph.setEdge(from, to, {}, `${line.id} ${from} ${to}`);
  dagre.layout(graph);
  const placed = parts.map((part): Part => {
    const at = graph.node(part.id) as { readonly x?: number; readonly y?: number };
    return { ...part, x: snap(at.x ?? part.x), y: snap(at.y ?? part.y) };
  });
  const regions = placed.flatMap((part) => {
    const box = isRegion(part) ? regionBounds(part, placed, kindOf) : undefined;
    return box ? [{ id: part.id, x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height }] : [];
  });
  const boxed = new Set(regions.map((region) => region.id));
  return { moves: placed.filter((part) => !boxed.has(part.id)).map(({ id, x, y }) => ({ id, x, y })), regions };
}
