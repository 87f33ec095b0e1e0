import { KafkaSketch, WIDE_GROUP } from './sketch.ts';

const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };
const reader = { workMillis: 500, startMillis: 7_000 };

/**
 * Four records lie there when three groups without any committed offset come. The fourth was there before and has
 * committed; when it comes back, what it would read next has been deleted.
 */
export const offsetReset = new KafkaSketch()
  .producer('p', 'shop', 104, 200, {
    mode: 'list',
    list: [500, 1_000, 1_500, 2_000, 16_000, 18_000, 27_000, 29_000].map((atMillis) => ({ atMillis, key: 'order' })),
  })
  .broker('b', 'kafka-1', 404, 250, [376, 160], { retentionCheckMillis: 2_000 })
  .topic('t', 'orders', 404, 264, { partitions: 1, retentionMillis: 12_000, segmentBytes: 250 }, [344, 62])
  .group('g1', 'earliest', 852, 80, WIDE_GROUP, group)
  .consumer('c1', 'from the start', 1000, 66, { ...reader, offsetReset: 'earliest' })
  .group('g2', 'latest', 852, 216, WIDE_GROUP, group)
  .consumer('c2', 'only new ones', 1000, 202, { ...reader, offsetReset: 'latest' })
  .group('g3', 'none', 852, 352, WIDE_GROUP, group)
  .consumer('c3', 'gives up', 1000, 338, { ...reader, offsetReset: 'none' })
  .group('g4', 'returning', 852, 488, WIDE_GROUP, group)
  .consumer('c4', 'was away', 1000, 474, {
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
