import type { Json, JsonObject } from '../../../base/index.ts';

/** Readers of raw case data: what is missing reads as empty. */
export function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function int(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

export function ints(value: Json | undefined): readonly number[] {
  return list(value).map(int);
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A sentence about what differs, or undefined. The order of an object's keys does not matter. */
export function differs(what: string, actual: Json, expected: Json): string | undefined {
  const [a, b] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected))];
  return a === b ? undefined : `${what}: ${a} instead of ${b}`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
