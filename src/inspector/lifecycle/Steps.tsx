import type { Playback, Side } from '../../playback/index.ts';
import { classes, formatTime, useText } from '../../ui/index.ts';
import styles from './LifeSection.module.css';
import type { Trail } from './trails.ts';

/** A life may go round for ever; so many steps before and after the present are enough to read. */
const BEFORE = 8;
const AFTER = 4;

interface StepsProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly trail: Trail;
  /** Moves behind the playhead. */
  readonly count: number;
}

/** The way through the chart in words and times; each step leads to its moment, as the sentences of a story do. */
export function Steps({ playback, side, trail, count }: StepsProps) {
  const t = useText();
  const { chart, moves } = trail;
  const first = Math.max(0, count - BEFORE);
  const shown = moves.slice(first, count + AFTER);
  const later = moves.length - first - shown.length;
  return (
    <ol className={styles.steps} aria-label={t('life.path')}>
      {first > 0 && <li className={styles.more}>{t('life.more', { count: first })}</li>}
      {shown.map(({ seq, time: at, event, to }, index) => {
        const when = first + index < count - 1 ? 'past' : first + index === count - 1 ? 'present' : 'ahead';
        const state = t.dynamic(`life.${chart.name}.${to}`);
        const time = formatTime(at);
        const said = event === '' ? '' : t.dynamic(`life.event.${event}`);
        const isSaid = said === '' || said === state;
        const fact = seq < 0 ? {} : { fact: { side: side.name, seq } };
        return (
          <li key={`${seq} ${to}`} className={classes(styles.step, styles[when])} aria-current={when === 'present' ? 'step' : undefined}>
            <button
              type="button"
              aria-label={isSaid ? t('life.goTo', { time, state }) : t('life.goToBy', { time, state, event: said })}
              onClick={() => playback.send({ type: 'GO', time: at, ...fact })}
            >
              {state} <span className={styles.at}>{time.replace(' s', '')}</span>
            </button>
            {when === 'ahead' && <span className="visually-hidden"> ({t('life.ahead')})</span>}
          </li>
        );
      })}
      {later > 0 && <li className={styles.more}>{t('life.more', { count: later })}</li>}
    </ol>
  );
}
