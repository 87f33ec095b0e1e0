import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const lanes = [312, 162] as const;
const box = [344, 258] as const;
const broker = { sessionTimeoutMillis: 6_000, heartbeatMillis: 1_000 };

/** Three brokers that are controllers, too. The active controller dies, and it led a partition. */
export const controllerKraft = new KafkaSketch(200)
  .producer('p', 'shop', 120, 150, { everyMillis: 1_200, startMillis: 1_000, partitioner: 'round-robin', templates: [{}] })
  .broker('b1', 'kafka-1', 436, 149, box, broker)
  .topic('t', 'orders', 436, 163, { partitions: 3, replicationFactor: 3, replicas: '1:2:3, 2:3:1, 3:1:2' }, lanes)
  .broker('b2', 'kafka-2', 264, 435, box, broker)
  .replica('r2', 'orders', 264, 449, lanes)
  .broker('b3', 'kafka-3', 640, 435, box, broker)
  .replica('r3', 'orders', 640, 449, lanes)
  .group('g', 'billing', 760, 120, TALL_GROUP)
  .consumer('c', 'billing-1', 760, 160, { offsetReset: 'earliest', workMillis: 200 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .link('b1', 'b2')
  .link('b1', 'b3')
  .link('b2', 'b3')
  .at(10, 'crash', 'b1')
  .at(28, 'restart', 'b1')
  .run('controller-kraft', 42);
