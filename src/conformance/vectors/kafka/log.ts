import type { VectorPlayers } from '../types.ts';

export const LOG_PLAYERS: VectorPlayers = {};
