import { type Micros, micros, type PartId } from '../../base/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { formatTime, useText } from '../../ui/index.ts';
import { endedStops, lengthOf, type Phase, phasesOf, type Stop } from '../record/phases.ts';
import { useCatchUp } from '../record/useRecord.ts';
import { partName } from '../words/names.ts';
import { durationText } from '../words/pieces.ts';
import styles from './phases.module.css';

interface PauseChartProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** Who of a container stood still, and for how long: of the latest phase at the playhead, else of the whole run; a client's own, likewise. */
export function PauseChart({ playback, side, id }: PauseChartProps) {
  const t = useText();
  const record = phasesOf(side.timeline);
  useCatchUp(playback, side, record);
  const time = usePlayback(playback, (snapshot) => snapshot.time);
  const until = side.timeline.known.time;
  const readers = readersOf(side, id).filter((reader) => record.stops.has(reader));
  const container = side.program.parts.get(id)?.parent ?? id;
  const phases = record.phases.get(record.phases.has(id) ? id : container) ?? [];
  const phase = phases.findLast(({ from }) => from <= time);
  if (readers.length === 0 && phases.length === 0) return null;
  const stops = new Map(readers.map((reader) => [reader, shownStops(endedStops(record.stops.get(reader) ?? [], phases), phase, until)]));
  const window = windowOf(phase, [...stops.values()].flat(), until, side.program.end);
  return (
    <section className={styles.chart}>
      <h3 className={styles.caption}>{t('phase.pauses')}</h3>
      {phase && (
        <p className={styles.title}>
          {t('phase.told', { phase: t.dynamic(`phase.${phase.phase}`), from: formatTime(phase.from, 1) })}{' '}
          <b>{durationText((phase.to ?? until) - phase.from)}</b>
        </p>
      )}
      <ul className={styles.rows}>
        {[...stops].map(([reader, own]) => (
          <Row key={reader} name={partName(side.program, reader)} stops={own} window={window} time={time} />
        ))}
      </ul>
      <p className={styles.scale} aria-hidden="true">
        <span>{formatTime(micros(window.from), 1)}</span>
        <span>{formatTime(micros(window.to), 1)}</span>
      </p>
    </section>
  );
}

interface Window {
  readonly from: number;
  readonly to: number;
}

function readersOf({ program }: Side, id: PartId): readonly PartId[] {
  const members = [...program.parts.values()].filter(({ parent }) => parent === id).map((part) => part.id);
  return [...members, id];
}

/** Pauses that a phase has to do with: those that begin or last in it. */
function shownStops(stops: readonly Stop[], phase: Phase | undefined, until: Micros): readonly Stop[] {
  if (!phase) return stops;
  const end = phase.to ?? until;
  return stops.filter(({ from, to = until }) => from <= end && to >= phase.from);
}

/** What the chart spans: the phase and all pauses in it, with a little air. */
function windowOf(phase: Phase | undefined, stops: readonly Stop[], until: number, end: number): Window {
  if (!phase) return { from: 0, to: Math.max(1, end) };
  const from = Math.min(phase.from, ...stops.map((stop) => stop.from));
  const to = Math.max(phase.to ?? until, ...stops.map((stop) => stop.to ?? until));
  const air = Math.max(1, (to - from) * 0.06);
  return { from: Math.max(0, from - air), to: Math.min(Math.max(end, to), to + air) };
}

/** Lanes of one reader that are drawn each for itself. */
const LANES_SHOWN = 8;

interface RowProps {
  readonly name: string;
  readonly stops: readonly Stop[];
  readonly window: Window;
  readonly time: number;
}

function Row({ name, stops, window, time }: RowProps) {
  const t = useText();
  const duration = durationText(lengthOf(stops, window.to));
  const lanes = [...new Set(stops.map(({ lane }) => lane))].slice(0, LANES_SHOWN);
  const share = (at: number) => `${(Math.min(1, Math.max(0, (at - window.from) / (window.to - window.from))) * 100).toFixed(2)}%`;
  const label = stops.length === 0 ? t('phase.reads', { name }) : t('phase.stood', { name, duration, lanes: lanes.join(', ') });
  return (
    <li className={styles.row} aria-label={label}>
      <span className={styles.reader}>{name}</span>
      <span className={styles.track} title={lanes.join(' ')}>
        {lanes.map((lane, index) =>
          stops
            .filter((stop) => stop.lane === lane)
            .map(({ from, to = window.to }) => (
              <i
                key={`${lane} ${from}`}
                className={styles.stop}
                style={{
                  left: share(from),
                  right: `calc(100% - ${share(to)})`,
                  top: `${(index / lanes.length) * 100}%`,
                  height: `calc(${100 / lanes.length}% - 1px)`,
                }}
              />
            )),
        )}
        {time >= window.from && time <= window.to && <i className={styles.now} style={{ left: share(time) }} />}
      </span>
      <b className={styles.duration}>{stops.length === 0 ? '–' : duration}</b>
    </li>
  );
}
