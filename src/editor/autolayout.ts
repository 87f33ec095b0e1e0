import type { PartId } from '../base/index.ts';
import { boxAround, type Line, type Move, type Part, rectOf } from '../scenario/index.ts';
import type { Kinds } from './looseLayout.ts';
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

/** Between what is connected and what is not yet, below it. */
const APART = 112;
/** A drawing without any line is about as high as a window. */
const LOOSE_HEIGHT = 720;

/**
 * Puts parts in columns along the way of the messages. Regions are respected: what a region holds stays together. What nothing
 * is connected with yet stands below the rest, in the columns where it would belong. Loaded when first wanted.
 */
export async function arrange(parts: readonly Part[], lines: readonly Line[], kinds: Kinds): Promise<Arrangement> {
  if (parts.length + lines.length > DAGRE_MAX) return (await import('./largeLayout.ts')).arrangeLarge(parts, lines);
  const edges = edgesOf(parts, lines, kinds);
  const { arrangeLoose, joined } = await import('./looseLayout.ts');
  const ids = joined(parts, edges);
  const bound = parts.filter(({ id }) => ids.has(id));
  const loose = parts.filter(({ id }) => !ids.has(id));
  const along = bound.length > 0 ? await arrangeAlong(bound, edges, kinds) : { moves: [], regions: [] };
  if (loose.length === 0) return along;
  const { x, y, width, height } = boxAround(placed(bound, along).map((part) => rectOf(part, kinds.parts.get(part.kind) ?? 'circle')));
  const corner = { x, y: bound.length > 0 ? y + height + APART : 0 };
  // Below a wide drawing, a row is as wide.
  const rest = arrangeLoose(loose, kinds, corner, width > LOOSE_HEIGHT ? LOOSE_HEIGHT / 2 : LOOSE_HEIGHT);
  return { moves: [...along.moves, ...rest.moves], regions: [...along.regions, ...rest.regions] };
}

function placed(parts: readonly Part[], { moves, regions }: Arrangement): readonly Part[] {
  const at = new Map<PartId, object>([...moves, ...regions].map((one) => [one.id, one]));
  return parts.map((part) => ({ ...part, ...at.get(part.id) }));
}

interface Edge {
  readonly from: PartId;
  readonly to: PartId;
  readonly name: string;
}

/** What leads to a container leads to each node in it; a line to a node that holds places has no rank of its own. */
function edgesOf(parts: readonly Part[], lines: readonly Line[], kinds: Kinds): readonly Edge[] {
  const held = new Set(parts.map((part) => part.parent));
  const leaves = new Set(parts.filter((part) => !held.has(part.id)).map((part) => part.id));
  const isContainer = (part: Part): boolean => kinds.parts.get(part.kind)?.role === 'container';
  const members = new Map(parts.filter(isContainer).map((box) => [box.id, parts.filter((part) => part.parent === box.id)]));
  const endsOf = (id: PartId): readonly PartId[] => (leaves.has(id) ? [id] : (members.get(id)?.map((part) => part.id) ?? []));
  return lines.flatMap((line) =>
    endsOf(line.from).flatMap((from) => endsOf(line.to).map((to) => ({ from, to, name: `${line.id} ${from} ${to}` }))),
  );
}

/** As clusters of dagre's. */
async function arrangeAlong(parts: readonly Part[], edges: readonly Edge[], kinds: Kinds): Promise<Arrangement> {
  const dagre = await import('@dagrejs/dagre');
  const kindOf = (kind: string) => kinds.parts.get(kind);
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
  for (const { from, to, name } of edges) graph.setEdge(from, to, {}, name);
  dagre.layout(graph);
  const moved = parts.map((part): Part => {
    const at = graph.node(part.id) as { readonly x?: number; readonly y?: number };
    return { ...part, x: snap(at.x ?? part.x), y: snap(at.y ?? part.y) };
  });
  const regions = moved.flatMap((part) => {
    const box = isRegion(part) ? regionBounds(part, moved, kindOf) : undefined;
    return box ? [{ id: part.id, x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height }] : [];
  });
  const boxed = new Set(regions.map((region) => region.id));
  return { moves: moved.filter((part) => !boxed.has(part.id)).map(({ id, x, y }) => ({ id, x, y })), regions };
}
