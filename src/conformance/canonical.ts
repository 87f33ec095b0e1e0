import type { Json, JsonObject } from '../base/index.ts';

/** Plain data with sorted keys, so that equal things have equal texts. `text` rewrites strings whose wording carries no meaning. */
export function canonical(value: Json | undefined, text: (value: string) => string = (same) => same): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(text(value));
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one, text)).join(',')}]`;
  const object = value as JsonObject;
  const keys = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(object[key], text)}`).join(',')}}`;
}

/** What differs, in one sentence; undefined when both are the same. */
export function differs(what: string, got: Json | undefined, wanted: Json | undefined): string | undefined {
  const [is, should] = [canonical(got), canonical(wanted)];
  return is === should ? undefined : `${what}: ${is} instead of ${should}`;
}
