import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { classes } from '../../classes.ts';
import { useText } from '../../text.ts';
import { giveFocusBack } from '../anchors.ts';
import { IconButton } from '../Button.tsx';
import type { DialogProps } from '../Dialog.tsx';
import styles from './Dialog.module.css';

/** A modal dialog: keeps focus inside, closes with Escape and gives focus back to where it was. */
export function DialogSurface({ onClose, title, lead, size = 'normal', footer, children }: Omit<DialogProps, 'open'>) {
  const t = useText();
  const [returnTo] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={classes(styles.dialog, styles[size])}
          onOpenAutoFocus={focusWisely}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(returnTo);
          }}
          {...(lead ? {} : { 'aria-describedby': undefined })}
        >
          <header className={styles.header}>
            <div>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {lead && <Radix.Description className={styles.lead}>{lead}</Radix.Description>}
            </div>
            <IconButton icon="close" label={t('ui.close')} onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The field or button marked `data-autofocus`, else the dialog itself: not the closing button, which merely comes first. */
function focusWisely(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog).focus();
}
