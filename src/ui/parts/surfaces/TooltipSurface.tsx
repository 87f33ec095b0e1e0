import { Tooltip as Radix } from 'radix-ui';
import { anchorStyle, surfaceHome } from '../anchors.ts';
import styles from './Tooltip.module.css';

export interface TooltipSurfaceProps {
  readonly anchor: Element;
  readonly text: string;
  readonly shortcut: string | undefined;
  readonly side: 'top' | 'bottom' | 'left' | 'right';
  readonly onClose: () => void;
}

export function TooltipSurface({ anchor, text, shortcut, side, onClose }: TooltipSurfaceProps) {
  return (
    <Radix.Provider>
      <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
        <Radix.Trigger asChild>
          <span aria-hidden="true" style={anchorStyle(anchor)} />
        </Radix.Trigger>
        <Radix.Portal container={surfaceHome(anchor)}>
          <Radix.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
            {text}
            {shortcut && <kbd className={styles.key}>{shortcut}</kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
