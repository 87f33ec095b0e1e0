import { ZERO } from '../base/index.ts';
import { drawnLines, type EditContext, type Edited, isSizable, move, type Run, rectOf, remove, resize } from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import {
  act,
  activeSide,
  drawnScenario,
  editContext,
  findLine,
  findPart,
  focusOn,
  select,
  selected,
  selectedOwn,
  shownLines,
} from './actions.ts';
import { type Arrangement, arrange } from './autolayout.ts';
import { copySelected, duplicateSelected, pasteFromSystem } from './clipboard.ts';
import { useDocument } from './document.ts';
import { host, useEditor } from './environment.ts';
import { essentialFields } from './forms/logic.ts';
import { GRID } from './placement.ts';

export interface EditorCommand {
  readonly id: string;
  /** i18n key of what it does. */
  readonly labelKey: string;
  readonly shortcut?: string;
  /** `graph`: a plain key, which only counts while the drawing has the focus. `page`: anywhere but in a text field. */
  readonly scope: 'graph' | 'page';
  run(): void;
}

export function undo(): void {
  useDocument.getState().undo();
}
export function redo(): void {
  useDocument.getState().redo();
}

export function selectAll(): void {
  const { parts, lines } = drawnScenario();
  select([...parts, ...drawnLines(lines, host().catalogue.lines)].map((thing) => thing.id));
}

/**
 * Takes the selection out. What is there now leaves at the present time (or was never drawn, "from the start"); what
 * has left already, or has yet to come, goes out of the document.
 */
export function removeSelected(): void {
  const ids = selectedOwn();
  if (ids.length === 0) return;
  const side = activeSide();
  const views = useEditor.getState().views[side];
  const next = neighbourAfter(ids);
  const here = ids.filter((id) => views?.isPresent(id) ?? true);
  const gone = ids.filter((id) => !here.includes(id));
  const worked = act('edit.remove', (run, context) => removeBoth(run, context, here, gone));
  if (!worked) return;
  select([]);
  focusOn(next);
}

function removeBoth(run: Run, context: EditContext, here: readonly string[], gone: readonly string[]): Edited<Run> {
  const first = gone.length > 0 ? remove(run, { ...context, at: ZERO }, gone) : { ok: true as const, value: run };
  return first.ok && here.length > 0 ? remove(first.value, context, here) : first;
}

/** Where the focus goes when these are gone: to what was next to the first of them. */
function neighbourAfter(ids: readonly string[]): string | undefined {
  const { parts, lines } = drawnScenario();
  const first = lines.find((line) => line.id === ids[0]);
  if (first && !ids.includes(first.from)) return first.from;
  const ends = lines
    .filter((line) => line.from === ids[0] || line.to === ids[0])
    .map((line) => (line.from === ids[0] ? line.to : line.from));
  const others = [...ends, findPart(ids[0] ?? '')?.parent, ...parts.map((part) => part.id)];
  return others.find((id) => id !== undefined && !ids.includes(id) && !ids.includes(findPart(id)?.parent ?? ''));
}

export function renameSelected(): void {
  const part = selected().find((id) => findPart(id));
  if (part === undefined) return;
  focusOn(part);
  useEditor.setState({ renaming: part });
}

/** Essentials where they are: fields, else the name of a part; what has neither is edited in the form. */
export function editEssentials(): void {
  const [id] = selected();
  if (id === undefined) return;
  const thing = findPart(id) ?? findLine(id);
  const kind = thing && (host().catalogue.parts.get(thing.kind) ?? host().catalogue.lines.get(thing.kind));
  const hasEssentials = kind && !id.includes('>') && essentialFields(kind.fields, thing.config).length > 0;
  if (hasEssentials) useUi.getState().set({ editing: id });
  else if (findPart(id)) renameSelected();
  else useUi.getState().set({ panel: 'node', panelOpen: true });
}

export function connectSelected(): void {
  const part = selected().find((id) => findPart(id));
  if (part !== undefined) useEditor.setState({ asking: { what: 'connect', from: part } });
}

export function showAll(): void {
  useEditor.getState().graphs[activeSide()]?.fit();
}
export function zoom(factor: number): void {
  useEditor.getState().graphs[activeSide()]?.zoom(factor);
}

