import { KafkaSketch, TALL_GROUP } from './sketch.ts';

const reader = { offsetReset: 'earliest', workMillis: 1_200, maxPollRecords: 2 };
const group = { heartbeatMillis: 2_000, sessionTimeoutMillis: 6_000 };

/** Three consumers of the same records die at the same moment; what differs is when they commit. */
export const offsets = new KafkaSketch()
  .producer('p', 'shop', 120, 114, { mode: 'burst', count: 10, startMillis: 500, templates: [{ key: 'order' }] })
  .broker('b', 'kafka-1', 428, 100, [376, 160])
  .topic('t', 'orders', 428, 114, { partitions: 1 }, [344, 62])
  .group('g1', 'after-work', 180, 350, TALL_GROUP, group)
  .consumer('c1', 'commits after', 180, 390, { ...reader, commit: 'after' })
  .group('g2', 'automatic', 428, 350, TALL_GROUP, group)
  .consumer('c2', 'auto-commit', 428, 390, { ...reader, commit: 'auto', autoCommitMillis: 5_000 })
  .group('g3', 'before-work', 676, 350, TALL_GROUP, group)
  .consumer('c3', 'commits before', 676, 390, { ...reader, commit: 'before' })
  .produce('p', 't')
  .subscribe('t', 'g1', 'g2', 'g3')
  .at(15.4, 'crash', 'c1', 'c2', 'c3')
  .at(17.4, 'restart', 'c1', 'c2', 'c3')
  .run('offsets', 44);
