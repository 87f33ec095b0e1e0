import type { Json } from '../../../base/index.ts';
import { type Table, type TypedValue, typed } from '../amqp/index.ts';
import type { Mismatch } from './reasons.ts';

export type MatchKind = 'all' | 'any' | 'all-with-x' | 'any-with-x';

/** One condition of a headers binding. */
export interface Condition {
  readonly header: string;
  readonly value: TypedValue;
}

/** What a binding of a headers exchange asks for, worked out once when it is bound. */
export interface HeadersPattern {
  readonly kind: MatchKind;
  readonly conditions: readonly Condition[];
}

const KINDS: readonly string[] = ['all', 'any', 'all-with-x', 'any-with-x'];

/** `x-match` absent means all; so does a value that an older broker let pass. */
function matchKind(args: Table): MatchKind {
  const given = args['x-match'];
  return typeof given === 'string' && KINDS.includes(given) ? (given as MatchKind) : 'all';
}

export function headersPattern(args: Table): HeadersPattern {
  const kind = matchKind(args);
  const withX = kind === 'all-with-x' || kind === 'any-with-x';
  const conditions = Object.keys(args)
    .filter((header) => header !== 'x-match' && (withX || !header.startsWith('x-')))
    .sort()
    .map((header) => ({ header, value: typed(args[header] as Json) }));
  return { kind, conditions };
}

/** Values compare as Erlang's `==` does: whole and floating numbers by value, types inside lists and tables too. */
export function sameValue(a: TypedValue, b: TypedValue): boolean {
  return deepEqual(a.value, b.value);
}

function deepEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameNested(item, b[i] as Json));
  }
  const keys = Object.keys(a);
  const other = b as Table;
  return (
    keys.length === Object.keys(b).length && keys.every((key) => key in other && sameNested((a as Table)[key] as Json, other[key] as Json))
  );
}

function sameNested(a: Json, b: Json): boolean {
  const left = typed(a);
  const right = typed(b);
  return left.type === right.type && deepEqual(left.value, right.value);
}

/** A void value in a binding asks only that the header is there. */
function holds(condition: Condition, headers: Table): boolean {
  const got = headers[condition.header];
  if (got === undefined) return false;
  return condition.value.type === 'void' || sameValue(condition.value, typed(got));
}

export function headersMatch(pattern: HeadersPattern, headers: Table): boolean {
  const all = pattern.kind === 'all' || pattern.kind === 'all-with-x';
  for (const condition of pattern.conditions) {
    if (holds(condition, headers) !== all) return !all;
  }
  return all;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Why a pattern that does not match does not. */
export function headersMismatch(pattern: HeadersPattern, headers: Table): Mismatch {
  if (pattern.kind === 'any' || pattern.kind === 'any-with-x') return { why: 'header-none', count: pattern.conditions.length };
  const failed = pattern.conditions.find((condition) => !holds(condition, headers)) as Condition;
  const got = headers[failed.header];
  if (got === undefined) return { why: 'header-missing', header: failed.header };
  return { why: 'header-differs', header: failed.header, got: shown(got), wanted: shown(failed.value.value) };
}
