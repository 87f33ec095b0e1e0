import type { GalleryEntry } from '../entry.ts';
import { ackCovers } from './ackCovers.ts';
import { acksMatrix } from './acksMatrix.ts';
import { controllerKraft } from './controllerKraft.ts';
import { groupSizes } from './groupSizes.ts';
import { idempotence } from './idempotence.ts';
import { keysPartitions } from './keysPartitions.ts';
import { lag } from './lag.ts';
import { leaderDies } from './leaderDies.ts';
import { logNotQueue } from './logNotQueue.ts';
import { offsetReset } from './offsetReset.ts';
import { offsets } from './offsets.ts';
import { rebalanceCoop, rebalanceEager, rebalanceKip848 } from './rebalance.ts';
import { replication } from './replication.ts';
import { retentionCompaction } from './retentionCompaction.ts';
import { staticMember } from './staticMember.ts';

/** In learning order. */
export const KAFKA: readonly GalleryEntry[] = [
  { id: 'log-not-queue', part: 'kafka', run: logNotQueue },
  { id: 'keys-partitions', part: 'kafka', run: keysPartitions },
  { id: 'group-sizes', part: 'kafka', run: groupSizes },
  { id: 'rebalance-eager', part: 'kafka', run: rebalanceEager },
  { id: 'rebalance-coop', part: 'kafka', run: rebalanceCoop },
  { id: 'rebalance-kip848', part: 'kafka', run: rebalanceKip848 },
  { id: 'static-member', part: 'kafka', run: staticMember },
  { id: 'offsets', part: 'kafka', run: offsets },
  { id: 'ack-covers', part: 'kafka', run: ackCovers },
  { id: 'offset-reset', part: 'kafka', run: offsetReset },
  { id: 'replication', part: 'kafka', run: replication },
  { id: 'leader-dies', part: 'kafka', run: leaderDies },
  { id: 'acks-matrix', part: 'kafka', run: acksMatrix },
  { id: 'controller-kraft', part: 'kafka', run: controllerKraft },
  { id: 'retention-compaction', part: 'kafka', run: retentionCompaction },
  { id: 'idempotence', part: 'kafka', run: idempotence },
  { id: 'lag', part: 'kafka', run: lag },
];
