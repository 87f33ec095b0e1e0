import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 400 };
const box = [336, 200] as const;
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 10_000 };

/** The same crash and quick return in two groups: the members of one have names that outlive them. */
export const staticMember = new KafkaSketch()
  .producer('p', 'shop', 104, 190, { everyMillis: 900, startMillis: 500, partitioner: 'round-robin', templates: [{}] })
  .broker('b', 'kafka-1', 404, 216, [344, 308])
  .topic('t', 'orders', 404, 230, { partitions: 4 })
  .group('g1', 'with-names', 784, 120, box, group)
  .consumer('c1', 'static-a', 700, 144, { ...reader, instanceId: 'a' })
  .consumer('c2', 'static-b', 868, 144, { ...reader, instanceId: 'b' })
  .group('g2', 'without', 784, 336, box, group)
  .consumer('c3', 'dynamic-a', 700, 360, reader)
  .consumer('c4', 'dynamic-b', 868, 360, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(14, 'crash', 'c1', 'c3')
  .at(17, 'restart', 'c1', 'c3')
  .run('static-member', 34, 'lane');
