import type { VectorPlayers } from '../types.ts';

export const PRODUCER_PLAYERS: VectorPlayers = {};
