import { text } from '../i18n/index.ts';
import { copy, duplicate } from '../scenario/index.ts';
import { toast, useUi } from '../ui/index.ts';
import { act, editContext, findPart, selectedOwn } from './actions.ts';
import { useDocument } from './document.ts';

function selectedParts(): readonly string[] {
  return selectedOwn().filter((id) => findPart(id));
}

/** What goes to the system's clipboard; undefined when no part is selected. */
export function copyText(): string | undefined {
  const ids = selectedParts();
  if (ids.length === 0) return undefined;
  return JSON.stringify(copy(useDocument.getState().run, editContext(), ids));
}

/** Puts in what the clipboard holds. What reads it is fetched when someone pastes: it need not be there at the start. */
export async function pasteText(clip: string, to?: { readonly x: number; readonly y: number }): Promise<void> {
  const { pasteInto } = await import('./pasting.ts');
  pasteInto(clip, to);
}

export function duplicateSelected(): void {
  const ids = selectedParts();
  if (ids.length > 0) act('edit.duplicate', (run, context) => duplicate(run, context, ids), { selectAdded: true });
}

/** For menus and the command palette; keys use the browser's own copy event, which needs no permission. */
export async function copySelected(): Promise<void> {
  const clip = copyText();
  if (clip === undefined) return;
  try {
    await navigator.clipboard.writeText(clip);
  } catch {
    sayBlocked();
  }
}

export async function pasteFromSystem(): Promise<void> {
  try {
    await pasteText(await navigator.clipboard.readText());
  } catch {
    sayBlocked();
  }
}

function sayBlocked(): void {
  toast({ text: text(useUi.getState().language, 'editor.clipboard.blocked') });
}
