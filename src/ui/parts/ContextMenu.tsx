import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './Menu.module.css';
import { MenuEntry } from './MenuEntry.tsx';
import type { MenuItem } from './menuItems.ts';

export interface ContextMenuProps {
  readonly items: readonly MenuItem[];
  /** The moment to look what was under the pointer; render with new `items` then. */
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  readonly label?: string | undefined;
  /** The area that is right-clicked, long-pressed, or asked with the menu key. One element that takes a ref. */
  readonly children: ReactElement;
}

export function ContextMenu({ items, onOpenChange, label, children }: ContextMenuProps) {
  return (
    <Radix.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} collisionPadding={8} aria-label={label} loop>
          {items.map((item) => (
            <MenuEntry key={item.id} item={item} kit={Radix} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
