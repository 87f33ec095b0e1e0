import { isFocusedByKeyboard } from '../../ui/index.ts';

/** Where the focus is, as far as keys are concerned. */
export type Place =
  /** A text field: all keys are its own, but those with Ctrl that no text field uses. */
  | 'text'
  /** A dialog or menu is open: it keeps the keys. */
  | 'overlay'
  /** A part or line of the drawing that was reached by keyboard: arrows move it or the focus. After a click they walk through time. */
  | 'graph'
  /** Tabs, radio buttons, sliders other than the time line: arrows are theirs. */
  | 'arrows'
  /** A button that was reached by keyboard: space presses it. */
  | 'button'
  | 'free';

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export type KeyDeed =
  | 'toggle'
  | 'next'
  | 'previous'
  | 'nextInteresting'
  | 'previousInteresting'
  | 'home'
  | 'end'
  | 'commands'
  | 'find'
  | 'help'
  | 'save'
  | 'open';

/** What a key means for the whole page; undefined leaves it to whatever has the focus. */
export function deedOfKey(press: KeyPress, place: Place): KeyDeed | undefined {
  if (press.ctrl) return press.alt || press.shift ? undefined : controlDeed(press.key.toLowerCase(), place);
  if (press.alt || place === 'text' || place === 'overlay') return undefined;
  if (press.key === '?') return 'help';
  if (press.key === '/') return 'find';
  if (press.key === ' ') return place === 'button' ? undefined : 'toggle';
  if (place === 'arrows') return undefined;
  if (place === 'graph' && press.key.startsWith('Arrow')) return undefined;
  if (press.key === 'ArrowRight') return press.shift ? 'nextInteresting' : 'next';
  if (press.key === 'ArrowLeft') return press.shift ? 'previousInteresting' : 'previous';
  if (press.shift) return undefined;
  if (press.key === 'Home') return 'home';
  if (press.key === 'End') return 'end';
  return undefined;
}

function controlDeed(key: string, place: Place): KeyDeed | undefined {
  if (place === 'overlay') return undefined;
  if (key === 'k') return 'commands';
  // The browser's own search sees only the parts that are in the window.
  if (key === 'f') return 'find';
  if (key === 's') return 'save';
  if (key === 'o') return 'open';
  return undefined;
}

const TEXT = 'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable=true]';
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Where an element of the page is. */
export function placeOf(element: Element | null): Place {
  if (!element) return 'free';
  if (element.matches(TEXT)) return 'text';
  if (element.closest(OVERLAY)) return 'overlay';
  const isInGraph = element.closest('[data-keys="graph"], .react-flow__node, .react-flow__edge') !== null;
  if (isInGraph) return isFocusedByKeyboard() ? 'graph' : 'free';
  if (element.closest('[role=tablist], [role=radiogroup]') || (element.matches('[role=slider]') && !element.closest('[data-keys="time"]')))
    return 'arrows';
  if (element.matches('button, a[href], summary, [role=button], [role=switch], [role=checkbox]') && isFocusedByKeyboard()) return 'button';
  return 'free';
}
