import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en/index.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Every key of the catalogues; the Chinese one must have exactly the same keys (a compile error otherwise). */
export type TextKey = keyof typeof en;
export type TextArgs = { readonly [name: string]: string | number };

/** As written: ICU message syntax. The production build has parsed it already; plain words are left as they are. */
type Parsed = Exclude<ConstructorParameters<typeof IntlMessageFormat>[0], string>;
type Message = string | Parsed;
type Messages = { readonly [key: string]: Message };
declare const __TEXTS_ARE_PARSED__: boolean | undefined;
const ARE_PARSED = typeof __TEXTS_ARE_PARSED__ !== 'undefined';

/** Only what someone reads is fetched, and of that first what the first picture says. */
const LOADERS: { readonly [L in Language]: readonly [first: () => Promise<Messages>, rest: () => Promise<Messages>] } = {
  en: [async () => (await import('./en/first.ts')).first, async () => (await import('./en/rest.ts')).rest],
  'zh-CN': [async () => (await import('./zh-CN/first.ts')).first, async () => (await import('./zh-CN/rest.ts')).rest],
};
const catalogues = new Map<Language, Messages>();
/** How many of a language's loaders are done. */
const complete = new Map<Language, number>();
const fetching = new Map<() => Promise<Messages>, Promise<void>>();
const formats = new Map<string, IntlMessageFormat | string>();
const listeners = new Set<() => void>();
let version = 0;

/** Fetches the texts of the first picture; until then none of the language can be looked up. */
export function loadFirstTexts(language: Language): Promise<void> {
  return fetchTexts(language, LOADERS[language][0]);
}

/** Fetches all texts of a language. */
export async function loadLanguage(language: Language): Promise<void> {
  await Promise.all(LOADERS[language].map((loader) => fetchTexts(language, loader)));
}

function fetchTexts(language: Language, loader: () => Promise<Messages>): Promise<void> {
  let done = fetching.get(loader);
  if (!done) {
    done = loader().then((messages) => {
      catalogues.set(language, { ...catalogues.get(language), ...messages });
      complete.set(language, (complete.get(language) ?? 0) + 1);
      version++;
      for (const listener of listeners) listener();
    });
    fetching.set(loader, done);
  }
  return done;
}

/** Tells when more texts can be looked up. */
export function onTexts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Rises when more texts can be looked up. */
export function textsVersion(): number {
  return version;
}

function format(language: Language, key: TextKey): IntlMessageFormat | string {
  const id = `${language}\n${key}`;
  let found = formats.get(id);
  if (found === undefined) {
    const message = catalogues.get(language)?.[key];
    // Not fetched yet: silent for a moment, and told again when `textsVersion` rises.
    if (message === undefined) return '';
    const isReady = ARE_PARSED && typeof message === 'string';
    found = isReady ? message : new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
    formats.set(id, found);
  }
  return found;
}

/** Both languages have the same keys, so any that is loaded can tell. */
export function hasText(key: string): key is TextKey {
  for (const texts of catalogues.values()) if (Object.hasOwn(texts, key)) return true;
  return false;
}

/** The text of a key with its arguments filled in (ICU message syntax). Arguments are text, never markup. */
export function text(language: Language, key: TextKey, args?: TextArgs): string {
  const found = format(language, key);
  return typeof found === 'string' ? found : String(found.format(args as Record<string, string | number>));
}

/** The same, in pieces: arguments of any type (React elements for chips) come back in their place. */
export function textParts<T>(
  language: Language,
  key: TextKey,
  args: { readonly [name: string]: T | string | number },
): readonly (T | string)[] {
  const found = format(language, key);
  const result = typeof found === 'string' ? found : found.format<T>(args as Record<string, T>);
  return Array.isArray(result) ? result : [result as T | string];
}

/** True when all texts of a language are there. */
function isFetched(language: Language): boolean {
  return (complete.get(language) ?? 0) >= LOADERS[language].length;
}

/**
 * Keys made at run time (field names, fact kinds, reasons): the text, or the key itself where the catalogue has none.
 * Silent while the texts are still on their way.
 */
export function dynamicText(language: Language, key: string, args?: TextArgs): string {
  if (hasText(key)) return text(language, key, args);
  return isFetched(language) ? key : '';
}

/** The best of our languages for a browser's list. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}
