import { type ReactNode, Suspense, useState } from 'react';
import { ToastSurface } from './lazy.ts';
import { useToasts } from './toasts.ts';

/** Once around the app. The first toast brings what draws them; from then on it stays. */
export function ToastRoot({ children }: { readonly children: ReactNode }) {
  const hasToasts = useToasts((state) => state.list.length > 0);
  const [isNeeded, setNeeded] = useState(false);
  if (hasToasts && !isNeeded) setNeeded(true);
  return (
    <>
      {children}
      {isNeeded && (
        <Suspense fallback={null}>
          <ToastSurface />
        </Suspense>
      )}
    </>
  );
}
