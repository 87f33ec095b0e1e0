import type { VectorPlayers } from '../types.ts';
import { playLag, playReset, playTimeline } from './offsets.ts';

export const CONSUMER_PLAYERS: VectorPlayers = {
  'kafka-lag': playLag,
  'kafka-offset-reset': playReset,
  'kafka-offset-timelines': playTimeline,
};
