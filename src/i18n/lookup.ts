import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en/index.ts';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Every key of the catalogues; the Chinese one must have exactly the same keys (a compile error otherwise). */
export type TextKey = keyof typeof en;
export type TextArgs = { readonly [name: string]: string | number };

type Texts = { readonly [K in TextKey]: string };
/** Only what someone reads is fetched. */
const LOADERS: { readonly [L in Language]: () => Promise<Texts> } = {
  en: async () => (await import('./en/index.ts')).en,
  'zh-CN': async () => (await import('./zh-CN/index.ts')).zhCN,
};
const catalogues = new Map<Language, Texts>();
const compiled = new Map<string, IntlMessageFormat>();

/** Fetches a language; until then none of its texts can be looked up. */
export async function loadLanguage(language: Language): Promise<void> {
  if (!catalogues.has(language)) catalogues.set(language, await LOADERS[language]());
}

function catalogue(language: Language): Texts {
  const found = catalogues.get(language);
  if (!found) throw new Error(`${language} has not been loaded`);
  return found;
}

function format(language: Language, key: TextKey): IntlMessageFormat {
  const id = `${language}\n${key}`;
  let found = compiled.get(id);
  if (!found) {
    found = new IntlMessageFormat(catalogue(language)[key], language, undefined, { ignoreTag: true });
    compiled.set(id, found);
  }
  return found;
}

/** Both languages have the same keys, so any that is loaded can tell. */
export function hasText(key: string): key is TextKey {
  for (const texts of catalogues.values()) return Object.hasOwn(texts, key);
  return false;
}

/** The text of a key with its arguments filled in (ICU message syntax). Arguments are text, never markup. */
export function text(language: Language, key: TextKey, args?: TextArgs): string {
  return String(format(language, key).format(args as Record<string, string | number>));
}

/** The same, in pieces: arguments of any type (React elements for chips) come back in their place. */
export function textParts<T>(
  language: Language,
  key: TextKey,
  args: { readonly [name: string]: T | string | number },
): readonly (T | string)[] {
  const result = format(language, key).format<T>(args as Record<string, T>);
  return Array.isArray(result) ? result : [result as T | string];
}

/** Keys made at run time (field names, fact kinds, reasons): the text, or the key itself where the catalogue has none. */
export function dynamicText(language: Language, key: string, args?: TextArgs): string {
  return hasText(key) ? text(language, key, args) : key;
}

/** The best of our languages for a browser's list. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}
