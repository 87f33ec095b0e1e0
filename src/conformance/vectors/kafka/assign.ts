import type { VectorPlayers } from '../types.ts';

export const ASSIGN_PLAYERS: VectorPlayers = {};
