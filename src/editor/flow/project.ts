import { type Edge, type Node, Position } from '@xyflow/react';
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

/** A drawing of more parts and lines than this is drawn in full only where one looks. */
const LARGE = 900;

export function isLarge(parts: readonly unknown[], lines: readonly unknown[]): boolean {
  return parts.length + lines.length > LARGE;
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
  private last: { readonly parts: readonly Part[]; readonly lines: readonly Line[]; readonly placed: Layout } | undefined;

  constructor(kinds: Kinds) {
    this.kinds = kinds;
  }

  project(drawing: Drawing): Projection {
    const known = drawing.parts.filter((part) => this.kinds.parts.has(part.kind));
    const parts = previewed(known, drawing.drag, drawing.resize);
    const placed = this.layOut(parts, drawing);
    return {
      nodes: this.projectNodes(parts, placed, drawing),
      edges: this.projectEdges(placed, drawing),
      layout: placed,
    };
  }

  /** Where everything stands takes by far the longest to work out of a large drawing; selecting something changes nothing of it. */
  private layOut(parts: readonly Part[], { parts: drawn, lines, drag, resize }: Drawing): Layout {
    const isMoving = drag !== undefined || resize !== undefined;
    if (!isMoving && this.last?.parts === drawn && this.last.lines === lines) return this.last.placed;
    const placed = layout(parts, lines, (kind) => this.kinds.parts.get(kind) ?? 'circle');
    this.last = isMoving ? undefined : { parts: drawn, lines, placed };
    return placed;
  }

  /** Regions come first: what is inside them lies above. */
  private projectNodes(parts: readonly Part[], placed: Layout, drawing: Drawing): readonly PartNode[] {
    const entries = new Map<PartId, NodeEntry>();
    const isPartial = isLarge(parts, drawing.lines);
    const regions: PartNode[] = [];
    const others: PartNode[] = [];
    for (const part of parts) {
      const kind = this.kinds.parts.get(part.kind) as PartKind;
      const size = drawing.sizes.get(part.id);
      const isSelected = drawing.selection.has(part.id);
      const before = this.nodes.get(part.id);
      const isSame = before && before.part === part && before.size === size && before.isSelected === isSelected;
      const entry = isSame ? before : { part, size, isSelected, node: partNode(part, kind, placed, size, isSelected, isPartial) };
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
      const isSelected = drawing.selection.has(line.id);
      const ends = { from: names.get(line.from) ?? '', to: names.get(line.to) ?? '' };
      const before = this.edges.get(line.id);
      const path = before?.data?.curve === curve ? before.data.path : pathOf(curve);
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

/** Where React Flow finds the ends of lines; our lines have their own, so that any will do that spares it measuring. */
function handlesOf({ width, height }: Size): NonNullable<PartNode['handles']> {
  const side = { y: height / 2, width: 1, height: 1 };
  return [
    { type: 'target', position: Position.Left, x: 0, ...side },
    { type: 'source', position: Position.Right, x: width, ...side },
  ];
}

function partNode(part: Part, kind: PartKind, placed: Layout, size: Size | undefined, isSelected: boolean, isPartial: boolean): PartNode {
  const rect = placed.rects.get(part.id) as Size & { x: number; y: number };
  const isRegion = kind.shape === 'region';
  return {
    id: part.id,
    type: isRegion ? 'region' : 'part',
    position: { x: rect.x, y: rect.y },
    width: rect.width,
    height: rect.height,
    ...(size ? { measured: { width: size.width, height: size.height } } : {}),
    // Of a large drawing parts come and go with the window: they are seen at once, and not only once they are measured.
    ...(isPartial && !isRegion ? { measured: { width: rect.width, height: rect.height }, handles: handlesOf(rect) } : {}),
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
