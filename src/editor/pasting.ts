import { type Problem, paste } from '../scenario/index.ts';
import { act, activeSide, findPart, sayProblem } from './actions.ts';
import { useEditor } from './environment.ts';

/** More text than this is nothing that was copied here. */
const CLIPBOARD_LENGTH_MAX = 2_000_000;
const FOREIGN: Problem = { where: '', key: 'clipboard.foreign' };

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
export function pasteInto(clip: string, to?: { readonly x: number; readonly y: number }): void {
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
