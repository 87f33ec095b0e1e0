import { useMemo, useState } from 'react';
import type { Playback, Side } from '../../playback/index.ts';
import { Dialog, IconButton, useText } from '../../ui/index.ts';
import { Diagram } from './Diagram.tsx';
import styles from './LifeSection.module.css';
import { layoutOf } from './layout.ts';
import { Steps } from './Steps.tsx';
import { pathOf, type Trail } from './trails.ts';

interface LifeChartProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly trail: Trail;
  readonly happened: number;
  readonly name: string;
}

/** One life: its chart with the present state lit, and the way so far in words; large in a dialog, for a class to see. */
export function LifeChart({ playback, side, trail, happened, name }: LifeChartProps) {
  const t = useText();
  const [isLarge, enlarge] = useState(false);
  const { chart, moves } = trail;
  const layout = useMemo(
    () =>
      layoutOf(chart, {
        state: (state) => t.dynamic(`life.${chart.name}.${state}`),
        event: (event) => t.dynamic(`life.event.${event}`),
      }),
    [chart, t],
  );
  // The moves of a part's life grow in place: how many there are tells that there are more.
  const known = moves.length;
  const path = useMemo(() => pathOf(trail, known >= 0 ? happened : 0), [trail, known, happened]);
  const label =
    path.state === '' ? t('life.label.none', { name }) : t('life.label', { name, state: t.dynamic(`life.${chart.name}.${path.state}`) });
  const diagram = <Diagram layout={layout} path={path} isEnd={(state) => chart.isEnd(state)} label={label} initial={chart.initial} />;
  const steps = <Steps playback={playback} side={side} trail={trail} count={path.count} />;
  return (
    <>
      <div className={styles.drawing} style={{ maxWidth: layout.width * 1.15 }}>
        <IconButton className={styles.enlarge} icon="fit" size="small" label={t('life.enlarge')} onClick={() => enlarge(true)} />
        {diagram}
      </div>
      {steps}
      <Dialog open={isLarge} onClose={() => enlarge(false)} title={`${t('life.title')}: ${name}`} size="wide">
        <div className={styles.large}>{diagram}</div>
        {steps}
      </Dialog>
    </>
  );
}
