import type { Json, JsonObject } from '../../base/index.ts';
import { utf8Length } from '../../base/index.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { entryPath, type Notes, quoted } from './notes.ts';
import type { NoteKey, RuleKey } from './types.ts';

export type Raw = { readonly [name: string]: unknown };

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own members only: a file can't reach what every object inherits. */
export function memberOf(raw: Raw, name: string): unknown {
  return Object.hasOwn(raw, name) ? raw[name] : undefined;
}

/** Reads one item of a stranger's file member by member; what is wrong with it is noted. Nothing of it is merged or kept by reference. */
export class ItemReader {
  private readonly notes: Notes<NoteKey>;
  private readonly refusals: Notes<RuleKey>;
  private readonly raw: Raw;
  readonly path: string;
  readonly vhost: string | undefined;

  constructor(raw: Raw, path: string, vhost: string | undefined, notes: Notes<NoteKey>, refusals: Notes<RuleKey>) {
    this.raw = raw;
    this.path = path;
    this.vhost = vhost;
    this.notes = notes;
    this.refusals = refusals;
  }

  note(key: NoteKey, at: string, args: { readonly [name: string]: string | number } = {}): void {
    this.notes.add(key, at, args, this.vhost);
  }

  refuse(key: RuleKey, at: string, args: { readonly [name: string]: string | number } = {}): void {
    this.refusals.add(key, at, args, this.vhost);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.raw, name);
  }

  /** A name or routing key; undefined when it can't be one. */
  name(name: string, missing?: string): string | undefined {
    const value = memberOf(this.raw, name);
    if (value === undefined && missing !== undefined) return missing;
    const at = `${this.path}.${name}`;
    if (typeof value !== 'string') {
      this.refuse('wrongType', at, { wanted: 'string' });
      return undefined;
    }
    // The second is what counts; the first spares measuring a text of megabytes.
    if (value.length > DEFINITIONS_LIMITS.nameBytes || utf8Length(value) > DEFINITIONS_LIMITS.nameBytes) {
      this.note('nameTooLong', at, { max: DEFINITIONS_LIMITS.nameBytes });
      return undefined;
    }
    return value;
  }

  /** A pattern as it stands; of one that is longer than any version takes, just enough to see that. */
  pattern(name: string): string | undefined {
    const value = memberOf(this.raw, name);
    if (typeof value === 'string') return value.slice(0, DEFINITIONS_LIMITS.patternBytes + 1);
    this.refuse('wrongType', `${this.path}.${name}`, { wanted: 'string' });
    return undefined;
  }

  flag(name: string, missing: boolean): boolean {
    const value = memberOf(this.raw, name);
    if (value === undefined || typeof value === 'boolean') return value ?? missing;
    this.refuse('wrongType', `${this.path}.${name}`, { wanted: 'boolean' });
    return missing;
  }

  integer(name: string, missing: number): number {
    const value = memberOf(this.raw, name);
    if (value === undefined) return missing;
    if (Number.isSafeInteger(value)) return value as number;
    this.refuse('wrongType', `${this.path}.${name}`, { wanted: 'integer' });
    return missing;
  }

  /** A table of texts, whole numbers and booleans. Older files write an empty one as `[]`. */
  table(name: string): JsonObject {
    const value = memberOf(this.raw, name);
    const path = `${this.path}.${name}`;
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return {};
    if (!isRaw(value)) {
      this.refuse('wrongType', path, { wanted: 'object' });
      return {};
    }
    const entries = Object.entries(value);
    if (entries.length > DEFINITIONS_LIMITS.tableEntries) this.note('tooManyArguments', path, { max: DEFINITIONS_LIMITS.tableEntries });
    return Object.fromEntries(
      entries.slice(0, DEFINITIONS_LIMITS.tableEntries).flatMap(([key, entry]): [string, Json][] => {
        if (isScalar(entry) && key !== '__proto__') return [[key, entry]];
        const at = entryPath(path, key);
        if (entry === null || hasNull(entry)) this.refuse('nullArgument', at);
        else this.note('argumentValue', at);
        return [];
      }),
    );
  }

  /** Members that no version writes: a broker drops them without a word. */
  noteUnknown(known: readonly string[]): void {
    for (const name of Object.keys(this.raw))
      if (!known.includes(name)) this.note('unknownKey', entryPath(this.path, name), { name: quoted(name) });
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** The nesting was bounded before the file was parsed. */
function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(hasNull);
}
