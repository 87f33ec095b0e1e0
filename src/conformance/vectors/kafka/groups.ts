import type { VectorPlayers } from '../types.ts';

export const GROUPS_PLAYERS: VectorPlayers = {};
