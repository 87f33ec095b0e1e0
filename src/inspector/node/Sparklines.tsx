import type { PartId } from '../../base/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { useText } from '../../ui/index.ts';
import { BUCKETS } from '../record/buckets.ts';
import { levels, rates, type Series } from '../record/series.ts';
import { useRecord } from '../record/useRecord.ts';
import styles from './NodePanel.module.css';
import { sparkPath } from './spark.ts';

const WIDTH = 240;
const HEIGHT = 34;
/** Buckets of a rate: single messages would make needles. */
const RATE_WIDTH = 8;

interface SparklinesProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

interface Line {
  readonly key: 'ready' | 'unacked' | 'published' | 'routed' | 'received' | 'acked' | 'safe' | 'covered';
  readonly values: readonly (number | null)[];
}

/** Small charts of a part over the whole run: past and, pale, what is known to come. */
export function Sparklines({ playback, side, id }: SparklinesProps) {
  const t = useText();
  const record = useRecord(playback, side);
  const time = usePlayback(playback, (snapshot) => snapshot.time);
  if (!record) return null;
  const lines = linesOf(record.series, id, record.series.bucketOf(side.timeline.known.time));
  if (lines.length === 0) return null;
  const at = side.program.end > 0 ? Math.min(1, time / side.program.end) : 0;
  return (
    <section className={styles.detail}>
      <h3 className={styles.caption}>{t('node.over')}</h3>
      {lines.map((line) => (
        <Spark key={line.key} line={line} at={at} />
      ))}
    </section>
  );
}

function linesOf(series: Series, id: PartId, known: number): readonly Line[] {
  const queue = series.queues.get(id);
  if (queue) {
    return [
      { key: 'ready', values: levels(queue.readyAt, known) },
      { key: 'unacked', values: levels(queue.unackedAt, known) },
    ];
  }
  const counts = series.counts.get(id);
  if (!counts) return [];
  return (['published', 'routed', 'received', 'acked', 'safe', 'covered'] as const).flatMap((key) => {
    const own = counts[key];
    return own ? [{ key, values: rates(own, RATE_WIDTH, series.end, known) }] : [];
  });
}

function Spark({ line, at }: { readonly line: Line; readonly at: number }) {
  const t = useText();
  const { key, values } = line;
  const isRate = values.length < BUCKETS;
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const now = values[Math.min(values.length - 1, Math.floor(at * values.length))] ?? 0;
  const path = sparkPath(values, most, WIDTH, HEIGHT);
  const label = t(`charts.spark.${key}`);
  const shown = (value: number) => (isRate ? t('charts.perSecond', { value: Number(value.toFixed(1)) }) : String(value));
  const x = at * WIDTH;
  return (
    <figure className={styles.spark}>
      <figcaption>
        <span>{label}</span>
        <b>{shown(now)}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('charts.spark', { name: label, value: shown(now), most: shown(most) })}
      >
        <path d={path} className={styles.ahead} />
        <svg width={x} height={HEIGHT} aria-hidden="true">
          <path d={path} className={styles.past} />
        </svg>
        <line x1={x} x2={x} y1={0} y2={HEIGHT} className={styles.playhead} vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}
