import type { EdgeChange, NodeChange } from '@xyflow/react';
import { type Move, move, type Part, rectOf } from '../../scenario/index.ts';
import { type SideName, useUi } from '../../ui/index.ts';
import { act } from '../actions.ts';
import { host } from '../environment.ts';
import { movedWith, snap } from '../placement.ts';
import type { FlowStore, Size } from './store.ts';

type Moved = Extract<NodeChange, { type: 'position' }>;

/** What React Flow wants changed in its nodes goes to where it belongs: sizes, selection, drag preview, document. */
export function takeNodeChanges(changes: readonly NodeChange[], parts: readonly Part[], side: SideName, store: FlowStore): void {
  takeSizes(changes, store);
  takeSelection(changes);
  const moved = changes.filter((change): change is Moved => change.type === 'position' && change.position !== undefined);
  if (moved.some((change) => change.dragging)) previewDrag(moved, parts, store);
  else if (changes.some((change) => change.type === 'position' && change.dragging === false)) drop(parts, side, store);
}

function takeSizes(changes: readonly NodeChange[], store: FlowStore): void {
  const { sizes } = store.getState();
  let next: Map<string, Size> | undefined;
  for (const change of changes) {
    if (change.type !== 'dimensions' || !change.dimensions) continue;
    const { width, height } = change.dimensions;
    const before = sizes.get(change.id);
    if (before?.width === width && before.height === height) continue;
    next ??= new Map(sizes);
    next.set(change.id, { width, height });
  }
  if (next) store.setState({ sizes: next });
}

/** Selecting is the same for nodes and edges. */
export function takeSelection(changes: readonly (NodeChange | EdgeChange)[]): void {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return;
  const { selection, set } = useUi.getState();
  const next = new Set(selection);
  for (const { id, selected } of selects) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  if (next.size !== selection.length || selection.some((id) => !next.has(id))) set({ selection: [...next] });
}

/** All dragged parts go as far as the first one, whose middle stays on the grid. */
function previewDrag(moved: readonly Moved[], parts: readonly Part[], store: FlowStore): void {
  const [first] = moved;
  const part = first && parts.find((one) => one.id === first.id);
  const kind = part && host().catalogue.parts.get(part.kind);
  if (!first?.position || !part || !kind) return;
  const rect = rectOf(part, kind);
  const dx = snap(first.position.x + rect.width / 2) - part.x;
  const dy = snap(first.position.y + rect.height / 2) - part.y;
  const before = store.getState().drag;
  if (before?.dx === dx && before.dy === dy) return;
  const grabbed = new Set(moved.map((change) => change.id));
  // Of a large drawing React Flow knows only what is in the window; what is selected moves along wherever it is.
  const selection = new Set(useUi.getState().selection);
  if (selection.has(first.id)) for (const { id } of parts) if (selection.has(id)) grabbed.add(id);
  store.setState({ drag: { ids: before?.ids ?? movedWith(parts, grabbed), grabbed: before?.grabbed ?? grabbed, dx, dy } });
}

/** One drop, one edit, one undo. */
function drop(parts: readonly Part[], side: SideName, store: FlowStore): void {
  const { drag } = store.getState();
  if (!drag) return;
  store.setState({ drag: undefined });
  if (drag.dx === 0 && drag.dy === 0) return;
  const moves: readonly Move[] = parts
    .filter((part) => drag.grabbed.has(part.id))
    .map((part) => ({ id: part.id, x: part.x + drag.dx, y: part.y + drag.dy }));
  act('edit.move', (run, context) => move(run, context, moves), { fromStart: true, side });
}
