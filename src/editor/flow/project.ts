import type { Edge, Node } from '@xyflow/react';
import type { LineId, PartId } from '../../base/index.ts';
import {
  type Curve,
  type Layout,
  type Line,
  type LineKind,
  layout,
  middleOf,
  type Part,
  type PartKind,
  pathOf,
} from '../../scenario/index.ts';
import type { Spot } from '../order.ts';
import type { FlowState, Size } from './store.ts';

export type PartNode = Node<{ readonly part: Part; readonly kind: PartKind }, 'part' | 'region'>;
export type LineEdge = Edge<
  { readonly line: Line; readonly kind: LineKind; readonly curve: Curve; readonly path: string; readonly ends: Ends },
  'line'
>;

/** Names of the parts at both ends of a line. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** The part of the vocabulary that a projection needs. */
export interface Kinds {
  readonly parts: ReadonlyMap<string, PartKind>;
  readonly lines: ReadonlyMap<string, LineKind>;
}

export interface Drawing {
  readonly parts: readonly Part[];
  /** Drawn lines and implied ones. */
  readonly lines: readonly Line[];
  readonly selection: ReadonlySet<PartId | LineId>;
  readonly sizes: ReadonlyMap<PartId, Size>;
  readonly drag: FlowState['drag'];
  readonly resize: FlowState['resize'];
}

export interface Projection {
  readonly nodes: readonly PartNode[];
  readonly edges: readonly LineEdge[];
  readonly layout: Layout;
}

interface NodeEntry {
  readonly part: Part;
  readonly size: Size | undefined;
  readonly isSelected: boolean;
  readonly node: PartNode;
}

const WRAPPER_ATTRIBUTES = { 'aria-roledescription': undefined };

/** The parts as they would be if what is under the pointer were dropped now. */
export function previewed(parts: readonly Part[], drag: FlowState['drag'], resize: FlowState['resize']): readonly Part[] {
  if (!drag && !resize) return parts;
  return parts.map((part) => {
    if (resize?.id === part.id) return { ...part, x: resize.x, y: resize.y, width: resize.width, height: resize.height };
    if (drag?.ids.has(part.id)) return { ...part, x: part.x + drag.dx, y: part.y + drag.dy };
    return part;
  });
}

/**
 * Document → what React Flow shows. React Flow's nodes are a projection and never a store; a node whose part, size
 * and selection are the same stays the same object, so nothing of it is rendered again.
 */
export class Projector {
  private readonly kinds: Kinds;
  private nodes = new Map<PartId, NodeEntry>();
  private edges = new Map<LineId, LineEdge>();

  constructor(kinds: Kinds) {
    this.kinds = kinds;
  }

  project(drawing: Drawing): Projection {
    const known = drawing.parts.filter((part) => this.kinds.parts.has(part.kind));
    const parts = previewed(known, drawing.drag, drawing.resize);
    const placed = layout(parts, drawing.lines, (kind) => this.kinds.parts.get(kind)?.shape ?? 'circle');
    return {
      nodes: this.projectNodes(parts, placed, drawing),
      edges: this.projectEdges(placed, drawing),
      layout: placed,
    };
  }

  /** Regions come first: what is inside them lies above. */
  private projectNodes(parts: readonly Part[], placed: Layout, drawing: Drawing): readonly PartNode[] {
    const entries = new Map<PartId, NodeEntry>();
    const regions: PartNode[] = [];
    const others: PartNode[] = [];
    for (const part of parts) {
      const kind = this.kinds.parts.get(part.kind) as PartKind;
      const size = drawing.sizes.get(part.id);
      const isSelected = drawing.selection.has(part.id);
      const before = this.nodes.get(part.id);
      const isSame = before && before.part === part && before.size === size && before.isSelected === isSelected;
      const entry = isSame ? before : { part, size, isSelected, node: partNode(part, kind, placed, size, isSelected) };
      entries.set(part.id, entry);
      (kind.shape === 'region' ? regions : others).push(entry.node);
    }
    this.nodes = entries;
    return [...regions, ...others];
  }

  private projectEdges(placed: Layout, drawing: Drawing): readonly LineEdge[] {
    const names = new Map(drawing.parts.map((part) => [part.id, part.name]));
    const entries = new Map<LineId, LineEdge>();
    for (const line of drawing.lines) {
      const curve = placed.curves.get(line.id);
      const kind = this.kinds.lines.get(line.kind);
      if (!curve || !kind) continue;
      const path = pathOf(curve);
      const isSelected = drawing.selection.has(line.id);
      const ends = { from: names.get(line.from) ?? '', to: names.get(line.to) ?? '' };
      const before = this.edges.get(line.id);
      const isSame = before && isSameEdge(before, line, path, ends, isSelected);
      entries.set(line.id, isSame ? before : lineEdge({ line, kind, curve, path, ends }, isSelected));
    }
    this.edges = entries;
    return [...entries.values()];
  }
}

function isSameEdge({ data, selected }: LineEdge, line: Line, path: string, ends: Ends, isSelected: boolean): boolean {
  if (!data || selected !== isSelected || data.path !== path || !isSameLine(data.line, line)) return false;
  return data.ends.from === ends.from && data.ends.to === ends.to;
}

/** Implied lines are made anew for every document; they are the same while their ends are. */
function isSameLine(a: Line, b: Line): boolean {
  return a === b || (a.id.includes('>') && a.id === b.id && a.from === b.from && a.to === b.to && a.kind === b.kind);
}

function partNode(part: Part, kind: PartKind, placed: Layout, size: Size | undefined, isSelected: boolean): PartNode {
  const rect = placed.rects.get(part.id) as Size & { x: number; y: number };
  const isRegion = kind.shape === 'region';
  return {
    id: part.id,
    type: isRegion ? 'region' : 'part',
    position: { x: rect.x, y: rect.y },
    width: rect.width,
    height: rect.height,
    ...(size ? { measured: { width: size.width, height: size.height } } : {}),
    selected: isSelected,
    // A region is taken by its title, and its inside belongs to the canvas: panning and boxes begin there, too.
    ...(isRegion ? { zIndex: -1, dragHandle: '.region-grip', style: { pointerEvents: 'none' as const } } : {}),
    ariaRole: 'presentation',
    domAttributes: WRAPPER_ATTRIBUTES,
    data: { part, kind },
  };
}

function lineEdge(data: NonNullable<LineEdge['data']>, isSelected: boolean): LineEdge {
  const { line } = data;
  return {
    id: line.id,
    type: 'line',
    source: line.from,
    target: line.to,
    selected: isSelected,
    ariaRole: 'presentation',
    domAttributes: WRAPPER_ATTRIBUTES,
    data,
  };
}

/** Where the keyboard finds each part and line: shapes at their middle, regions at their title, lines at their label. */
export function spotsOf({ nodes, edges }: Projection): readonly Spot[] {
  return [
    ...nodes.map(({ id, position, width = 0, height = 0, type }) =>
      type === 'region' ? { id, x: position.x + 60, y: position.y + 24 } : { id, x: position.x + width / 2, y: position.y + height / 2 },
    ),
    ...edges.flatMap(({ id, data }) => (data ? [{ id, ...middleOf(data.curve) }] : [])),
  ];
}
