import type { JsonObject } from '../../base/index.ts';

/** Plays one case of a file of vectors: a sentence about what differs, or undefined when all is as expected. */
export type VectorPlayer = (data: JsonObject) => string | undefined;
/** By the file's name. */
export type VectorPlayers = { readonly [file: string]: VectorPlayer };
