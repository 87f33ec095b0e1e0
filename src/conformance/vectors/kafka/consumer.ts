import type { VectorPlayers } from '../types.ts';

export const CONSUMER_PLAYERS: VectorPlayers = {};
