import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 500 };

/** Three partitions, read by groups of one, two, three and four. */
export const groupSizes = new KafkaSketch()
  .producer('p', 'shop', 528, 400, {
    everyMillis: 1_500,
    startMillis: 5_000,
    partitioner: 'round-robin',
    templates: [{}],
  })
  .broker('b', 'kafka-1', 528, 150, [344, 258])
  .topic('t', 'orders', 528, 164, { partitions: 3 })
  .group('g1', 'one', 180, 120, TALL_GROUP)
  .consumer('c1', '1-a', 180, 160, reader)
  .group('g2', 'two', 180, 376, TALL_GROUP)
  .consumer('c2', '2-a', 136, 416, reader)
  .consumer('c3', '2-b', 224, 416, reader)
  .group('g3', 'three', 904, 120, [264, 240])
  .consumer('c4', '3-a', 824, 160, reader)
  .consumer('c5', '3-b', 904, 160, reader)
  .consumer('c6', '3-c', 984, 160, reader)
  .group('g4', 'four', 940, 376, [336, 240])
  .consumer('c7', '4-a', 826, 416, reader)
  .consumer('c8', '4-b', 902, 416, reader)
  .consumer('c9', '4-c', 978, 416, reader)
  .consumer('c10', '4-d', 1054, 416, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3', 'g4')
  .run('group-sizes', 24, 'lane');
