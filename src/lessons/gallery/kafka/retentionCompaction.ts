import { KafkaSketch } from './sketch.ts';

const price = (atMillis: number, key: string, more = {}) => ({ atMillis, key, ...more });

const lane = [488, 62] as const;

/** Two ways to forget: whole segments leave by age and size; or of each key only the newest record stays. */
export const retentionCompaction = new KafkaSketch()
  .producer('p1', 'web', 104, 113, { everyMillis: 1_000, startMillis: 500, limit: 24, templates: [{ key: 'click' }] })
  .producer('p2', 'prices', 104, 250, {
    mode: 'list',
    list: [
      price(1_000, 'tea'),
      price(2_000, 'rice'),
      price(3_000, 'tea'),
      price(4_000, 'milk'),
      price(5_000, 'tea'),
      price(6_000, 'rice'),
      price(9_000, 'tea'),
      price(12_000, 'milk', { isTombstone: true }),
      price(13_000, 'tea'),
      price(16_000, 'salt'),
      price(24_000, 'tea'),
      price(25_000, 'rice'),
      price(26_000, 'salt'),
    ],
  })
  .broker('b', 'kafka-1', 492, 219, [520, 398], { retentionCheckMillis: 1_000, cleanerMillis: 4_000 })
  .topic('t1', 'recent-clicks', 492, 113, { partitions: 1, segmentBytes: 500, retentionMillis: 8_000 }, lane)
  .topic('t2', 'last-clicks', 492, 233, { partitions: 1, segmentBytes: 500, retentionBytes: 1_000 }, lane)
  .topic(
    't3',
    'prices',
    492,
    353,
    { partitions: 1, cleanup: 'compact', segmentBytes: 500, minCleanableRatio: 100, deleteRetentionMillis: 6_000 },
    lane,
  )
  .produce('p1', 't1')
  .produce('p1', 't2')
  .produce('p2', 't3')
  .run('retention-compaction', 44, 'key');
