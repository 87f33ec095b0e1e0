import type { FieldTable } from '../../scenario/index.ts';

export const SERVER_FIELDS = [
  /** The unit of all waiting: a session lasts at least two and at most twenty ticks, a server may take ten to join a leader. */
  { name: 'tickMillis', type: 'integer', min: 10, max: 60_000, initial: 2_000, unit: 'ms' },
] as const satisfies FieldTable;

export interface ServerConfig {
  readonly tickMillis: number;
}
