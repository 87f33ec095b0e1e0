import { cloneElement, type MouseEvent, type PointerEvent, type ReactElement, Suspense, useEffect, useRef, useState } from 'react';
import { alsoOn } from './handlers.ts';
import { MenuSurface } from './lazy.ts';
import type { MenuItem } from './menuItems.ts';

export interface ContextMenuProps {
  readonly items: readonly MenuItem[];
  /** The moment to look what was under the pointer; render with new `items` then. */
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  readonly label?: string | undefined;
  /** The area that is right-clicked, long-pressed, or asked with the menu key. */
  readonly children: ReactElement;
}

/** Touch screens that send no `contextmenu` by themselves are listened to for a long press. */
const LONG_PRESS_MILLIS = 700;
const LONG_PRESS_SLACK = 8;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly timer: number;
}

export function ContextMenu({ items, onOpenChange, label, children }: ContextMenuProps) {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  const press = useRef<Press>(undefined);
  const show = (place: { readonly x: number; readonly y: number } | undefined) => {
    setAt(place);
    onOpenChange?.(place !== undefined);
  };
  const letGo = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = undefined;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);

  const onContextMenu = (event: MouseEvent) => {
    letGo();
    if (event.target instanceof Element && event.target.closest('input, textarea, [role=menu]')) return;
    event.preventDefault();
    show({ x: event.clientX, y: event.clientY });
  };
  const onPointerDown = (event: PointerEvent) => {
    letGo();
    if (event.pointerType !== 'touch') return;
    const { clientX, clientY, target } = event;
    const ask = () => target.dispatchEvent(new globalThis.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }));
    press.current = { x: clientX, y: clientY, timer: window.setTimeout(ask, LONG_PRESS_MILLIS) };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = press;
    if (current && Math.hypot(event.clientX - current.x, event.clientY - current.y) > LONG_PRESS_SLACK) letGo();
  };
  const area = cloneElement(children as ReactElement<Record<string, unknown>>, {
    onContextMenu: alsoOn(children, 'onContextMenu', onContextMenu),
    onPointerDown: alsoOn(children, 'onPointerDown', onPointerDown),
    onPointerMove: alsoOn(children, 'onPointerMove', onPointerMove),
    onPointerUp: alsoOn(children, 'onPointerUp', letGo),
    onPointerCancel: alsoOn(children, 'onPointerCancel', letGo),
  });
  return (
    <>
      {area}
      {at && items.length > 0 && (
        <Suspense fallback={null}>
          <MenuSurface
            key={`${at.x},${at.y}`}
            anchor={at}
            items={items}
            label={label}
            align="start"
            side="right"
            onClose={() => show(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
