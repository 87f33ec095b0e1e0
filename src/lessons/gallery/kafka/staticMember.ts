import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 400 };
const box = [304, 136] as const;
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 10_000 };

/** The same crash and quick return in two groups: the members of one have names that outlive them. */
export const staticMember = new KafkaSketch()
  .producer('p', 'shop', 64, 264, { everyMillis: 900, startMillis: 500, partitioner: 'round-robin', templates: [{}] })
  .broker('b', 'kafka-1', 328, 264, [344, 320])
  .topic('t', 'orders', 328, 280, { partitions: 4 })
  .group('g1', 'with-names', 720, 152, box, group)
  .consumer('c1', 'static-a', 640, 160, { ...reader, instanceId: 'a' })
  .consumer('c2', 'static-b', 800, 160, { ...reader, instanceId: 'b' })
  .group('g2', 'without', 720, 376, box, group)
  .consumer('c3', 'dynamic-a', 640, 384, reader)
  .consumer('c4', 'dynamic-b', 800, 384, reader)
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2')
  .at(14, 'crash', 'c1', 'c3')
  .at(17, 'restart', 'c1', 'c3')
  .run('static-member', 34);
