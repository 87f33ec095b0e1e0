import { type Language, text } from '../i18n/index.ts';
import type { Ghost } from './moments.ts';

const known = new Map<string, string>();

/** The short words beside a ghost; asked for every frame, so put together once. */
export function ghostWords(language: Language, { what, why, count }: Ghost): string {
  const key = `${language} ${what} ${why}`;
  let words = known.get(key);
  if (words === undefined) {
    words = text(language, `stage.ghost.${what}`, { why: selector(why) });
    known.set(key, words);
  }
  return count > 1 ? text(language, 'stage.ghost.many', { words, count }) : words;
}

/** Reason keys as ICU's select argument may spell them: `connection-closed` is `connectionClosed`. */
function selector(why: string): string {
  return why.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
