import { KafkaSketch } from './sketch.ts';

const box = [592, 116] as const;
const reader = { offsetReset: 'earliest', workMillis: 500 };

/** Three partitions, read by groups of one, two, three and four. */
export const groupSizes = new KafkaSketch()
  .producer('p', 'shop', 104, 240, {
    everyMillis: 1_500,
    startMillis: 5_000,
    partitioner: 'round-robin',
    templates: [{}],
  })
  .broker('b', 'kafka-1', 404, 268, [344, 258])
  .topic('t', 'orders', 404, 282, { partitions: 3 })
  .group('g1', 'one', 912, 76, box)
  .consumer('c1', '1-a', 952, 68, reader)
  .group('g2', 'two', 912, 204, box)
  .consumer('c2', '2-a', 952, 196, reader)
  .consumer('c3', '2-b', 1024, 196, reader)
  .group('g3', 'three', 912, 332, box)
  .consumer('c4', '3-a', 952, 324, reader)
  .consumer('c5', '3-b', 1024, 324, reader)
  .consumer('c6', '3-c', 1096, 324, reader)
  .group('g4', 'four', 912, 460, box)
  .consumer('c7', '4-a', 952, 452, reader)
  .consumer('c8', '4-b', 1024, 452, reader)
  .consumer('c9', '4-c', 1096, 452, reader)
  .consumer('c10', '4-d', 1168, 452, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3', 'g4')
  .run('group-sizes', 24);
