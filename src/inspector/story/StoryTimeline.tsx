import { useEffect, useRef } from 'react';
import type { Fact } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { classes, formatTime, useText, useUi } from '../../ui/index.ts';
import { Pieces } from '../parts/Pieces.tsx';
import { Why } from '../parts/Why.tsx';
import { sentence, sentenceParts } from '../words/sentence.ts';
import styles from './StoryTimeline.module.css';
import { toneOf } from './story.ts';

/** A message may go round for ever; so many facts before and after the present are enough to read. */
const AROUND = 60;

interface StoryTimelineProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly facts: readonly Fact[];
  readonly happened: number;
}

/** A story's facts by time: the past, the present, and pale what is already known to come. */
export function StoryTimeline({ playback, side, facts, happened }: StoryTimelineProps) {
  const t = useText();
  const list = useRef<HTMLOListElement>(null);
  const ahead = facts.findIndex((fact) => fact.seq >= happened);
  const present = (ahead < 0 ? facts.length : ahead) - 1;
  const first = Math.max(0, present - AROUND);
  const shown = facts.slice(first, present + 1 + AROUND);
  const later = facts.length - first - shown.length;

  useEffect(() => {
    const element = list.current;
    // Where all of the panel scrolls, an opened drawing above is what someone looks at: it stays.
    if (useUi.getState().lifeOpen === true && element && element.scrollHeight <= element.clientHeight) return;
    const row = element?.querySelector(`[data-index="${Math.max(0, present)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
  }, [present]);

  return (
    <ol className={styles.timeline} ref={list}>
      {first > 0 && <li className={styles.more}>{t('story.more', { count: first })}</li>}
      {shown.map((fact, index) => (
        <Moment
          key={fact.seq}
          playback={playback}
          side={side}
          fact={fact}
          index={first + index}
          when={first + index < present ? 'past' : first + index === present ? 'present' : 'ahead'}
        />
      ))}
      {later > 0 && <li className={styles.more}>{t('story.more', { count: later })}</li>}
    </ol>
  );
}

interface MomentProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly fact: Fact;
  readonly index: number;
  readonly when: 'past' | 'present' | 'ahead';
}

function Moment({ playback, side, fact, index, when }: MomentProps) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const time = formatTime(fact.time);
  const go = () => playback.send({ type: 'GO', time: fact.time, fact: { side: side.name, seq: fact.seq } });
  return (
    <li
      className={classes(styles.moment, styles[when], styles[toneOf(fact)])}
      data-index={index}
      aria-current={when === 'present' ? 'step' : undefined}
    >
      <button
        type="button"
        className={styles.time}
        onClick={go}
        aria-label={t('story.goTo', { time, sentence: sentence(fact, side, language) })}
      >
        {time.replace(' s', '')}
      </button>
      <span className={styles.bullet} aria-hidden="true" />
      <span className={styles.sentence}>
        <Pieces pieces={sentenceParts(fact, side, language)} />
        {when === 'ahead' && <span className="visually-hidden"> ({t('story.ahead')})</span>}{' '}
        <span className={styles.why}>
          <Why playback={playback} side={side} fact={fact} openTo="left" />
        </span>
      </span>
    </li>
  );
}
