import { LANGUAGES, type Language } from '../../i18n/index.ts';

/** What the address of the page asks for. */
export interface Address {
  /** A gallery scenario. */
  readonly scenario: string | undefined;
  readonly language: Language | undefined;
  readonly theme: 'light' | 'dark' | undefined;
  /** What stands behind the `#`, without it: a shared run, or ''. */
  readonly fragment: string;
}

export function readAddress(search: string, hash: string): Address {
  const asked = new URLSearchParams(search);
  const theme = asked.get('theme');
  return {
    scenario: asked.get('scenario') ?? undefined,
    language: LANGUAGES.find((language) => language === asked.get('lang')),
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    fragment: hash.startsWith('#') ? hash.slice(1) : hash,
  };
}

/** From here on a reload opens the kept work, no longer the link or scenario that the page came from. */
export function leaveAddress(): void {
  history.replaceState(null, '', `${location.pathname}${plainSearch(location.search)}`);
}

/** The address that opens the page without any request for a particular run: where "back to my work" leads. */
export function plainSearch(search: string): string {
  const asked = new URLSearchParams(search);
  asked.delete('scenario');
  const rest = asked.toString();
  return rest ? `?${rest}` : '';
}
