import { useState } from 'react';
import type { Playback, Side } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import { LifeChart } from './LifeChart.tsx';
import styles from './LifeSection.module.css';
import { pathOf, type Trail } from './trails.ts';

interface LifeSectionProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly trails: readonly Trail[];
  readonly happened: number;
  /** The life that is shown first. */
  readonly preferred?: string | undefined;
  /** What tells the lives apart, and what the chosen one is called. */
  readonly shortName: (trail: Trail) => string;
  readonly name: (trail: Trail) => string;
}

/** There is room for a drawing beside the stage, but not in a sheet below it. */
const ROOMY = '(min-width: 1024px)';

/** A section that draws the life cycle of a message or a part; of several lives one is chosen. */
export function LifeSection({ playback, side, trails, happened, preferred, shortName, name }: LifeSectionProps) {
  const t = useText();
  const wanted = useUi((ui) => ui.lifeOpen);
  const [chosen, choose] = useState(preferred);
  const isOpen = wanted ?? matchMedia(ROOMY).matches;
  const trail = trails.find(({ key }) => key === chosen) ?? trails[0];
  if (!trail) return null;
  return (
    <details
      className={styles.section}
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => open !== isOpen && useUi.getState().set({ lifeOpen: open })}
    >
      <summary className={styles.summary}>{t('life.title')}</summary>
      {isOpen && (
        <>
          {trails.length > 1 && (
            <fieldset className={styles.lives} aria-label={t('life.choose')}>
              {trails.map((one) => (
                <button key={one.key} type="button" className={styles.life} aria-pressed={one === trail} onClick={() => choose(one.key)}>
                  {shortName(one)} <span className={styles.now}>{stateNow(one)}</span>
                </button>
              ))}
            </fieldset>
          )}
          <LifeChart playback={playback} side={side} trail={trail} happened={happened} name={name(trail)} />
        </>
      )}
    </details>
  );

  function stateNow(one: Trail): string {
    const { state } = pathOf(one, happened);
    return state === '' ? '' : t.dynamic(`life.${one.chart.name}.${state}`);
  }
}
