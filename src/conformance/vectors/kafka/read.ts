import type { Json, JsonObject } from '../../../base/index.ts';

/** Fields of a case that has not been checked by anybody: what is missing or of another type is empty. */
export function objectIn(data: JsonObject, field: string): JsonObject {
  return asObject(data[field]);
}

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function objectsIn(data: JsonObject, field: string): readonly JsonObject[] {
  const value = data[field];
  return Array.isArray(value) ? (value as readonly Json[]).map(asObject) : [];
}

export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
}

export function textIn(data: JsonObject, field: string): string | undefined {
  const value = data[field];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(data: JsonObject, field: string): number | undefined {
  const value = data[field];
  return typeof value === 'number' ? value : undefined;
}
