import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 500 };

/** Three partitions, read by groups of one, two, three and four. */
export const groupSizes = new KafkaSketch()
  .producer('p', 'shop', 64, 312, {
    everyMillis: 1_500,
    startMillis: 5_000,
    partitioner: 'round-robin',
    templates: [{}],
  })
  .broker('b', 'kafka-1', 328, 312, [344, 264])
  .topic('t', 'orders', 328, 328, { partitions: 3 })
  .group('g1', 'one', 712, 72, [360, 112])
  .consumer('c1', '1-a', 584, 80, reader)
  .group('g2', 'two', 712, 232, [360, 112])
  .consumer('c2', '2-a', 584, 240, reader)
  .consumer('c3', '2-b', 664, 240, reader)
  .group('g3', 'three', 712, 392, [360, 112])
  .consumer('c4', '3-a', 584, 400, reader)
  .consumer('c5', '3-b', 664, 400, reader)
  .consumer('c6', '3-c', 744, 400, reader)
  .group('g4', 'four', 712, 552, [360, 112])
  .consumer('c7', '4-a', 584, 560, reader)
  .consumer('c8', '4-b', 664, 560, reader)
  .consumer('c9', '4-c', 744, 560, reader)
  .consumer('c10', '4-d', 824, 560, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3', 'g4')
  .run('group-sizes', 24);
