import { cloneElement, type KeyboardEvent, type MouseEvent, type ReactElement, Suspense, useState } from 'react';
import { alsoOn } from './handlers.ts';
import { MenuSurface } from './lazy.ts';
import type { MenuItem } from './menuItems.ts';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly label?: string | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A menu under a button. */
export function Menu({ trigger, items, label, align = 'start', side = 'bottom' }: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const onClick = (event: MouseEvent<HTMLElement>) => setAnchor(anchor ? undefined : event.currentTarget);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setAnchor(event.currentTarget);
  };
  const button = cloneElement(trigger as ReactElement<Record<string, unknown>>, {
    'aria-haspopup': 'menu',
    'aria-expanded': anchor !== undefined,
    'data-state': anchor ? 'open' : 'closed',
    onClick: alsoOn(trigger, 'onClick', onClick),
    onKeyDown: alsoOn(trigger, 'onKeyDown', onKeyDown),
  });
  return (
    <>
      {button}
      {anchor && (
        <Suspense fallback={null}>
          <MenuSurface
            anchor={anchor}
            items={items}
            label={label ?? anchor.getAttribute('aria-label') ?? anchor.textContent ?? undefined}
            align={align}
            side={side}
            onClose={() => setAnchor(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
