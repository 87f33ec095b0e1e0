import { useMemo, useSyncExternalStore } from 'react';
import { dynamicText, type Language, onTexts, type TextArgs, type TextKey, text, textsVersion } from '../i18n/index.ts';
import { useUi } from './store.ts';

export interface Texts {
  (key: TextKey, args?: TextArgs): string;
  /** For keys made at run time. */
  dynamic(key: string, args?: TextArgs): string;
}

/** The typed lookup in one language, for code outside of components. */
export function textsIn(language: Language): Texts {
  return Object.assign((key: TextKey, args?: TextArgs) => text(language, key, args), {
    dynamic: (key: string, args?: TextArgs) => dynamicText(language, key, args),
  });
}

/** The typed lookup in the reader's language. */
export function useText(): Texts {
  const language = useUi((ui) => ui.language);
  const version = useSyncExternalStore(onTexts, textsVersion);
  // Texts that come later make a new lookup, so that whatever was drawn without them is drawn again.
  return useMemo(() => (version >= 0 ? textsIn(language) : textsIn('en')), [language, version]);
}
