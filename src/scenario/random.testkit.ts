import fc from 'fast-check';
import type { Micros } from '../base/index.ts';
import { dropDefaults } from './check.ts';
import { checkedDeed, fieldsOfDeed, verbsOf } from './deeds.ts';
import type { Field, FieldTable } from './fields.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import type { Config, Intervention, Line, Part, Run, Scenario, Settings } from './types.ts';
import { diffScenario } from './variant.ts';
import { isSizable, type PartKind, type Vocabulary } from './vocabulary.ts';

/** Any text, lone surrogates and markup included. */
const anyText = (maxLength: number) =>
  fc.oneof(fc.string({ maxLength, unit: 'binary' }), fc.string({ maxLength }), fc.constantFrom('<b>', 'a"b', '队列'));
const tableName = anyText(20).filter((name) => name !== '' && name !== '__proto__');
const tableValue = fc.oneof(anyText(20), fc.boolean(), fc.maxSafeInteger());

function anyField(field: Field): fc.Arbitrary<Config[string]> {
  switch (field.type) {
    case 'integer':
      return fc.integer({ min: field.min, max: field.max });
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'text':
      return anyText(Math.min(field.maxLength, 40)).map((text) => text.slice(0, field.maxLength));
    case 'table':
      return fc.dictionary(tableName, tableValue, { maxKeys: Math.min(3, field.maxEntries), noNullPrototype: true });
    case 'list':
      return fc.array(anyConfig(field.of), { maxLength: Math.min(3, field.maxEntries) });
  }
}

/** A configuration that makes sense, in the one way to write it. */
export function anyConfig(table: FieldTable): fc.Arbitrary<Config> {
  const fields = Object.fromEntries(table.map((field) => [field.name, anyField(field)]));
  return fc.record(fields, { requiredKeys: [], noNullPrototype: true }).map((config) => dropDefaults(table, config as Config));
}

const coordinate = fc.oneof(
  fc.integer({ min: -200, max: 200 }).map((step) => step * 8),
  fc.integer({ min: -DOCUMENT_LIMITS.coordinate, max: DOCUMENT_LIMITS.coordinate }),
);
const time = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }).map((ms) => ms * 1_000),
  fc.integer({ min: 0, max: DOCUMENT_LIMITS.time }),
);

