import { cloneElement, type FocusEvent, type PointerEvent, type ReactElement, Suspense, useEffect, useRef, useState } from 'react';
import { alsoOn } from './handlers.ts';
import { TooltipSurface } from './lazy.ts';

export interface TooltipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  /** One element, usually a button. */
  readonly children: ReactElement;
}

const REST_MILLIS = 450;

/** A short name or reason for one control. Never the only place of something that must be read. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element>();
  const timer = useRef<number>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(undefined);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const onPointerEnter = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const { currentTarget } = event;
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setAnchor(currentTarget), REST_MILLIS);
  };
  const onFocus = (event: FocusEvent) => {
    if (event.currentTarget.matches(':focus-visible')) setAnchor(event.currentTarget);
  };
  const child = cloneElement(children as ReactElement<Record<string, unknown>>, {
    onPointerEnter: alsoOn(children, 'onPointerEnter', onPointerEnter),
    onPointerLeave: alsoOn(children, 'onPointerLeave', hide),
    onPointerDown: alsoOn(children, 'onPointerDown', hide),
    onFocus: alsoOn(children, 'onFocus', onFocus),
    onBlur: alsoOn(children, 'onBlur', hide),
    onKeyDown: alsoOn(children, 'onKeyDown', hide),
  });
  return (
    <>
      {child}
      {anchor && (
        <Suspense fallback={null}>
          <TooltipSurface anchor={anchor} text={text} shortcut={shortcut} side={side} onClose={hide} />
        </Suspense>
      )}
    </>
  );
}
