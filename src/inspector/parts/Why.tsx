import { useState } from 'react';
import type { Fact } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { Icon, Popover, useText, useUi } from '../../ui/index.ts';
import { type Explanation, explain, isExplained } from '../words/explain.ts';
import { plain } from '../words/pieces.ts';
import { sentence } from '../words/sentence.ts';
import { Pieces } from './Pieces.tsx';
import styles from './Why.module.css';

interface WhyProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly fact: Fact;
  readonly openTo?: 'top' | 'bottom' | 'left' | undefined;
}

/** “why?”: opens the whole explanation of a decision. To ask is to stop: time stands while one reads. */
export function Why({ playback, side, fact, openTo = 'bottom' }: WhyProps) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  // What was asked stays what is answered, even when the sentence beside it has moved on.
  const [asked, setAsked] = useState<Explanation>();
  if (!isExplained(fact, side, language) && !asked) return null;
  const onOpenChange = (isOpen: boolean) => {
    if (isOpen && playback.snapshot().state === 'playing') playback.send({ type: 'PAUSE' });
    setAsked(isOpen ? explain(fact, side, language) : undefined);
  };
  return (
    <Popover
      label={t('explain.title')}
      side={openTo}
      align="start"
      open={asked !== undefined}
      onOpenChange={onOpenChange}
      trigger={
        <button type="button" className={styles.why} aria-label={t('why.askAbout', { sentence: sentence(fact, side, language) })}>
          {t('why.ask')}
        </button>
      }
    >
      {asked && <Answer explanation={asked} />}
    </Popover>
  );
}

/** A decision explained: what the rule is, what matched, what did not and why not. */
export function Answer({ explanation }: { readonly explanation: Explanation }) {
  return (
    <div className={styles.answer}>
      <h3 className={styles.title}>
        <Pieces pieces={explanation.title} />
      </h3>
      <ul className={styles.points}>
        {explanation.points.map(({ mark, pieces }) => (
          <li key={plain(pieces)} className={styles[mark]}>
            {mark !== 'plain' && (
              <span className={styles.mark}>
                <Icon name={mark === 'yes' ? 'check' : 'close'} size={14} />
              </span>
            )}
            <span>
              <Pieces pieces={pieces} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
