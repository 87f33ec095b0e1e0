import { type KeyboardEvent, type PointerEvent, Suspense, useEffect, useMemo, useRef } from 'react';
import { type Micros, micros } from '../../base/index.ts';
import type { PlaybackSnapshot } from '../../playback/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { formatTime, useText } from '../../ui/index.ts';
import { PhaseBands } from '../layout/later.ts';
import { playback } from '../session/session.ts';
import { useApp } from '../session/store.ts';
import { Flags } from './Flags.tsx';
import { barsPath, HISTOGRAM, sumDensities, ticksOf } from './histogram.ts';
import styles from './TimeLine.module.css';

/** How much happened when, where the run stands, and what people did: the whole run as one line to walk on. */
export function TimeLine() {
  const t = useText();
  const isGraphShown = useApp((app) => app.isGraphShown);
  const track = useRef<HTMLDivElement>(null);
  const time = usePlayback(playback, (s) => s.time);
  const end = usePlayback(playback, (s) => s.end);
  const state = usePlayback(playback, (s) => s.state);
  useFollowedPlayhead(track);

  const timeAt = (event: PointerEvent): Micros => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return micros(share * end);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || state === 'refused') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    playback.send({ type: 'SCRUB', time: timeAt(event) });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) playback.send({ type: 'SCRUB', time: timeAt(event) });
  };
  const onLostPointerCapture = () => playback.send({ type: 'SCRUB_END' });

  return (
    <div className={styles.line} data-keys="time">
      <div
        ref={track}
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label={t('transport.timeline')}
        aria-valuemin={0}
        aria-valuemax={Math.round(end / 1000)}
        aria-valuenow={Math.round(time / 1000)}
        aria-valuetext={t('transport.position', { time: formatTime(time), end: formatTime(end, 1) })}
        aria-disabled={state === 'refused'}
        onKeyDown={(event) => onKeyDown(event, time, end)}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={onLostPointerCapture}
      >
        <Bars />
        {isGraphShown && (
          <Suspense fallback={null}>
            <PhaseBands playback={playback} />
          </Suspense>
        )}
        <div className={styles.base} />
        <div className={styles.done} />
        <div className={styles.head} />
      </div>
      <Flags end={end} />
      <Ticks end={end} />
    </div>
  );
}

/** Large strides by keyboard; single facts are on the arrows, here as everywhere. */
const STRIDE_SHARE = 0.05;

function onKeyDown(event: KeyboardEvent, time: Micros, end: Micros): void {
  const direction = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
  if (direction === 0) return;
  event.preventDefault();
  const goal = Math.min(end, Math.max(0, time + direction * end * STRIDE_SHARE));
  playback.send({ type: 'GO', time: micros(goal) });
}

/** The playhead moves every frame without React: one custom property, and no layout. */
function useFollowedPlayhead(track: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const show = (s: PlaybackSnapshot) => {
      track.current?.style.setProperty('--at', String(s.end > 0 ? Math.min(1, s.time / s.end) : 0));
    };
    show(playback.snapshot());
    const offFrame = playback.onFrame(show);
    const offChange = playback.subscribe(() => show(playback.snapshot()));
    return () => {
      offFrame();
      offChange();
    };
  }, [track]);
}

function Bars() {
  const sides = usePlayback(playback, (s) => s.sides);
  // New bars when more of the run is known, not when the playhead moves.
  const known = usePlayback(playback, (s) => s.sides.map((side) => side.timeline.known.facts).join());
  const path = useMemo(
    () => (known ? barsPath(sumDensities(sides.map((side) => side.timeline.density(HISTOGRAM.buckets)))) : ''),
    [sides, known],
  );
  const box = `0 0 ${HISTOGRAM.width} ${HISTOGRAM.height}`;
  return (
    <>
      <svg className={styles.future} viewBox={box} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
      <svg className={styles.past} viewBox={box} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
    </>
  );
}

function Ticks({ end }: { readonly end: Micros }) {
  const seconds = end / 1_000_000;
  if (seconds <= 0) return null;
  return (
    <div className={styles.ticks} aria-hidden="true">
      {ticksOf(seconds).map((tick) => (
        <span key={tick} className={styles.tick} style={{ left: `${(tick / seconds) * 100}%` }}>
          {tick}
        </span>
      ))}
    </div>
  );
}
