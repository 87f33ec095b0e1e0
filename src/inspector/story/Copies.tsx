import type { Fact } from '../../engine/index.ts';
import type { Side } from '../../playback/index.ts';
import { classes, type Texts, useText } from '../../ui/index.ts';
import { partName } from '../words/names.ts';
import styles from './StoryPanel.module.css';
import type { Copy, Present } from './story.ts';

interface CopiesProps {
  readonly side: Side;
  readonly published: Fact;
  readonly present: Present;
  /** The copy whose facts alone are shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (place: string | undefined) => void;
}

/** Where the message is at this moment: in a few words, or copy by copy when there are several. */
export function Copies({ side, published, present, chosen, onChoose }: CopiesProps) {
  const t = useText();
  const { copies, state } = present;
  const only = copies.length === 1 ? copies[0] : undefined;
  const from = t('story.from', { producer: partName(side.program, published.at) });
  const isBorn = state !== 'unborn';
  const now = only ? copyText(t, side, only) : t(`copyState.${state}`);
  return (
    <div className={styles.present}>
      <p>
        {from}
        {isBorn && copies.length > 0 && ` · ${t('story.copies', { count: copies.length })}`}
        {copies.length <= 1 && ` · ${now}`}
        {only?.redelivered && <Redelivered />}
      </p>
      {copies.length > 1 && (
        <ul className={styles.copies} aria-label={t('story.chooseCopy')}>
          {copies.map((copy) => (
            <li key={copy.place}>
              <button
                type="button"
                className={styles.copy}
                aria-pressed={chosen === copy.place}
                onClick={() => onChoose(chosen === copy.place ? undefined : copy.place)}
              >
                <span className={styles.place}>{partName(side.program, copy.place)}</span>
                <span className={classes(styles.state, styles[copy.state])}>{copyText(t, side, copy)}</span>
                {copy.redelivered && <Redelivered />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Redelivered() {
  const t = useText();
  return <span className={styles.redelivered}>{t('story.redelivered')}</span>;
}

/** The state of a copy in the reader's words. */
function copyText(t: Texts, side: Side, { state, consumer }: Copy): string {
  if (consumer !== undefined && state === 'unacked') return t('copyState.unackedAt', { consumer: partName(side.program, consumer) });
  if (state === 'working') return t('copyState.working', { consumer: partName(side.program, consumer ?? '') });
  return t(`copyState.${state}`);
}
