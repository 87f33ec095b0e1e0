import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };
const reader = { workMillis: 500, startMillis: 7_000 };

/**
 * Four records lie there when three groups without any committed offset come. The fourth was there before and has
 * committed; when it comes back, what it would read next has been deleted.
 */
export const offsetReset = new KafkaSketch()
  .producer('p', 'shop', 528, 400, {
    mode: 'list',
    list: [500, 1_000, 1_500, 2_000, 16_000, 18_000, 27_000, 29_000].map((atMillis) => ({ atMillis, key: 'order' })),
  })
  .broker('b', 'kafka-1', 528, 170, [376, 160], { retentionCheckMillis: 2_000 })
  .topic('t', 'orders', 528, 184, { partitions: 1, retentionMillis: 12_000, segmentBytes: 250 }, [344, 62])
  .group('g1', 'earliest', 180, 120, TALL_GROUP, group)
  .consumer('c1', 'from the start', 180, 160, { ...reader, offsetReset: 'earliest' })
  .group('g2', 'latest', 180, 376, TALL_GROUP, group)
  .consumer('c2', 'only new ones', 180, 416, { ...reader, offsetReset: 'latest' })
  .group('g3', 'none', 876, 120, TALL_GROUP, group)
  .consumer('c3', 'gives up', 876, 160, { ...reader, offsetReset: 'none' })
  .group('g4', 'returning', 876, 376, TALL_GROUP, group)
  .consumer('c4', 'was away', 876, 416, {
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
