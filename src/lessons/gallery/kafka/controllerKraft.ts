import { KafkaSketch } from './sketch.ts';

const lanes = [312, 162] as const;
const box = [344, 224] as const;
const broker = { sessionTimeoutMillis: 6_000, heartbeatMillis: 1_000 };

/** Three brokers that are controllers, too. The active controller dies, and it led a partition. */
export const controllerKraft = new KafkaSketch(200)
  .producer('p', 'shop', 64, 136, { everyMillis: 1_200, startMillis: 1_000, partitioner: 'round-robin', templates: [{}] })
  .broker('b1', 'kafka-1', 352, 136, box, broker)
  .topic('t', 'orders', 352, 152, { partitions: 3, replicationFactor: 3, replicas: '1:2:3, 2:3:1, 3:1:2' }, lanes[0])
  .broker('b2', 'kafka-2', 160, 448, box, broker)
  .replica('r2', 'orders', 160, 464, lanes)
  .broker('b3', 'kafka-3', 544, 448, box, broker)
  .replica('r3', 'orders', 544, 464, lanes)
  .group('g', 'billing', 672, 136, [144, 160])
  .consumer('c', 'billing-1', 672, 144, { offsetReset: 'earliest', workMillis: 200 })
  .produce('p', 't')
  .subscribe('t', 'g')
  .link('b1', 'b2')
  .link('b1', 'b3')
  .link('b2', 'b3')
  .at(10, 'crash', 'b1')
  .at(28, 'restart', 'b1')
  .run('controller-kraft', 42);
