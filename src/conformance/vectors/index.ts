import type { JsonObject } from '../../base/index.ts';
import type { Verdict } from '../format.ts';
import { ASSIGN_PLAYERS } from './kafka/assign.ts';
import { CONSUMER_PLAYERS } from './kafka/consumer.ts';
import { CONTROLLER_PLAYERS } from './kafka/controller.ts';
import { GROUPS_PLAYERS } from './kafka/groups.ts';
import { LOG_PLAYERS } from './kafka/log.ts';
import { PRODUCER_PLAYERS } from './kafka/producer.ts';
import type { VectorPlayers } from './types.ts';

const PLAYERS: VectorPlayers = {
  ...ASSIGN_PLAYERS,
  ...CONSUMER_PLAYERS,
  ...CONTROLLER_PLAYERS,
  ...GROUPS_PLAYERS,
  ...LOG_PLAYERS,
  ...PRODUCER_PLAYERS,
};

/** Plays one case against the code that the simulation runs. */
export function playVector(file: string, data: JsonObject): Verdict {
  const play = PLAYERS[file];
  if (!play) return { status: 'not-modelled', why: `vectors of ${file} are not modelled` };
  const differs = play(data);
  return differs === undefined ? { status: 'passed' } : { status: 'failed', why: differs };
}
