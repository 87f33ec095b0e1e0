import { cloneElement, type MouseEvent, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import type { AnchorPlace } from './anchors.ts';
import { alsoOn } from './handlers.ts';
import { PopoverSurface } from './lazy.ts';

export interface PopoverProps {
  readonly trigger?: ReactElement | undefined;
  /** A point on the screen to hang on, instead of a trigger. */
  readonly at?: { readonly x: number; readonly y: number } | undefined;
  readonly label: string;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
  /** No inner space, for lists. */
  readonly bare?: boolean | undefined;
  readonly children: ReactNode;
}

/** A small floating card that is no modal: Escape and a click outside close it. */
export function Popover(props: PopoverProps) {
  const { trigger, at, label, open, onOpenChange, side = 'bottom', align = 'center', bare = false, children } = props;
  const [button, setButton] = useState<Element>();
  const [isOpenByItself, setOpenByItself] = useState(false);
  const isOpen = open ?? isOpenByItself;
  const show = (next: boolean) => {
    setOpenByItself(next);
    onOpenChange?.(next);
  };
  const onClick = (event: MouseEvent) => {
    setButton(event.currentTarget);
    show(!isOpen);
  };
  const anchor: AnchorPlace | undefined = at ?? button;
  return (
    <>
      {trigger &&
        cloneElement(trigger as ReactElement<Record<string, unknown>>, {
          'aria-haspopup': 'dialog',
          'aria-expanded': isOpen,
          onClick: alsoOn(trigger, 'onClick', onClick),
        })}
      {isOpen && anchor && (
        <Suspense fallback={null}>
          <PopoverSurface anchor={anchor} label={label} side={side} align={align} isBare={bare} onClose={() => show(false)}>
            {children}
          </PopoverSurface>
        </Suspense>
      )}
    </>
  );
}
