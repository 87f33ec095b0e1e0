import { KafkaSketch } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 1_200, maxPollRecords: 2 };
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };
const box = [144, 136] as const;

/** Three consumers of the same records die at the same moment; what differs is when they commit. */
export const offsets = new KafkaSketch()
  .producer('p', 'shop', 64, 280, { mode: 'burst', count: 10, startMillis: 500, templates: [{ key: 'order' }] })
  .broker('b', 'kafka-1', 328, 280, [344, 160])
  .topic('t', 'orders', 328, 296, { partitions: 1 })
  .group('g1', 'after-work', 656, 88, box, group)
  .consumer('c1', 'commits after', 656, 96, { ...reader, commit: 'after' })
  .group('g2', 'automatic', 656, 280, box, group)
  .consumer('c2', 'auto-commit', 656, 288, { ...reader, commit: 'auto', autoCommitMillis: 5_000 })
  .group('g3', 'before-work', 656, 472, box, group)
  .consumer('c3', 'commits before', 656, 480, { ...reader, commit: 'before' })
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3')
  .at(15.4, 'crash', 'c1', 'c2', 'c3')
  .at(17.4, 'restart', 'c1', 'c2', 'c3')
  .run('offsets', 44);
