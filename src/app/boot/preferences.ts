import { chooseLanguage, LANGUAGES, type Language, loadLanguage } from '../../i18n/index.ts';
import { type Theme, TRAFFIC, type Traffic, useUi } from '../../ui/index.ts';
import type { Address } from './address.ts';

/** The same key as in public/early.js, which reads it before the first paint. */
const KEY = 'queuescope:preferences';

interface Preferences {
  readonly language?: Language | undefined;
  readonly theme?: Theme | undefined;
  readonly hiddenTraffic?: readonly Traffic[] | undefined;
}

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { language, theme, hiddenTraffic } = kept as { language?: unknown; theme?: unknown; hiddenTraffic?: unknown };
    return {
      language: LANGUAGES.find((known) => known === language),
      theme: (['system', 'light', 'dark'] as const).find((known) => known === theme),
      hiddenTraffic: Array.isArray(hiddenTraffic) ? TRAFFIC.filter((mark) => hiddenTraffic.includes(mark)) : undefined,
    };
  } catch {
    // Blocked or damaged storage: the browser's own preferences stand.
    return {};
  }
}

/** Keeps what a person chose; where storage is blocked, the choice lasts as long as the page. */
function keep(change: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
  } catch {
    // Said elsewhere: the bar about blocked storage.
  }
}

export async function setLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  keep({ language });
  useUi.getState().set({ language });
}

export function setTheme(theme: Theme): void {
  keep({ theme });
  useUi.getState().set({ theme });
}

export function setHiddenTraffic(hiddenTraffic: readonly Traffic[]): void {
  keep({ hiddenTraffic });
  useUi.getState().set({ hiddenTraffic });
}

function showTheme(theme: Theme, prefersDark: boolean): void {
  const isDark = theme === 'dark' || (theme === 'system' && prefersDark);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

/** Sets language, theme and motion from address, earlier choice and browser, and follows them as long as the page lives. */
export function startPreferences(address: Address): void {
  const kept = read();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  useUi.getState().set({
    language: address.language ?? kept.language ?? chooseLanguage(navigator.languages),
    theme: address.theme ?? kept.theme ?? 'system',
    reducedMotion: calm.matches,
    hiddenTraffic: kept.hiddenTraffic ?? [],
  });
  const show = () => {
    const { language, theme } = useUi.getState();
    document.documentElement.lang = language;
    showTheme(theme, dark.matches);
  };
  const onCalm = () => useUi.getState().set({ reducedMotion: calm.matches });
  show();
  useUi.subscribe(show);
  dark.addEventListener('change', show);
  calm.addEventListener('change', onCalm);
}