const settings: fc.Arbitrary<Settings> = fc.record(
  {
    latency: fc.constantFrom(0, 400_000, 1, 60_000_000),
    hop: fc.constantFrom(0, 300_000, 299_999),
    until: time.map((at) => Math.max(1, at)),
    detect: time,
    colourBy: fc.constantFrom('key', 'lane', 'producer', 'message'),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<Settings>;

interface Numbered {
  readonly letter: 'p' | 'l';
  readonly style: number;
}
/** Ids as the editor makes them, with gaps, or of an author's own taste. */
function idOf({ letter, style }: Numbered, i: number): string {
  if (style === 0) return `${letter}${i + 1}`;
  return style === 1 ? `${letter}${3 * i + 2}` : `${letter}-${i}x`;
}

function anyParts(vocabulary: Vocabulary, style: number): fc.Arbitrary<readonly Part[]> {
  const kinds = [...vocabulary.parts.values()];
  const one = (kind: PartKind) =>
    fc.record({
      kind: fc.constant(kind),
      name: anyText(20),
      x: coordinate,
      y: coordinate,
      config: anyConfig(kind.fields),
      size: fc.boolean(),
    });
  return fc.array(fc.constantFrom(...kinds).chain(one), { maxLength: 12 }).map((drawn) => {
    const nodes = new Map<string, string>();
    drawn.forEach(({ kind }, i) => {
      if (kind.role !== 'place') nodes.set(kind.kind, idOf({ letter: 'p', style }, i));
    });
    return drawn.flatMap(({ kind, name, x, y, config, size }, i): Part[] => {
      // A node is in its container or stands alone.
      const home = kind.inside ?? (size ? kind.within : undefined);
      const parent = home === undefined ? undefined : nodes.get(home);
      if (kind.inside !== undefined && parent === undefined) return [];
      const box = isSizable(kind.shape) && size ? { width: 400, height: 305 } : {};
      return [
        { id: idOf({ letter: 'p', style }, i), kind: kind.kind, name, x, y, ...(parent !== undefined && { parent }), ...box, config },
      ];
    });
  });
}

function anyLines(vocabulary: Vocabulary, parts: readonly Part[], style: number): fc.Arbitrary<readonly Line[]> {
  const possible = [...vocabulary.lines.values()].flatMap((kind) =>
    kind.implied
      ? []
      : parts
          .filter((from) => kind.from.includes(from.kind))
          .flatMap((from) => parts.filter((to) => kind.to.includes(to.kind)).map((to) => ({ kind, from: from.id, to: to.id }))),
  );
  if (possible.length === 0) return fc.constant([]);
  const one = fc
    .constantFrom(...possible)
    .chain(({ kind, from, to }) => anyConfig(kind.fields).map((config) => ({ kind: kind.kind, from, to, config })));
  return fc.array(one, { maxLength: 12 }).map((drawn) => drawn.map((line, i) => ({ id: idOf({ letter: 'l', style }, i), ...line })));
}

export function anyScenario(vocabulary: Vocabulary): fc.Arbitrary<Scenario> {
  return fc.integer({ min: 0, max: 2 }).chain((style) =>
    anyParts(vocabulary, style).chain((parts) =>
      fc.record(
        {
          from: fc.constantFrom('', 'fair-dispatch'),
          title: anyText(30),
          intro: anyText(60),
          parts: fc.constant(parts),
          lines: anyLines(vocabulary, parts, style),
          settings,
        },
        { noNullPrototype: true },
      ),
    ),
  );
}

/** The same drawing, differently: things gone, settings changed, others added. */
export function anyOther(vocabulary: Vocabulary, base: Scenario): fc.Arbitrary<Scenario> {
  return fc.tuple(anyScenario(vocabulary), fc.infiniteStream(fc.boolean()), anyText(20)).map(([donor, coins, title]) => {
    const toss = () => coins.next().value as boolean;
    const kept = base.parts.filter((part) => part.parent === undefined || toss()).map((part) => withConfigOf(part, donor.parts, toss));
    const ids = new Set(kept.map((part) => part.id));
    const own = donor.parts
      .filter((part) => part.parent === undefined)
      .map((part) => ({ ...part, id: `n${part.id}` }))
      .slice(0, 3);
    const lines = base.lines
      .filter((line) => ids.has(line.from) && ids.has(line.to) && toss())
      .map((line) => withConfigOf(line, donor.lines, toss));
    return { ...base, title, parts: [...kept, ...own], lines };
  });
}

function withConfigOf<T extends Part | Line>(thing: T, donors: readonly T[], toss: () => boolean): T {
  const donor = donors.find((other) => other.kind === thing.kind);
  return donor && toss() ? { ...thing, config: donor.config } : thing;
}

function anyInterventions(vocabulary: Vocabulary, scenario: Scenario): fc.Arbitrary<readonly Intervention[]> {
  const things: readonly (Part | Line)[] = [...scenario.parts, ...scenario.lines];
  if (things.length === 0) return fc.constant([]);
  const one = fc.constantFrom(...things).chain((thing) =>
    fc.constantFrom(...verbsOf(vocabulary, thing)).chain((verb) =>
      fc.record({ at: time, args: anyConfig(fieldsOfDeed(vocabulary, thing, verb)) }).map(({ at, args }): Intervention => {
        const checked = checkedDeed(vocabulary, thing, verb, args);
        return { at: at as Micros, verb, target: thing.id, args: checked.ok ? checked.value : {} };
      }),
    ),
  );
  return fc.array(one, { maxLength: 6 }).map((all) => all.toSorted((a, b) => a.at - b.at));
}

/** A run in the one way to write it, with or without a variant. */
export function anyRun(vocabulary: Vocabulary): fc.Arbitrary<Run> {
  return anyScenario(vocabulary).chain((scenario) =>
    fc
      .record({
        seed: fc.oneof(fc.constantFrom(0, 1, DOCUMENT_LIMITS.seed), fc.integer({ min: 0, max: 1_000 })),
        engine: fc.constantFrom(1, 2, 40),
        interventions: anyInterventions(vocabulary, scenario),
        other: fc.option(anyOther(vocabulary, scenario), { nil: undefined }),
      })
      .map(({ other, ...rest }) => ({ scenario, ...rest, ...(other && { variant: diffScenario(scenario, other) }) })),
  );
}
