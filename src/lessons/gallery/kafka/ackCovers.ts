import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 1_500, maxPollRecords: 1, commit: 'after', failEvery: 2 };
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };
const box = [160, 144] as const;

/** In both groups the second record's work fails, and nobody commits it. One dies at once, the other after the third is committed. */
export const ackCovers = new KafkaSketch()
  .producer('p', 'shop', 64, 264, {
    mode: 'list',
    list: [500, 500, 500, 500, 22_000].map((atMillis) => ({ atMillis, key: 'order' })),
  })
  .broker('b', 'kafka-1', 328, 264, [344, 160])
  .topic('t', 'orders', 328, 280, { partitions: 1 })
  .group('g1', 'dies-at-once', 664, 136, box, group)
  .consumer('c1', 'first', 664, 144, reader)
  .group('g2', 'dies-later', 664, 392, box, group)
  .consumer('c2', 'second', 664, 400, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(8.3, 'crash', 'c1')
  .set(9, 'c1', { failEvery: 0 })
  .set(9.5, 'c2', { failEvery: 0 })
  .at(10, 'restart', 'c1')
  .at(12.5, 'crash', 'c2')
  .at(14, 'restart', 'c2')
  .run('ack-covers', 32);
