import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './Menu.module.css';
import { MenuEntry } from './MenuEntry.tsx';
import type { MenuItem } from './menuItems.ts';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly label?: string | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A menu under a button: arrows, type-ahead, Escape, focus back to the button. */
export function Menu({ trigger, items, label, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} side={side} sideOffset={6} collisionPadding={8} aria-label={label} loop>
          {items.map((item) => (
            <MenuEntry key={item.id} item={item} kit={Radix} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
