import type { EditorCommand } from './commands.ts';

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** The shortcut that a key press is, written as in the list of commands: `Ctrl+Shift+Z`. */
export function shortcutOf({ key, ctrl, shift, alt }: KeyPress): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  // Shift is part of a sign such as +; only letters and named keys tell it apart.
  const isSign = key.length === 1 && name === key.toLowerCase();
  return [ctrl ? 'Ctrl' : '', alt ? 'Alt' : '', shift && !isSign ? 'Shift' : '', name].filter((word) => word !== '').join('+');
}

const SAME: { readonly [shortcut: string]: string } = { Backspace: 'Delete', 'Ctrl+Y': 'Ctrl+Shift+Z', '=': '+' };
/** Keys that the browser turns into copy, cut and paste events of its own. */
const LEFT_TO_BROWSER: ReadonlySet<string> = new Set(['Ctrl+C', 'Ctrl+V', 'Ctrl+X']);

/** The command of a key press, if the editor has one for it where the focus is. */
export function commandOf(commands: readonly EditorCommand[], press: KeyPress, isInGraph: boolean): EditorCommand | undefined {
  const pressed = shortcutOf(press);
  if (LEFT_TO_BROWSER.has(pressed)) return undefined;
  const shortcut = SAME[pressed] ?? pressed;
  return commands.find((command) => command.shortcut === shortcut && (isInGraph || command.scope === 'page'));
}
