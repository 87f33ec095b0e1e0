import { useMemo } from 'react';
import { type Lags, lagsAt } from '../engine/index.ts';
import type { Playback, Side } from '../playback/index.ts';
import { usePlayback } from '../playback/index.ts';
import { type Texts, useText } from '../ui/index.ts';
import styles from './charts/ChartPanel.module.css';
import { type Chart, type ChartLine, chartsOf, LINES_SHOWN, tableOf, valueAt } from './charts/chartData.ts';
import { Plot } from './charts/Plot.tsx';
import { useSide } from './parts/hooks.ts';
import { lagsOf } from './record/lagSeries.ts';
import { useCatchUp, useRecord } from './record/useRecord.ts';
import { partName } from './words/names.ts';

const TABLE_ROWS = 24;

/** Charts of the whole run: lag, depth, unacknowledged, throughput, time to acknowledgement. */
export function ChartPanel({ playback }: { readonly playback: Playback }) {
  const t = useText();
  const side = useSide(playback);
  const record = useRecord(playback, side);
  const lags = side && lagsOf(side.timeline);
  useCatchUp(playback, side, lags);
  const taken = (record?.taken ?? 0) + (lags?.taken ?? 0);
  const until = side && record ? record.series.bucketOf(side.timeline.known.time) : 0;
  // The series grows in place: how many facts it has taken tells that it is another one now.
  const charts = useMemo(() => (record && taken > 0 ? chartsOf(record.series, until, lags) : []), [record, lags, taken, until]);
  const shown = charts.filter(({ lines }) => lines.some(({ values }) => values.some((value) => value !== null && value > 0)));
  if (!side || !record || shown.length === 0) return <p className={styles.empty}>{t('charts.empty')}</p>;
  return (
    <div className={styles.panel}>
      {shown.map((chart) => (
        <OneChart key={chart.key} playback={playback} side={side} chart={chart} />
      ))}
      <p className={styles.hint}>
        {t('charts.scrub')}
        {record.series.queues.size > LINES_SHOWN && ` ${t('charts.more', { count: LINES_SHOWN })}`}
        {lags && lags.lanes.size > LINES_SHOWN && ` ${t('charts.moreLanes', { count: LINES_SHOWN })}`}
      </p>
    </div>
  );
}

function labelOf(t: Texts, side: Side, { part, name, word }: ChartLine): string {
  if (part !== undefined) return partName(side.program, part);
  if (name !== undefined) return name;
  return t(`charts.${word ?? 'published'}`);
}

interface OneChartProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly chart: Chart;
}

function OneChart({ playback, side, chart }: OneChartProps) {
  const t = useText();
  const seconds = usePlayback(playback, (snapshot) => snapshot.time) / 1_000_000;
  const title = t(`charts.${chart.key}`);
  const now = lagsNow(side, chart);
  return (
    <section className={styles.chart} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.legend}>
        {chart.lines.map((line, index) => {
          const value = now ? now.get(line.id) : valueAt(chart, line.values, seconds);
          return (
            <li key={line.id}>
              <svg width="18" height="8" aria-hidden="true" className={styles[`dash${index % 6}`]}>
                <line x1="0" y1="4" x2="18" y2="4" stroke={`var(--m${line.colour})`} strokeWidth="2" />
              </svg>
              {labelOf(t, side, line)} <b>{value === undefined ? '–' : shortNumber(value)}</b>
            </li>
          );
        })}
      </ul>
      <Plot playback={playback} chart={chart} end={side.program.end / 1_000_000} label={title} />
      <Table side={side} chart={chart} title={title} />
    </section>
  );
}

/** At the playhead the legend tells what lanes and readers show there, and not what they do at the end of a bucket. */
function lagsNow({ program, timeline }: Side, { key }: Chart): ReadonlyMap<string, number> | undefined {
  if (key !== 'lag' && key !== 'laneLag') return undefined;
  const lags: Lags = lagsAt(program, timeline.world);
  return key === 'lag' ? lags.readers : lags.lanes;
}

function shortNumber(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** The same numbers for those who can't see the chart, or want them exact. */
function Table({ side, chart, title }: { readonly side: Side; readonly chart: Chart; readonly title: string }) {
  const t = useText();
  return (
    <details className={styles.details}>
      <summary>{t('charts.table')}</summary>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('charts.time')}</th>
            {chart.lines.map((line) => (
              <th key={line.id} scope="col">
                {labelOf(t, side, line)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableOf(chart, TABLE_ROWS).map(({ seconds, values }) => (
            <tr key={seconds}>
              <th scope="row">{shortNumber(seconds)} s</th>
              {values.map((value, index) => (
                <td key={chart.lines[index]?.id}>{value === null ? '–' : shortNumber(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
