import { type ReactNode, Suspense } from 'react';
import { DialogSurface } from './lazy.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: string | undefined;
  readonly size?: 'small' | 'normal' | 'wide' | undefined;
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly children?: ReactNode;
}

/** A modal dialog: keeps focus inside, closes with Escape and gives focus back to where it was. */
export function Dialog({ open, ...surface }: DialogProps) {
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <DialogSurface {...surface} />
    </Suspense>
  );
}
