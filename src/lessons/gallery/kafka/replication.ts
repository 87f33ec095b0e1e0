import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const lane = [344, 62] as const;
const box = [376, 160] as const;
const broker = { replicaLagMillis: 8_000, roles: 'broker' };

/**
 * Two followers fetch from the leader. One of them is cut off: nothing new counts as replicated until it has left the
 * in-sync replicas, and so nobody may read it.
 */
export const replication = new KafkaSketch()
  .producer('p', 'shop', 104, 140, { everyMillis: 2_500, startMillis: 1_000, templates: [{ key: 'order' }] })
  .broker('b1', 'kafka-1', 420, 130, box, broker)
  .topic('t', 'orders', 420, 144, { partitions: 1, replicationFactor: 3, replicas: '1:2:3' }, lane)
  .broker('b2', 'kafka-2', 264, 350, box, { ...broker, roles: 'broker,controller' })
  .replica('r2', 'orders', 264, 364, lane)
  .broker('b3', 'kafka-3', 664, 350, box, broker)
  .replica('r3', 'orders', 664, 364, lane)
  .group('g', 'billing', 760, 120, TALL_GROUP)
  .consumer('c', 'billing-1', 760, 160, { offsetReset: 'earliest', workMillis: 300 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .link('b1', 'b2')
  .link('b1', 'b3')
  .at(11, 'cut', 'l4')
  .at(29, 'heal', 'l4')
  .run('replication', 42);
