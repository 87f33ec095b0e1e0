import { useCallback, useSyncExternalStore } from 'react';
import { toSeconds } from '../../base/index.ts';
import { classes, useText } from '../../ui/index.ts';
import { activeSide } from '../actions.ts';
import { useEditor } from '../environment.ts';
import { slowly } from '../slowly.ts';
import styles from './forms.module.css';

/** "4.9": where the run stands, in seconds; undefined at its start. Refreshed twice a second. */
export function useNowText(): string | undefined {
  const views = useEditor((state) => state.views[activeSide()]);
  const subscribe = useCallback((listener: () => void) => (views ? slowly(views.subscribe, 500)(listener) : () => {}), [views]);
  return useSyncExternalStore(subscribe, readNow);
}

function readNow(): string | undefined {
  const found = useEditor.getState().host;
  return found === undefined || found.atStart() ? undefined : toSeconds(found.now()).toFixed(1);
}

/** From when changes hold: from now on, keeping the past as it was, or from the start, telling the run anew. */
export function FromSwitch({ isCompact = false }: { readonly isCompact?: boolean }) {
  const t = useText();
  const from = useEditor((state) => state.from);
  const now = useNowText();
  if (now === undefined) return null;
  const choose = (wanted: 'now' | 'start') => useEditor.getState().setFrom(wanted);
  return (
    <fieldset className={classes(styles.from, isCompact && styles.fromCompact)}>
      <legend className={styles.label}>{t('editor.from.label')}</legend>
      <div className={styles.segments}>
        {(['now', 'start'] as const).map((choice) => (
          <label key={choice} className={styles.segment}>
            <input
              type="radio"
              name={isCompact ? 'edits-hold' : 'edits-hold-form'}
              checked={from === choice}
              onChange={() => choose(choice)}
            />
            <span>{t(`editor.from.${choice}`, { seconds: now })}</span>
          </label>
        ))}
      </div>
      {!isCompact && <p className={styles.help}>{t(`editor.from.${from}.help`)}</p>}
    </fieldset>
  );
}
