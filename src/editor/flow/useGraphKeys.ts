import { type KeyboardEvent as ReactKeyboardEvent, useEffect } from 'react';
import type { SideName } from '../../ui/index.ts';
import { isFocusedByKeyboard, useUi } from '../../ui/index.ts';
import { activeSide, drawnScenario, select, selected, shownLines } from '../actions.ts';
import { editorCommands, nudge, stretch } from '../commands.ts';
import { useEditor } from '../environment.ts';
import { commandOf } from '../keys.ts';
import { scrollKey } from '../laneScroll.ts';
import { type Direction, neighbour, readingOrder, type Spot } from '../order.ts';
import type { FlowStore } from './store.ts';

const ARROWS: { readonly [key: string]: { readonly direction: Direction; readonly dx: number; readonly dy: number } } = {
  ArrowLeft: { direction: 'left', dx: -1, dy: 0 },
  ArrowRight: { direction: 'right', dx: 1, dy: 0 },
  ArrowUp: { direction: 'up', dx: 0, dy: -1 },
  ArrowDown: { direction: 'down', dx: 0, dy: 1 },
};

/** Fields and open dialogs keep their keys. */
const KEEPS_KEYS = 'input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]';

function keepsKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(KEEPS_KEYS) !== null;
}

/** Keys inside the drawing: arrows go from neighbour to neighbour, with Shift or Ctrl they move the part. */
export function graphKeyDown(event: ReactKeyboardEvent, side: SideName, store: FlowStore, spots: () => readonly Spot[]): void {
  if (keepsKeys(event.target) || event.nativeEvent.isComposing) return;
  const focus = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thing]')?.dataset['thing'] : undefined;
  if (focus === undefined) return;
  if (useUi.getState().side !== side && activeSide() !== side) useUi.getState().set({ side });
  const done =
    arrowKey(event, focus, side, spots) ||
    pageKey(event, focus, side) ||
    menuKey(event) ||
    escapeKey(event, store) ||
    commandKey(event, focus);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function arrowKey(event: ReactKeyboardEvent, focus: string, side: SideName, spots: () => readonly Spot[]): boolean {
  const arrow = ARROWS[event.key];
  if (!arrow) return false;
  if (event.altKey) {
    withFocusSelected(focus);
    stretch(arrow.dx, arrow.dy);
    return true;
  }
  if (event.shiftKey || event.ctrlKey || event.metaKey) {
    withFocusSelected(focus);
    nudge(arrow.dx, arrow.dy);
    return true;
  }
  if (scrollKey(focus, side, arrow.dx, arrow.dy)) return true;
  // After a click with the mouse, left and right walk through time, as everywhere else on the page.
  if (arrow.dx !== 0 && !isFocusedByKeyboard()) return false;
  const all = spots();
  const from = all.find((spot) => spot.id === focus);
  const next = from && neighbour(all, from, arrow.direction);
  if (next) go(next.id, side);
  return true;
}

/** Page keys walk the drawing as one would read it. */
function pageKey(event: ReactKeyboardEvent, focus: string, side: SideName): boolean {
  if (event.key !== 'PageDown' && event.key !== 'PageUp') return false;
  const scenario = drawnScenario(side);
  const order = readingOrder(scenario.parts, shownLines(scenario));
  const at = order.indexOf(focus);
  const next = order[at + (event.key === 'PageDown' ? 1 : -1)];
  if (next !== undefined) go(next, side);
  return true;
}

/** The menu key asks for the same menu as a right click, at the part itself. */
function menuKey(event: ReactKeyboardEvent): boolean {
  if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return false;
  const box = (event.target as Element).getBoundingClientRect();
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  event.target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }));
  return true;
}

function escapeKey(event: ReactKeyboardEvent, store: FlowStore): boolean {
  if (event.key !== 'Escape') return false;
  store.setState({ drag: undefined, resize: undefined });
  select([]);
  return true;
}

function commandKey(event: ReactKeyboardEvent, focus: string): boolean {
  const command = commandOf(editorCommands, pressOf(event), true);
  if (!command) return false;
  withFocusSelected(focus);
  command.run();
  return true;
}

function go(id: string, side: SideName): void {
  select([id]);
  useEditor.getState().graphs[side]?.focus(id);
}

/** Commands speak of the selection; the focused part joins in by being it, unless it is part of it. */
function withFocusSelected(focus: string): void {
  if (!selected().includes(focus)) select([focus]);
}

function pressOf(event: ReactKeyboardEvent | KeyboardEvent) {
  return { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
}

/** Keys that mean the same on the whole page: undo, redo, select all, duplicate. One graph listens for both sides. */
export function usePageKeys(side: SideName): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (side !== activeSide() || event.defaultPrevented || event.isComposing || keepsKeys(event.target)) return;
      // With nothing else in focus the selection is what the keys of the drawing speak of.
      const isFree = document.activeElement === document.body && selected().length > 0;
      const command = commandOf(editorCommands, pressOf(event), isFree);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [side]);
}
