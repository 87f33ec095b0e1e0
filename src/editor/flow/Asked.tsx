import { lazy, Suspense } from 'react';
import type { SideName } from '../../ui/index.ts';
import { activeSide, focusOn } from '../actions.ts';
import { useEditor } from '../environment.ts';

/** Fetched when first asked for. */
const ConnectDialog = lazy(async () => ({ default: (await import('../ConnectDialog.tsx')).ConnectDialog }));
const PublishDialog = lazy(async () => ({ default: (await import('../deeds/PublishDialog.tsx')).PublishDialog }));

/** By then the dialog has gone and given the focus back, if it could. */
const FOCUS_MILLIS = 60;

function close(): void {
  const { asking } = useEditor.getState();
  useEditor.setState({ asking: undefined });
  const id = asking?.what === 'publish' ? asking.target : asking?.from;
  // A dialog that was opened from a menu has nothing to give the focus back to.
  setTimeout(() => document.activeElement === document.body && focusOn(id), FOCUS_MILLIS);
}

/** The dialog that is open about a part of this side. */
export function Asked({ side }: { readonly side: SideName }) {
  const asking = useEditor((state) => state.asking);
  const isConnecting = asking?.what === 'connect' && activeSide() === side;
  const isPublishing = asking?.what === 'publish' && asking.side === side;
  return (
    <Suspense fallback={null}>
      {isConnecting && <ConnectDialog from={asking.from} onClose={close} />}
      {isPublishing && <PublishDialog target={asking.target} side={side} onClose={close} />}
    </Suspense>
  );
}
