import type { VectorPlayers } from '../types.ts';

export const CONTROLLER_PLAYERS: VectorPlayers = {};
