import { useMemo } from 'react';
import type { Fact } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { formatTime, useText, useUi } from '../../ui/index.ts';
import { colourOfPublished } from '../parts/colour.ts';
import { useHappened } from '../parts/hooks.ts';
import { MessageDisc } from '../parts/MessageDisc.tsx';
import { partName } from '../words/names.ts';
import { recentlyPublished } from './recent.ts';
import styles from './StoryPanel.module.css';

/** The latest messages, to choose one from. */
export function Recent({ playback, side }: { readonly playback: Playback; readonly side: Side | undefined }) {
  const t = useText();
  const happened = useHappened(playback, side);
  const recent = useMemo(() => (side ? recentlyPublished(side.timeline, happened) : []), [side, happened]);
  return (
    <section className={styles.panel} aria-label={t('story.recent')}>
      <h2 className={styles.subtitle}>{t('story.recent')}</h2>
      <p className={styles.hint}>{t(recent.length > 0 ? 'story.hint' : 'story.none')}</p>
      {side && recent.length > 0 && (
        <ol className={styles.recent}>
          {recent.map((fact) => (
            <li key={fact.seq}>
              <Choice side={side} published={fact} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Choice({ side, published }: { readonly side: Side; readonly published: Fact }) {
  const key = String(published.data?.['key'] ?? '');
  return (
    <button type="button" className={styles.choice} onClick={() => useUi.getState().set({ message: published.message })}>
      <MessageDisc message={published.message} colour={colourOfPublished(published, side.program)} size={20} />
      <span className={styles.name}>m{published.message}</span>
      <span className={styles.about}>{[key, partName(side.program, published.at)].filter(Boolean).join(' · ')}</span>
      <span className={styles.at}>{formatTime(published.time, 1)}</span>
    </button>
  );
}
