import type { VectorPlayers } from '../types.ts';
import { playCompaction, playRetention } from './cleanup.ts';
import { playDefaults } from './defaults.ts';
import { playLeaderEpoch } from './epochs.ts';
import { playIdempotence } from './idempotence.ts';
import { playAcks, playHighWatermark } from './replicas.ts';

export const LOG_PLAYERS: VectorPlayers = {
  'kafka-acks-matrix': playAcks,
  'kafka-defaults': playDefaults,
  'kafka-hw-isr': playHighWatermark,
  'kafka-leader-epoch': playLeaderEpoch,
  'kafka-log-compaction': playCompaction,
  'kafka-log-retention': playRetention,
  'kafka-producer-idempotence': playIdempotence,
};
