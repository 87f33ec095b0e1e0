import { KafkaSketch } from './sketch.ts';

const lanes = [312, 162] as const;
const box = [344, 258] as const;
const broker = { version: '3.9', zookeeperSessionMillis: 6_000 };

/** Three brokers of the ZooKeeper era. The one that is the controller dies, and it led a partition. */
export const controllerZk = new KafkaSketch(200)
  .producer('p', 'shop', 120, 150, { everyMillis: 1_200, startMillis: 1_000, partitioner: 'round-robin', templates: [{}] })
  .broker('b1', 'kafka-1', 436, 149, box, broker)
  .topic('t', 'orders', 436, 163, { partitions: 3, replicationFactor: 3, replicas: '1:2:3, 2:3:1, 3:1:2' }, lanes)
  .broker('b2', 'kafka-2', 190, 500, box, broker)
  .replica('r2', 'orders', 190, 514, lanes)
  .broker('b3', 'kafka-3', 682, 500, box, broker)
  .replica('r3', 'orders', 682, 514, lanes)
  .zookeeper('z', 'zookeeper-1', 436, 340)
  .produce('p', 't')
  .registered('z', 'b1', 'b2', 'b3')
  .at(10, 'crash', 'b1')
  .at(28, 'restart', 'b1')
  .run('controller-zk', 42);
