import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 500 };

/** Three partitions, read by groups of one, two, three and four. */
export const groupSizes = new KafkaSketch()
  .producer('p', 'shop', 330, 163, {
    everyMillis: 1_500,
    startMillis: 5_000,
    partitioner: 'round-robin',
    templates: [{}],
  })
  .broker('b', 'kafka-1', 620, 149, [344, 258])
  .topic('t', 'orders', 620, 163, { partitions: 3 })
  .group('g1', 'one', 180, 448, TALL_GROUP)
  .consumer('c1', '1-a', 180, 472, reader)
  .group('g2', 'two', 412, 448, TALL_GROUP)
  .consumer('c2', '2-a', 368, 472, reader)
  .consumer('c3', '2-b', 456, 472, reader)
  .group('g3', 'three', 672, 448, [264, 220])
  .consumer('c4', '3-a', 592, 472, reader)
  .consumer('c5', '3-b', 672, 472, reader)
  .consumer('c6', '3-c', 752, 472, reader)
  .group('g4', 'four', 996, 448, [336, 220])
  .consumer('c7', '4-a', 882, 472, reader)
  .consumer('c8', '4-b', 958, 472, reader)
  .consumer('c9', '4-c', 1034, 472, reader)
  .consumer('c10', '4-d', 1110, 472, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3', 'g4')
  .run('group-sizes', 24);
