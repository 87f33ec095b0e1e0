import type { JsonObject } from '../../base/index.ts';
import type { Verdict } from '../format.ts';

/** Plays one case of a file of vectors: a sentence about what differs, or undefined when all is as expected. */
export type VectorPlayer = (data: JsonObject) => string | undefined;

/** By the file's name. */
const PLAYERS: { readonly [file: string]: VectorPlayer } = {};

export function playVector(file: string, data: JsonObject): Verdict {
  const play = PLAYERS[file];
  if (!play) return { status: 'not-modelled', why: `vectors of ${file} are not modelled` };
  const differs = play(data);
  return differs === undefined ? { status: 'passed' } : { status: 'failed', why: differs };
}
