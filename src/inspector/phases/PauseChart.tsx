import { type Micros, micros, type PartId } from '../../base/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { formatTime, useText } from '../../ui/index.ts';
import { lengthOf, type Pause, pausesAt, pausesOf } from '../record/pauses.ts';
import { phasesOf, type Span } from '../record/phases.ts';
import { useCatchUp } from '../record/useRecord.ts';
import { partName } from '../words/names.ts';
import { durationText } from '../words/pieces.ts';
import styles from './phases.module.css';

interface PauseChartProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** Rows of a chart; of more lanes only those that stood still are shown. */
const ROWS_SHOWN = 16;

/** Which lanes of a container stood still, and for how long: because of the latest phase at the playhead, at the moment, or in the whole run. Of a member, those that it gave away or took over are shown. */
export function PauseChart({ playback, side, id }: PauseChartProps) {
  const t = useText();
  const record = phasesOf(side.timeline);
  useCatchUp(playback, side, record);
  const time = usePlayback(playback, (snapshot) => snapshot.time);
  const until = side.timeline.known.time;
  const container = side.program.parts.get(id)?.parent ?? id;
  const phases = record.phases.get(container) ?? [];
  const lanes = pausesOf(readersOf(side, container), record.readings);
  const { phase, lanes: rows } = pausesAt(lanes, phases, time);
  const stood = rows.filter(({ pauses }) => pauses.length > 0);
  if (phases.length === 0 && stood.length === 0) return null;
  const own = stood.filter(({ pauses }) => pauses.some(({ before, after }) => before === id || after === id));
  const shown = id !== container ? own : rows.length > ROWS_SHOWN ? stood : rows;
  const spans = [...(phase ? [phase] : []), ...stood.flatMap(({ pauses }) => pauses)];
  const window = windowOf(phases.some(({ from }) => from <= time) ? spans : [], until, side.program.end);
  return (
    <section className={styles.chart}>
      <h3 className={styles.caption}>{t('phase.pauses')}</h3>
      {phase && (
        <p className={styles.title}>
          {t('phase.told', { phase: t.dynamic(`phase.${phase.phase}`), from: formatTime(phase.from, 1) })}{' '}
          <b>{durationText((phase.to ?? until) - phase.from)}</b>
          {lanes.size > 0 && ` · ${t('phase.lanes', { count: stood.length, all: lanes.size })}`}
        </p>
      )}
      {!phase && phases.some(({ from }) => from <= time) && <p className={styles.title}>{t('phase.unread')}</p>}
      <ul className={styles.rows}>
        {shown.slice(0, ROWS_SHOWN).map(({ lane, pauses }) => (
          <Row key={lane} side={side} lane={lane} pauses={pauses} window={window} time={time} />
        ))}
      </ul>
      {shown.length > ROWS_SHOWN && <p className={styles.title}>{t('lane.more', { count: shown.length - ROWS_SHOWN })}</p>}
      {shown.length > 0 && (
        <p className={styles.scale} aria-hidden="true">
          <span>{formatTime(micros(window.from), 1)}</span>
          <span>{formatTime(micros(window.to), 1)}</span>
        </p>
      )}
    </section>
  );
}

interface Window {
  readonly from: number;
  readonly to: number;
}

function readersOf({ program }: Side, container: PartId): readonly PartId[] {
  const members = [...program.parts.values()].filter(({ parent }) => parent === container).map((part) => part.id);
  return [...members, container];
}

/** What the chart spans: a phase and all pauses that belong to it, with a little air; the whole run where nothing is chosen. */
function windowOf(spans: readonly Span[], until: Micros, end: number): Window {
  if (spans.length === 0) return { from: 0, to: Math.max(1, end) };
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to ?? until));
  const air = Math.max(1, (to - from) * 0.06);
  return { from: Math.max(0, from - air), to: Math.min(Math.max(end, to), to + air) };
}

interface RowProps {
  readonly side: Side;
  readonly lane: string;
  readonly pauses: readonly Pause[];
  readonly window: Window;
  readonly time: number;
}

function Row({ side, lane, pauses, window, time }: RowProps) {
  const t = useText();
  const { program, timeline } = side;
  const duration = durationText(lengthOf(pauses, timeline.known.time));
  const share = (at: number) => `${(Math.min(1, Math.max(0, (at - window.from) / (window.to - window.from))) * 100).toFixed(2)}%`;
  const who = pauses.map(({ before, after }) =>
    after === undefined
      ? partName(program, before)
      : after === before
        ? partName(program, before)
        : `${partName(program, before)} → ${partName(program, after)}`,
  );
  const hands = [...new Set(who)].join(', ');
  const label = pauses.length === 0 ? t('phase.kept', { lane }) : t('phase.stood', { lane, duration, hands });
  return (
    <li className={styles.row} aria-label={label} title={label}>
      <span className={styles.lane}>
        {lane}
        {hands !== '' && <small className={styles.hands}>{hands}</small>}
      </span>
      <span className={styles.track}>
        {pauses.map(({ from, to = window.to }) => (
          <i key={from} className={styles.stop} style={{ left: share(from), right: `calc(100% - ${share(to)})` }} />
        ))}
        {time >= window.from && time <= window.to && <i className={styles.now} style={{ left: share(time) }} />}
      </span>
      <b className={styles.duration}>{pauses.length === 0 ? '–' : duration}</b>
    </li>
  );
}
