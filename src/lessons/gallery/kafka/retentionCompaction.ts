import { KafkaSketch } from './sketch.ts';

const price = (atMillis: number, key: string, more = {}) => ({ atMillis, key, ...more });

/** Two ways to forget: whole segments leave by age and size; or of each key only the newest record stays. */
export const retentionCompaction = new KafkaSketch()
  .producer('p1', 'web', 64, 136, { everyMillis: 1_000, startMillis: 500, limit: 24, templates: [{ key: 'click' }] })
  .producer('p2', 'prices', 64, 440, {
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
  .broker('b', 'kafka-1', 400, 288, [464, 440], { retentionCheckMillis: 1_000, cleanerMillis: 4_000 })
  .topic('t1', 'recent-clicks', 400, 136, { partitions: 1, segmentBytes: 500, retentionMillis: 8_000 }, 432)
  .topic('t2', 'last-clicks', 400, 288, { partitions: 1, segmentBytes: 500, retentionBytes: 1_000 }, 432)
  .topic(
    't3',
    'prices',
    400,
    440,
    { partitions: 1, cleanup: 'compact', segmentBytes: 500, minCleanableRatio: 100, deleteRetentionMillis: 6_000 },
    432,
  )
  .produce('p1', 't1')
  .produce('p1', 't2')
  .produce('p2', 't3')
  .run('retention-compaction', 44, 'key');
