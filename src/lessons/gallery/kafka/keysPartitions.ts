import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const record = (atMillis: number, key: string, more = {}) => ({ atMillis, key, ...more });
const NAMES = ['小明', 'Ben', 'Anna', '小红'];

/**
 * The same four customers twice; then the topic gets two more partitions, and some of them move. The reader comes last:
 * it reads partition after partition, and each in its order.
 */
export const keysPartitions = new KafkaSketch()
  .producer('p', 'shop', 104, 180, {
    mode: 'list',
    metadataMaxAgeMillis: 3_000,
    list: [
      ...NAMES.map((key, i) => record(1_000 + i * 1_500, key)),
      ...NAMES.map((key, i) => record(7_000 + i * 1_000, key)),
      record(11_500, ''),
      record(12_000, ''),
      record(13_000, '小明', { partition: 2 }),
      ...NAMES.map((key, i) => record(21_000 + i * 1_500, key)),
    ],
  })
  .broker('b', 'kafka-1', 428, 200, [400, 358])
  .topic('t', 'orders', 428, 214, { partitions: 3 }, [368, 262])
  .group('g', 'reader', 776, 200, TALL_GROUP)
  .consumer('c', 'reader-1', 776, 240, { offsetReset: 'earliest', workMillis: 500, startMillis: 23_000 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .set(16, 't', { partitions: 5 })
  .run('keys-partitions', 40, 'key');
