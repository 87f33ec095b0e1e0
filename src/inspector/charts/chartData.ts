import type { PartId } from '../../base/index.ts';
import { BUCKETS, levels, rates, type Series } from '../record/series.ts';

/** Queues in one chart: as many as there are colours that can be told apart. */
export const QUEUES_SHOWN = 6;
/** Buckets that make one point of the throughput: single messages would make needles. */
const FLOW_WIDTH = 10;

export type Values = (number | null)[];

export interface ChartLine {
  readonly id: string;
  /** A part whose name labels it, or a word of the catalogue. */
  readonly part?: PartId;
  readonly word?: 'published' | 'delivered' | 'acked' | 'average' | 'longest';
  /** Number of the colour token. */
  readonly colour: number;
  readonly values: Values;
}

export interface Chart {
  readonly key: 'ready' | 'unacked' | 'flow' | 'latency';
  /** Seconds of the run, one for each value. */
  readonly times: number[];
  readonly lines: readonly ChartLine[];
  /** Lines between points: steps hold their value, points are single measurements. */
  readonly look: 'steps' | 'points';
}

/** The four charts of a run as far as it is known. */
export function chartsOf(series: Series, until: number): readonly Chart[] {
  const busiest = [...series.queues].sort(([, a], [, b]) => b.most - a.most).slice(0, QUEUES_SHOWN);
  const shown = new Set(busiest.map(([part]) => part));
  // In the order of their first message, so that colours do not change places while they grow.
  const queues = [...series.queues].filter(([part]) => shown.has(part));
  const total = series.counts.get('');
  const times = timesOf(series, 1);
  return [
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
      lines: (['published', 'delivered', 'acked'] as const).map((word, i) => ({
        id: word,
        word,
        colour: i + 1,
        values: rates(total?.[word], FLOW_WIDTH, series.end, until),
      })),
    },
    { key: 'latency', look: 'points', times, lines: latencies(series) },
  ];
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
