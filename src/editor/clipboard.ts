import { text } from '../i18n/index.ts';
import { copy, duplicate, type Problem, paste } from '../scenario/index.ts';
import { toast, useUi } from '../ui/index.ts';
import { act, activeSide, editContext, findPart, sayProblem, selectedOwn } from './actions.ts';
import { useDocument } from './document.ts';
import { useEditor } from './environment.ts';

/** More text than this is nothing that was copied here. */
const CLIPBOARD_LENGTH_MAX = 2_000_000;
const FOREIGN: Problem = { where: '', key: 'clipboard.foreign' };

function selectedParts(): readonly string[] {
  return selectedOwn().filter((id) => findPart(id));
}

/** What goes to the system's clipboard; undefined when no part is selected. */
export function copyText(): string | undefined {
  const ids = selectedParts();
  if (ids.length === 0) return undefined;
  return JSON.stringify(copy(useDocument.getState().run, editContext(), ids));
}

/** JSON of a clipboard text, which anyone may have written; `paste` checks what it says. */
export function parseClipboard(clip: string): unknown {
  if (clip.length > CLIPBOARD_LENGTH_MAX || !clip.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(clip);
  } catch {
    return undefined;
  }
}

/** Puts in what the clipboard holds; without a place the copies lie a little beside the originals. */
export function pasteText(clip: string, to?: { readonly x: number; readonly y: number }): void {
  const json = parseClipboard(clip);
  if (json === undefined) {
    sayProblem(FOREIGN);
    return;
  }
  const target = to ?? placeForPaste(json);
  act('edit.paste', (run, context) => paste(run, context, json, target ? { to: target } : {}), { selectAdded: true });
}

/** Copies from another document have no original to lie beside: they go to the middle of what is seen. */
function placeForPaste(json: unknown): { readonly x: number; readonly y: number } | undefined {
  const parts = typeof json === 'object' && json !== null && 'parts' in json && Array.isArray(json.parts) ? (json.parts as unknown[]) : [];
  const isHere = parts.some((part) => typeof part === 'object' && part !== null && 'id' in part && findPart(String(part.id)));
  return isHere ? undefined : useEditor.getState().graphs[activeSide()]?.middle();
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
    pasteText(await navigator.clipboard.readText());
  } catch {
    sayBlocked();
  }
}

function sayBlocked(): void {
  toast({ text: text(useUi.getState().language, 'editor.clipboard.blocked') });
}
