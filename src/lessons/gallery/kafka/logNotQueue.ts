import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 600 };

/** Two groups read the same records, each at its own place; one of them comes late, and then goes back to the beginning. */
export const logNotQueue = new KafkaSketch()
  .producer('p', 'shop', 104, 190, { everyMillis: 1_500, limit: 8, startMillis: 500, templates: [{ key: 'order' }] })
  .broker('b', 'kafka-1', 404, 176, [376, 160])
  .topic('t', 'orders', 404, 190, { partitions: 1 }, [344, 62])
  .group('g1', 'billing', 744, 120, TALL_GROUP)
  .consumer('c1', 'billing-1', 744, 160, reader)
  .group('g2', 'audit', 744, 376, TALL_GROUP)
  .consumer('c2', 'audit-1', 744, 416, { ...reader, startMillis: 9_000 })
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(24, 'seekToBeginning', 'c2')
  .run('log-not-queue', 36);
