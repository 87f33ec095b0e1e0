import type { VectorPlayers } from '../types.ts';
import { playBatching } from './batching.ts';
import { playMurmur2, playPartitioner } from './partitions.ts';

export const PRODUCER_PLAYERS: VectorPlayers = {
  'kafka-murmur2-partition': playMurmur2,
  'kafka-producer-partitioner': playPartitioner,
  'kafka-producer-batching': playBatching,
};
