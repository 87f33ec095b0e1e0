import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadFirstTexts } from '../i18n/index.ts';
import { useUi } from '../ui/index.ts';
import { App } from './App.tsx';
import { readAddress } from './boot/address.ts';
import { startPreferences } from './boot/preferences.ts';

/** Puts the app in place of the painted shell, in the reader's language and theme. */
export async function start(root: Element): Promise<void> {
  startPreferences(readAddress(location.search, ''));
  await loadFirstTexts(useUi.getState().language);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
