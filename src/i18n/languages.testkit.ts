import { LANGUAGES, loadLanguage } from './lookup.ts';

/** Tests look up texts in both languages without waiting: named in vite.config.ts as what runs before each of them. */
await Promise.all(LANGUAGES.map(loadLanguage));

export { LANGUAGES };
