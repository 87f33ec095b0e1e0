import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './Popover.module.css';

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
export function Popover({ trigger, at, label, open, onOpenChange, side = 'bottom', align = 'center', bare, children }: PopoverProps) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      {at && (
        <Radix.Anchor asChild>
          <span className={styles.anchor} style={{ left: at.x, top: at.y }} />
        </Radix.Anchor>
      )}
      <Radix.Portal>
        <Radix.Content
          className={classes(styles.popover, !bare && styles.padded)}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
