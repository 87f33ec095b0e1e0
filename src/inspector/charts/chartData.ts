import type { PartId } from '../../base/index.ts';
import { BUCKETS } from '../record/buckets.ts';
import type { LagSeries } from '../record/lagSeries.ts';
import { levels, rates, type Series } from '../record/series.ts';

/** Lines in one chart: as many as there are colours that can be told apart. */
export const LINES_SHOWN = 6;
/** Buckets that make one point of the throughput: single messages would make needles. */
const FLOW_WIDTH = 10;

export type Values = (number | null)[];

type Word = 'published' | 'delivered' | 'acked' | 'safe' | 'read' | 'covered' | 'average' | 'longest';

export interface ChartLine {
  readonly id: string;
  /** A part whose name labels it, a name as it is, or a word of the catalogue. */
  readonly part?: PartId;
  readonly name?: string;
  readonly word?: Word;
  /** Number of the colour token. */
  readonly colour: number;
  readonly values: Values;
}

export interface Chart {
  readonly key: 'lag' | 'laneLag' | 'ready' | 'unacked' | 'flow' | 'latency';
  /** Seconds of the run, one for each value. */
  readonly times: number[];
  readonly lines: readonly ChartLine[];
  /** Lines between points: steps hold their value, points are single measurements. */
  readonly look: 'steps' | 'points';
  /** Values are counts: between two of them there is nothing to mark. */
  readonly isWhole?: true;
}

/** The charts of a run as far as it is known; of logs, those of their lag come first. */
export function chartsOf(series: Series, until: number, lags?: LagSeries): readonly Chart[] {
  const busiest = [...series.queues].sort(([, a], [, b]) => b.most - a.most).slice(0, LINES_SHOWN);
  const shown = new Set(busiest.map(([part]) => part));
  // In the order of their first message, so that colours do not change places while they grow.
  const queues = [...series.queues].filter(([part]) => shown.has(part));
  const total = series.counts.get('');
  const times = timesOf(series, 1);
  return [
    ...(lags ? lagCharts(lags, times) : []),
    {
      key: 'ready',
      look: 'steps',
      times,
      lines: queues.map(([part, queue], i) => ({ id: part, part, colour: i + 1, values: levels(queue.readyAt, until) })),
    },
    {
      key: 'unacked',
      look: 'steps',
      times,
      lines: queues.map(([part, queue], i) => ({ id: part, part, colour: i + 1, values: levels(queue.unackedAt, until) })),
    },
    {
      key: 'flow',
      look: 'steps',
      times: timesOf(series, FLOW_WIDTH),
      lines: flowWords(series, lags !== undefined).map((word, i) => ({
        id: word,
        word,
        colour: i + 1,
        values: rates(total?.[word], FLOW_WIDTH, series.end, until),
      })),
    },
    { key: 'latency', look: 'points', times, lines: latencies(series) },
  ];
}

/** Of queues always the same three; a log has its own, beside what is done with single messages there. */
function flowWords({ counts }: Series, isLog: boolean) {
  const queues = ['published', 'delivered', 'acked'] as const;
  if (!isLog) return queues;
  const total = counts.get('');
  return [...queues.filter((word) => word === 'published' || total?.[word]), 'safe', 'read', 'covered'] as const;
}

/** Of each reader the sum, and of each lane what is drawn beside it; where there is one lane, that is the same. */
function lagCharts({ readers, lanes }: LagSeries, times: number[]): readonly Chart[] {
  const lineOf = (label: 'part' | 'name') => (id: string, values: Values, i: number) => ({ id, [label]: id, colour: i + 1, values });
  const charts: Chart[] = [{ key: 'lag', look: 'steps', isWhole: true, times, lines: furthest(readers, lineOf('part')) }];
  if (lanes.size > 1 || readers.size > 1)
    charts.push({ key: 'laneLag', look: 'steps', isWhole: true, times, lines: furthest(lanes, lineOf('name')) });
  return charts;
}

/** Those that were ever furthest behind, in an order that does not change while they grow. */
function furthest(all: ReadonlyMap<string, Values>, lineOf: (id: string, values: Values, i: number) => ChartLine): readonly ChartLine[] {
  const most = (values: Values) => values.reduce<number>((sum, value) => Math.max(sum, value ?? 0), 0);
  const shown = [...all].sort(([, a], [, b]) => most(b) - most(a)).slice(0, LINES_SHOWN);
  return shown.sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, values], i) => lineOf(id, [...values], i));
}

/** The time at which each point of a series stands: the beginning of its buckets. */
function timesOf(series: Series, width: number): number[] {
  return Array.from({ length: BUCKETS / width }, (_, index) => (series.end * index * width) / BUCKETS / 1_000_000);
}

function latencies({ latencySum, latencyMost, latencyCount }: Series): readonly ChartLine[] {
  const seconds = (value: (bucket: number) => number) =>
    Array.from(latencyCount, (count, bucket) => (count === 0 ? null : value(bucket) / 1_000_000));
  return [
    { id: 'average', word: 'average', colour: 1, values: seconds((i) => (latencySum[i] as number) / (latencyCount[i] as number)) },
    { id: 'longest', word: 'longest', colour: 2, values: seconds((i) => latencyMost[i] as number) },
  ];
}

/** The value of a line at a time; the last one before it where there is none. */
export function valueAt({ times }: Chart, values: Values, seconds: number): number | undefined {
  let found: number | undefined;
  for (let i = 0; i < times.length && (times[i] as number) <= seconds; i++) found = values[i] ?? found;
  return found;
}

/** Rows for those who read a chart as a table: evenly spread over what is known. */
export function tableOf(chart: Chart, rows: number): readonly { readonly seconds: number; readonly values: readonly (number | null)[] }[] {
  const known = chart.times.map((_, i) => i).filter((i) => chart.lines.some(({ values }) => values[i] !== null && values[i] !== undefined));
  const step = Math.max(1, Math.ceil(known.length / rows));
  return known
    .filter((_, index) => index % step === 0)
    .map((i) => ({ seconds: chart.times[i] as number, values: chart.lines.map(({ values }) => values[i] ?? null) }));
}
