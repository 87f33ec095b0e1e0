import { SCHEMA_VERSION } from './migrate.ts';
import type { Run } from './types.ts';

/** What a saved file calls itself. */
export const FILE_FORMAT = 'queuescope/run';

/** The run as a file that people can read. */
export function serializeFile(run: Run): string {
  return `${JSON.stringify({ format: FILE_FORMAT, version: SCHEMA_VERSION, run }, undefined, 2)}\n`;
}
