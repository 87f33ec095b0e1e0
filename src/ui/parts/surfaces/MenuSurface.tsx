import { DropdownMenu as Radix } from 'radix-ui';
import { useState } from 'react';
import { type AnchorPlace, anchorStyle, giveFocusBack, surfaceHome } from '../anchors.ts';
import type { MenuItem } from '../menuItems.ts';
import styles from './Menu.module.css';
import { MenuEntry } from './MenuEntry.tsx';

export interface MenuSurfaceProps {
  readonly anchor: AnchorPlace;
  readonly items: readonly MenuItem[];
  readonly label: string | undefined;
  readonly align: 'start' | 'center' | 'end';
  readonly side: 'top' | 'bottom' | 'left' | 'right';
  readonly onClose: () => void;
}

/** An open menu: arrows, type-ahead, Escape, focus back to where it was. */
export function MenuSurface({ anchor, items, label, align, side, onClose }: MenuSurfaceProps) {
  const [returnTo] = useState(() => (anchor instanceof Element ? anchor : document.activeElement));
  return (
    <Radix.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Trigger asChild>
        <span aria-hidden="true" tabIndex={-1} style={anchorStyle(anchor)} />
      </Radix.Trigger>
      <Radix.Portal container={surfaceHome(anchor)}>
        <Radix.Content
          className={styles.menu}
          align={align}
          side={side}
          sideOffset={anchor instanceof Element ? 6 : 2}
          collisionPadding={8}
          aria-label={label}
          aria-labelledby={undefined}
          loop
          onInteractOutside={(event) => {
            // The button that opened it closes it too; closing here first would make that click open it again.
            if (anchor instanceof Element && event.target instanceof Node && anchor.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(returnTo);
          }}
        >
          {items.map((item) => (
            <MenuEntry key={item.id} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
