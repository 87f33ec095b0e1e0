import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 1_500, maxPollRecords: 1, commit: 'after', failEvery: 2 };
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };

/** In both groups the second record's work fails, and nobody commits it. One dies at once, the other after the third is committed. */
export const ackCovers = new KafkaSketch()
  .producer('p', 'shop', 104, 190, {
    mode: 'list',
    list: [500, 500, 500, 500, 22_000].map((atMillis) => ({ atMillis, key: 'order' })),
  })
  .broker('b', 'kafka-1', 404, 176, [376, 160])
  .topic('t', 'orders', 404, 190, { partitions: 1 }, [344, 62])
  .group('g1', 'at-once', 744, 120, TALL_GROUP, group)
  .consumer('c1', 'first', 744, 160, reader)
  .group('g2', 'later', 744, 376, TALL_GROUP, group)
  .consumer('c2', 'second', 744, 416, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(8.3, 'crash', 'c1')
  .set(9, 'c1', { failEvery: 0 })
  .set(9.5, 'c2', { failEvery: 0 })
  .at(10, 'restart', 'c1')
  .at(12.5, 'crash', 'c2')
  .at(14, 'restart', 'c2')
  .run('ack-covers', 32);
