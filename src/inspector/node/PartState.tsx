import type { PartId } from '../../base/index.ts';
import type { PartView } from '../../engine/index.ts';
import { describePart, type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { classes, useText } from '../../ui/index.ts';
import { partName } from '../words/names.ts';
import { Deliveries } from './Deliveries.tsx';
import { Details } from './Details.tsx';
import styles from './NodePanel.module.css';
import { Omissions } from './Omissions.tsx';
import { Sparklines } from './Sparklines.tsx';
import { figureLabel, figureValue } from './terms.ts';

interface PartStateProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** A part at the playhead, in the words of the system that it belongs to. */
export function PartState({ playback, side, id }: PartStateProps) {
  const t = useText();
  const view = usePlayback(playback, () => describePart(side.timeline, id));
  const isThere = view !== undefined && view.status !== 'absent';
  return (
    <section className={styles.state} aria-label={`${t('node.now')}: ${partName(side.program, id)}`}>
      <header className={styles.head}>
        <h2 className={styles.name}>{partName(side.program, id)}</h2>
        {view && <span className={classes(styles.status, styles[view.status])}>{t(`node.status.${view.status}`)}</span>}
      </header>
      {!isThere && <p className={styles.hint}>{t('node.notYet')}</p>}
      {isThere && <Figures view={view} />}
      <Sparklines playback={playback} side={side} id={id} />
      {isThere && <Details program={side.program} details={view.details} />}
      <Deliveries playback={playback} side={side} id={id} />
      <Omissions program={side.program} id={id} />
    </section>
  );
}

/** Numbers large, since they are what changes; settings that the figures repeat small. */
function Figures({ view }: { readonly view: PartView }) {
  const t = useText();
  const numbers = view.figures.filter(({ value }) => typeof value === 'number');
  const others = view.figures.filter(({ value }) => typeof value !== 'number');
  return (
    <>
      {numbers.length > 0 && (
        <dl className={styles.figures}>
          {numbers.map(({ key, value }) => (
            <div key={key}>
              <dt>{figureLabel(t, key)}</dt>
              <dd>{figureValue(t, value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {others.length > 0 && (
        <dl className={styles.settings}>
          {others.map(({ key, value }) => (
            <div key={key}>
              <dt>{figureLabel(t, key)}</dt>
              <dd>{figureValue(t, value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