/** Selects a part and puts it into the middle of the window, wherever it is. */
export function revealPart(id: string, side = activeSide()): void {
  if (!findPart(id, side)) return;
  if (useUi.getState().side !== side) useUi.getState().set({ side });
  select([id]);
  useEditor.getState().graphs[side]?.reveal(id);
}

/** Moves the selected parts by steps of the grid. */
export function nudge(dx: number, dy: number): void {
  const ids = new Set(selectedOwn());
  const moves = drawnScenario()
    .parts.filter((part) => ids.has(part.id))
    .map((part) => ({ id: part.id, x: part.x + dx * GRID, y: part.y + dy * GRID }));
  if (moves.length > 0) act('edit.move', (run, context) => move(run, context, moves), { fromStart: true });
}

/** Makes the selected region, or the box of lanes, wider or higher. */
export function stretch(dx: number, dy: number): void {
  const region = selectedOwn().flatMap((id) => findPart(id) ?? [])[0];
  const kind = region && host().catalogue.parts.get(region.kind);
  if (!region || !kind || !isSizable(kind.shape)) return;
  const old = rectOf(region, kind);
  const width = old.width + dx * 2 * GRID;
  const height = old.height + dy * 2 * GRID;
  const box = { x: region.x + dx * GRID, y: region.y + dy * GRID, width, height };
  act('edit.resize', (run, context) => resize(run, context, region.id, box), { fromStart: true });
}

export async function autoLayout(): Promise<void> {
  const scenario = drawnScenario();
  const lines = shownLines(scenario);
  const wanted = await arrange(scenario.parts, lines, host().catalogue);
  if (act('edit.layout', (run) => applyArrangement(run, { ...editContext(), at: ZERO }, wanted))) showAll();
}

function applyArrangement(run: Run, context: EditContext, { moves, regions }: Arrangement): Edited<Run> {
  let result: Edited<Run> = { ok: true, value: run };
  for (const box of regions) if (result.ok) result = resize(result.value, context, box.id, box);
  return result.ok ? move(result.value, context, moves) : result;
}

/** Everything the editor can do by name: for keys, menus and the command palette. */
export const editorCommands: readonly EditorCommand[] = [
  { id: 'undo', labelKey: 'editor.command.undo', shortcut: 'Ctrl+Z', scope: 'page', run: undo },
  { id: 'redo', labelKey: 'editor.command.redo', shortcut: 'Ctrl+Shift+Z', scope: 'page', run: redo },
  { id: 'selectAll', labelKey: 'editor.command.selectAll', shortcut: 'Ctrl+A', scope: 'page', run: selectAll },
  { id: 'copy', labelKey: 'editor.command.copy', shortcut: 'Ctrl+C', scope: 'graph', run: () => void copySelected() },
  { id: 'paste', labelKey: 'editor.command.paste', shortcut: 'Ctrl+V', scope: 'graph', run: () => void pasteFromSystem() },
  { id: 'duplicate', labelKey: 'editor.command.duplicate', shortcut: 'Ctrl+D', scope: 'page', run: duplicateSelected },
  { id: 'edit', labelKey: 'editor.command.edit', shortcut: 'Enter', scope: 'graph', run: editEssentials },
  { id: 'rename', labelKey: 'editor.command.rename', shortcut: 'F2', scope: 'graph', run: renameSelected },
  { id: 'connect', labelKey: 'editor.command.connect', shortcut: 'C', scope: 'graph', run: connectSelected },
  { id: 'remove', labelKey: 'editor.command.remove', shortcut: 'Delete', scope: 'graph', run: removeSelected },
  { id: 'layout', labelKey: 'editor.command.layout', shortcut: 'Ctrl+Shift+L', scope: 'page', run: () => void autoLayout() },
  { id: 'fit', labelKey: 'editor.command.fit', shortcut: 'F', scope: 'graph', run: showAll },
  { id: 'zoomIn', labelKey: 'editor.command.zoomIn', shortcut: '+', scope: 'graph', run: () => zoom(1.25) },
  { id: 'zoomOut', labelKey: 'editor.command.zoomOut', shortcut: '-', scope: 'graph', run: () => zoom(0.8) },
];
