import { Toast as Radix } from 'radix-ui';
import { classes } from '../../classes.ts';
import { useText } from '../../text.ts';
import { Button, IconButton } from '../Button.tsx';
import { dropToast, useToasts } from '../toasts.ts';
import styles from './Toast.module.css';

/** Draws what `toast()` says, and reads it aloud. */
export function ToastSurface() {
  const t = useText();
  const list = useToasts((state) => state.list);
  return (
    <Radix.Provider duration={6000} label={t('ui.notice')} swipeDirection="down">
      {list.map((entry) => (
        <Radix.Root
          key={entry.id}
          className={classes(styles.toast, entry.tone === 'bad' && styles.bad, entry.tone === 'good' && styles.good)}
          onOpenChange={(isOpen) => !isOpen && dropToast(entry.id)}
        >
          <Radix.Description className={styles.text}>{entry.text}</Radix.Description>
          {entry.action && (
            <Radix.Action asChild altText={entry.action.label}>
              <Button look="quiet" onClick={entry.action.run}>
                {entry.action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton icon="close" size="small" label={t('ui.close')} />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} label={`${t('ui.notice')} ({hotkey})`} />
    </Radix.Provider>
  );
}
