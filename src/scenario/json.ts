import { fail, ok, type Result } from '../base/index.ts';
import { DOCUMENT_LIMITS } from './limits.ts';

export type JsonFault = { readonly type: 'deep' } | { readonly type: 'syntax'; readonly line: number; readonly column: number };

/** Reads JSON that anyone may have written. Nesting is measured before it is parsed, since a parser would follow it into the depth. */
export function readJson(text: string): Result<unknown, JsonFault> {
  if (depthOf(text) > DOCUMENT_LIMITS.depth) return fail({ type: 'deep' });
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return fail({ type: 'syntax', ...placeOf(text, String(error)) });
  }
}

/** The deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (isText) {
      if (c === 0x5c) i++;
      else if (c === 0x22) isText = false;
    } else if (c === 0x22) isText = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
  }
  return deepest;
}

/** Engines name the position (V8) or line and column (SpiderMonkey); where neither is said, it is the end of the text. */
function placeOf(text: string, message: string): { readonly line: number; readonly column: number } {
  const place = /line (\d+) column (\d+)/.exec(message);
  if (place) return { line: Number(place[1]), column: Number(place[2]) };
  const position = /position (\d+)/.exec(message);
  const before = text.slice(0, position ? Number(position[1]) : text.length).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
