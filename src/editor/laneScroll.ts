import { cellsShown, hasScrolled, rectOf, scrolledCells, scrolledRows } from '../scenario/index.ts';
import { type SideName, useUi } from '../ui/index.ts';
import { findPart } from './actions.ts';
import { host, useEditor } from './environment.ts';

/**
 * An arrow key inside selected lanes: most of a window further along all of them, or to the next lane. False where there is
 * nothing further that way: then the key leads on to the neighbour.
 */
export function scrollKey(focus: string, side: SideName, dx: number, dy: number): boolean {
  if (!useUi.getState().selection.includes(focus)) return false;
  const part = findPart(focus, side);
  const kind = part && host().catalogue.parts.get(part.kind);
  const lanes = useEditor.getState().views[side]?.view(focus)?.lanes;
  if (!part || kind?.shape !== 'lanes' || !lanes) return false;
  const rect = rectOf(part, kind);
  const { laneScroll, set } = useUi.getState();
  const before = laneScroll[focus];
  const step = Math.max(1, Math.floor(cellsShown(rect)) - 2);
  const after = dx === 0 ? scrolledRows(rect, lanes.length, before, dy) : scrolledCells(rect, lanes, before, dx * step);
  if (!hasScrolled(rect, lanes, before, after)) return false;
  set({ laneScroll: { ...laneScroll, [focus]: after } });
  return true;
}
