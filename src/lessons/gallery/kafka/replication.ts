import { KafkaSketch } from './sketch.ts';

const lane = [344, 62] as const;
const box = [376, 128] as const;
const broker = { replicaLagMillis: 8_000 };

/**
 * Two followers fetch from the leader. One of them is cut off: nothing new counts as replicated until it has left the
 * in-sync replicas, and so nobody may read it.
 */
export const replication = new KafkaSketch()
  .producer('p', 'shop', 64, 312, { everyMillis: 2_500, startMillis: 1_000, templates: [{ key: 'order' }] })
  .broker('b1', 'kafka-1', 352, 312, box, broker)
  .topic('t', 'orders', 352, 328, { partitions: 1, replicationFactor: 3, replicas: '1:2:3' }, lane[0])
  .broker('b2', 'kafka-2', 352, 88, box, broker)
  .replica('r2', 'orders', 352, 104, lane)
  .broker('b3', 'kafka-3', 352, 536, box, broker)
  .replica('r3', 'orders', 352, 552, lane)
  .group('g', 'billing', 672, 312, [144, 160])
  .consumer('c', 'billing-1', 672, 320, { offsetReset: 'earliest', workMillis: 300 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .link('b1', 'b2')
  .link('b1', 'b3')
  .at(11, 'cut', 'l4')
  .at(29, 'heal', 'l4')
  .run('replication', 42);
