import { type ComponentType, lazy, Suspense } from 'react';
import { type DialogName, useApp } from '../session/store.ts';

/** None of them is needed before someone asks, so none is loaded before. */
const DIALOGS: { readonly [D in DialogName]: ComponentType<{ readonly onClose: () => void }> } = {
  gallery: lazy(() => import('./GalleryDialog.tsx')),
  share: lazy(() => import('./ShareDialog.tsx')),
  help: lazy(() => import('./HelpDialog.tsx')),
  commands: lazy(() => import('./CommandPalette.tsx')),
  find: lazy(() => import('./FindDialog.tsx')),
  definitions: lazy(() => import('./DefinitionsDialog.tsx')),
};

export function Dialogs() {
  const name = useApp((app) => app.dialog);
  if (!name) return null;
  const Chosen = DIALOGS[name];
  return (
    <Suspense fallback={null}>
      <Chosen onClose={() => useApp.getState().set({ dialog: undefined })} />
    </Suspense>
  );
}
