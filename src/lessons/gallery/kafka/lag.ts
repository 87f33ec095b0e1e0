import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 1_000, maxPollRecords: 1 };

/** One member does one record a second, and three a second come; four partitions leave work for four members, not for five. */
export const lag = new KafkaSketch()
  .producer('p', 'shop', 104, 190, {
    everyMillis: 400,
    startMillis: 2_000,
    limit: 60,
    partitioner: 'round-robin',
    templates: [{}],
  })
  .broker('b', 'kafka-1', 404, 216, [344, 308])
  .topic('t', 'orders', 404, 230, { partitions: 4 })
  .group('g', 'billing', 784, 236, [336, 432], { assignor: 'cooperative-sticky', heartbeatMillis: 1_000, sessionTimeoutMillis: 6_000 })
  .consumer('c1', 'slow-1', 700, 140, reader)
  .consumer('c2', 'slow-2', 868, 140, { ...reader, startMillis: 10_000 })
  .consumer('c3', 'slow-3', 700, 250, { ...reader, startMillis: 17_000 })
  .consumer('c4', 'slow-4', 868, 250, { ...reader, startMillis: 24_000 })
  .consumer('c5', 'slow-5', 700, 360, { ...reader, startMillis: 31_000 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .run('lag', 56, 'lane');
