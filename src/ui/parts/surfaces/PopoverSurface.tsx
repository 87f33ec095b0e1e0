import { Popover as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { classes } from '../../classes.ts';
import { type AnchorPlace, anchorStyle, giveFocusBack, surfaceHome } from '../anchors.ts';
import styles from './Popover.module.css';

export interface PopoverSurfaceProps {
  readonly anchor: AnchorPlace;
  readonly label: string;
  readonly side: 'top' | 'bottom' | 'left' | 'right';
  readonly align: 'start' | 'center' | 'end';
  readonly isBare: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function PopoverSurface({ anchor, label, side, align, isBare, onClose, children }: PopoverSurfaceProps) {
  const [returnTo] = useState(() => (anchor instanceof Element ? anchor : document.activeElement));
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Anchor asChild>
        <span aria-hidden="true" style={anchorStyle(anchor)} />
      </Radix.Anchor>
      <Radix.Portal container={surfaceHome(anchor)}>
        <Radix.Content
          className={classes(styles.popover, !isBare && styles.padded)}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onInteractOutside={(event) => {
            if (anchor instanceof Element && event.target instanceof Node && anchor.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(returnTo);
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
