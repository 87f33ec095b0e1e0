import { checkConfig, dropDefaults } from './check.ts';
import type { FieldTable } from './fields.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import type { RawLine, RawPart } from './shapes.ts';
import type { Config, Line, Part, Problem } from './types.ts';
import { isSizable, type PartKind, type Vocabulary } from './vocabulary.ts';

/** Rebuilds parts and lines from raw ones, field by field, and collects what is wrong with them. Nothing is merged. */
export class Builder {
  readonly problems: Problem[] = [];
  private readonly vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  get isFull(): boolean {
    return this.problems.length >= DOCUMENT_LIMITS.problems;
  }

  say(where: string, key: string, args: NonNullable<Problem['args']> = {}): void {
    if (!this.isFull) this.problems.push({ where, key, args });
  }

  /** `around` are all parts that a parent may be among. */
  parts(raw: readonly RawPart[], around: readonly RawPart[]): readonly Part[] {
    const kinds = new Map(around.map((part) => [part.id, part]));
    return raw.flatMap((part) => {
      const kind = this.vocabulary.parts.get(part.kind);
      if (this.isFull) return [];
      if (!kind) {
        this.say(part.id, 'kind.unknown', { kind: part.kind });
        return [];
      }
      const parent = part.parent === undefined ? undefined : kinds.get(part.parent);
      if (!isAtHome(part, parent, kind)) this.say(part.id, 'document.wrongParent', { name: part.name, kind: part.kind });
      const hasSize = isSizable(kind.shape);
      return {
        id: part.id,
        kind: part.kind,
        name: part.name,
        x: part.x,
        y: part.y,
        ...(part.parent !== undefined && { parent: part.parent }),
        ...(hasSize && part.width !== undefined && { width: part.width }),
        ...(hasSize && part.height !== undefined && { height: part.height }),
        config: this.config(kind.fields, part.id, part.config),
      };
    });
  }

  /** `around` are all parts that a line may end at. */
  lines(raw: readonly RawLine[], around: readonly RawPart[]): readonly Line[] {
    const ends = new Map(around.map((part) => [part.id, part]));
    return raw.flatMap((line) => {
      const kind = this.vocabulary.lines.get(line.kind);
      if (this.isFull) return [];
      if (!kind || kind.implied) {
        this.say(line.id, 'kind.unknown', { kind: line.kind });
        return [];
      }
      const from = ends.get(line.from);
      const to = ends.get(line.to);
      if (!from || !to) this.say(line.id, 'document.lineToNowhere', { end: from ? line.to : line.from });
      else if (!kind.from.includes(from.kind) || !kind.to.includes(to.kind))
        this.say(line.id, 'document.wrongEnds', { kind: line.kind, from: from.kind, to: to.kind });
      return { id: line.id, kind: line.kind, from: line.from, to: line.to, config: this.config(kind.fields, line.id, line.config) };
    });
  }

  /** Parts and lines share one name space. */
  unique(things: readonly { readonly id: string }[]): void {
    const seen = new Set<string>();
    for (const { id } of things) {
      if (seen.has(id)) this.say(id, 'document.duplicateId', { id });
      seen.add(id);
    }
  }

  config(table: FieldTable, where: string, raw: unknown): Config {
    const problems = checkConfig(table, raw);
    for (const problem of problems) if (!this.isFull) this.problems.push({ where, ...problem });
    return problems.length === 0 ? dropDefaults(table, raw as Config) : {};
  }

  /** Changed fields of a variant: null puts one back to its default. */
  changes(table: FieldTable, where: string, raw: { readonly [name: string]: unknown }): Config {
    const names = new Set(table.map((field) => field.name));
    const isReset = (name: string) => raw[name] === null && names.has(name);
    const set = Object.fromEntries(Object.entries(raw).filter(([name]) => !isReset(name)));
    const problems = checkConfig(table, set);
    for (const problem of problems) if (!this.isFull) this.problems.push({ where, ...problem });
    if (problems.length > 0) return {};
    const changed = dropDefaults(table, set as Config);
    // The default itself is a change, too, where the other side has something else.
    const resets = table.filter(({ name }) => Object.hasOwn(raw, name) && !Object.hasOwn(changed, name));
    return { ...changed, ...Object.fromEntries(resets.map((field) => [field.name, null])) };
  }
}

/** A place must be in its node, a node may be in its container; both stand at the top themselves. */
function isAtHome(part: RawPart, parent: RawPart | undefined, { inside, within }: PartKind): boolean {
  if (part.parent === undefined) return inside === undefined;
  return parent !== undefined && parent.parent === undefined && parent.kind === (inside ?? within);
}
