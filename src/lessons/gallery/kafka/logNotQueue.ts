import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 600 };

/** Two groups read the same records, each at its own place; one of them comes late, and then goes back to the beginning. */
export const logNotQueue = new KafkaSketch()
  .producer('p', 'shop', 64, 272, { everyMillis: 1_500, limit: 8, startMillis: 500, templates: [{ key: 'order' }] })
  .broker('b', 'kafka-1', 336, 272, [376, 160])
  .topic('t', 'orders', 336, 288, { partitions: 1 }, 344)
  .group('g1', 'billing', 656, 144, [144, 160])
  .consumer('c1', 'billing-1', 656, 152, reader)
  .group('g2', 'audit', 656, 400, [144, 160])
  .consumer('c2', 'audit-1', 656, 408, { ...reader, startMillis: 9_000 })
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(24, 'seekToBeginning', 'c2')
  .run('log-not-queue', 36);
