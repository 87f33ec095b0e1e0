import { lazy, Suspense } from 'react';
import type { PartId } from '../../base/index.ts';
import { type PartView, viewOf } from '../../engine/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { classes, formatTime, useText } from '../../ui/index.ts';
import { messageColour } from '../parts/colour.ts';
import { MessageDisc } from '../parts/MessageDisc.tsx';
import { partName } from '../words/names.ts';
import { Deliveries } from './Deliveries.tsx';
import { Details } from './Details.tsx';
import styles from './NodePanel.module.css';
import { Omissions } from './Omissions.tsx';
import { Sparklines } from './Sparklines.tsx';
import { figureLabel, figureValue } from './terms.ts';

/** What only some systems have is fetched with the first part that has it. */
const LaneTables = lazy(async () => ({ default: (await import('./LaneTables.tsx')).LaneTables }));
const Members = lazy(async () => ({ default: (await import('./Members.tsx')).Members }));
const PauseChart = lazy(async () => ({ default: (await import('../phases/PauseChart.tsx')).PauseChart }));
const PartLife = lazy(async () => ({ default: (await import('../lifecycle/PartLife.tsx')).PartLife }));

/** Work in progress at once; more than one is rare. */
const WORK_SHOWN = 4;

interface PartStateProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** A part at the playhead, in the words of the system that it belongs to. */
export function PartState({ playback, side, id }: PartStateProps) {
  const t = useText();
  usePlayback(playback, () => side.timeline.version);
  const view = viewOf(side.program, side.timeline.world, id);
  const isThere = view !== undefined && view.status !== 'absent';
  return (
    <section className={styles.state} aria-label={`${t('node.now')}: ${partName(side.program, id)}`}>
      <header className={styles.head}>
        <h2 className={styles.name}>{partName(side.program, id)}</h2>
        {view && <span className={classes(styles.status, styles[view.status])}>{t(`node.status.${view.status}`)}</span>}
      </header>
      {!isThere && <p className={styles.hint}>{t('node.notYet')}</p>}
      {isThere && <Figures view={view} />}
      {isThere && <InHand side={side} view={view} />}
      <div className={styles.life}>
        <Suspense fallback={null}>
          <PartLife playback={playback} side={side} id={id} />
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {isThere && <Members side={side} id={id} />}
        <PauseChart playback={playback} side={side} id={id} />
        {isThere && view.lanes && <LaneTables side={side} id={id} view={view} />}
      </Suspense>
      <Sparklines playback={playback} side={side} id={id} />
      {isThere && <Details program={side.program} details={view.details} />}
      <Deliveries playback={playback} side={side} id={id} />
      <Omissions program={side.program} id={id} />
    </section>
  );
}

/** A client's hands: how full its prefetch window is, and what it works on. */
function InHand({ side, view }: { readonly side: Side; readonly view: PartView }) {
  const t = useText();
  const { window: slots, work = [] } = view;
  if (!slots && work.length === 0) return null;
  return (
    <dl className={styles.settings}>
      {slots && (
        <div>
          <dt>{t('node.window')}</dt>
          <dd>{slots.limit === 0 ? t('node.noLimit', { used: slots.used }) : `${slots.used}/${slots.limit}`}</dd>
        </div>
      )}
      {work.length > 0 && (
        <div>
          <dt>{t('node.working')}</dt>
          {work.slice(0, WORK_SHOWN).map(({ cell, until }) => (
            <dd key={cell.message}>
              <MessageDisc message={cell.message} colour={messageColour(cell.message, side)} />{' '}
              {t('node.until', { time: formatTime(until, 1) })}
            </dd>
          ))}
        </div>
      )}
    </dl>
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
