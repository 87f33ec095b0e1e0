import { fail, ok, type Result } from '../base/index.ts';
import { faultOf } from './jsonFault.ts';
import { DOCUMENT_LIMITS } from './limits.ts';

export type JsonFault = { readonly type: 'deep' } | { readonly type: 'syntax'; readonly line: number; readonly column: number };

/** Reads JSON that anyone may have written. Nesting is measured before it is parsed, since a parser would follow it into the depth. */
export function readJson(text: string): Result<unknown, JsonFault> {
  if (depthOf(text) > DOCUMENT_LIMITS.depth) return fail({ type: 'deep' });
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail({ type: 'syntax', ...placeOf(text) });
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

/** Browsers say the place of a mistake in their own words or not at all, so it is looked for here. */
function placeOf(text: string): { readonly line: number; readonly column: number } {
  const before = text.slice(0, faultOf(text)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
