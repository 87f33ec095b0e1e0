import { KafkaSketch } from './sketch.ts';

const box = [144, 120] as const;
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };
const reader = { workMillis: 500, startMillis: 7_000 };

/**
 * Four records lie there when three groups without any committed offset come. The fourth was there before and has
 * committed; when it comes back, what it would read next has been deleted.
 */
export const offsetReset = new KafkaSketch()
  .producer('p', 'shop', 64, 312, {
    mode: 'list',
    list: [500, 1_000, 1_500, 2_000, 16_000, 18_000, 27_000, 29_000].map((atMillis) => ({ atMillis, key: 'order' })),
  })
  .broker('b', 'kafka-1', 328, 312, [344, 160], { retentionCheckMillis: 2_000 })
  .topic('t', 'orders', 328, 328, { partitions: 1, retentionMillis: 12_000, segmentBytes: 250 })
  .group('g1', 'earliest', 656, 72, box, group)
  .consumer('c1', 'from the start', 656, 80, { ...reader, offsetReset: 'earliest' })
  .group('g2', 'latest', 656, 232, box, group)
  .consumer('c2', 'only new ones', 656, 240, { ...reader, offsetReset: 'latest' })
  .group('g3', 'none', 656, 392, box, group)
  .consumer('c3', 'gives up', 656, 400, { ...reader, offsetReset: 'none' })
  .group('g4', 'returning', 656, 552, box, group)
  .consumer('c4', 'was away', 656, 560, {
    offsetReset: 'earliest',
    workMillis: 500,
    commit: 'after',
    maxPollRecords: 1,
  })
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3', 'g4')
  .at(6, 'crash', 'c4')
  .at(20, 'crash', 'c1')
  .at(21, 'restart', 'c1', 'c4')
  .run('offset-reset', 36);
