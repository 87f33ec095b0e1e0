import type { Json, JsonObject } from '../../../../base/index.ts';

/* Cases are raw JSON: each field is read as what it has to be, and what is missing is missing. */

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((at) => typeof at === 'string');
}

/** The first place where `got` is not what is expected; undefined when it is. Fields of `got` that nobody expects are differences, too. */
export function difference(where: string, expected: Json | undefined, got: Json | undefined): string | undefined {
  if (expected === got) return undefined;
  const isDeep = typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null;
  if (!isDeep || Array.isArray(expected) !== Array.isArray(got))
    return `${where}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
  const a = expected as { readonly [key: string]: Json };
  const b = got as { readonly [key: string]: Json };
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const inner = difference(`${where}.${key}`, a[key], b[key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
