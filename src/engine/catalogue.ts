import { assert } from '../base/index.ts';
import type { Config, FieldTable, Line, LineKind, Part, Problem, Refusal, Scenario, Vocabulary } from '../scenario/index.ts';
import type { Catalogue, FrameName, Kernel, Mark, Pack } from './types.ts';

/** The system that a kind belongs to: what stands before its slash. */
export function protocolOf(kind: string): string {
  return kind.slice(0, Math.max(0, kind.indexOf('/')));
}

/** How a frame looks: one that no pack says anything about is control traffic. */
export function markOf({ marks }: Pick<Catalogue, 'marks'>, verb: string): Mark {
  return marks[verb] ?? 'control';
}

/** All packs as one. Each answers for its own kinds; parts of two systems are connected by lines that one of them has for it. */
export function makeCatalogue(packs: readonly Pack[]): Catalogue {
  const byProtocol = new Map(packs.map((pack) => [pack.protocol, pack]));
  assert(byProtocol.size === packs.length, 'Two packs of one protocol');
  const packOf = (kind: string) => byProtocol.get(protocolOf(kind));
  // A system that helps others (ZooKeeper) has no messages, and nothing to say about them.
  const talking = (parts: Iterable<Pick<Part, 'kind'>>) =>
    [...new Set([...parts].map(({ kind }) => packOf(kind)))].filter(
      (pack) => pack !== undefined && pack.messageFields.length > 0,
    ) as Pack[];
  return {
    parts: merged(packs, (vocabulary) => vocabulary.parts),
    lines: merged(packs, (vocabulary) => vocabulary.lines),
    kernels: new Map(packs.flatMap((pack) => [...pack.kernels] as [string, Kernel][])),
    marks: Object.assign({}, ...packs.map((pack) => pack.marks)) as { readonly [verb: string]: Mark },
    frameName: (verb: string): FrameName => {
      for (const pack of packs) {
        const found = pack.frameName?.(verb);
        if (found) return found;
      }
      return { name: verb, role: '' };
    },
    messageFields: (kind: string): FieldTable => packOf(kind)?.messageFields ?? [],
    marksOf: (kind: string): ReadonlySet<Mark> => new Set(Object.values(packOf(kind)?.marks ?? {})),
    traitsOf: (parts) => {
      const drawn = talking(parts);
      return new Set((drawn.length > 0 ? drawn : packs).flatMap(({ vocabulary }) => vocabulary.traits ?? []));
    },
    speaks: (parts) => {
      const [first, ...others] = talking(parts);
      return first !== undefined && others.length === 0 ? first.protocol : '';
    },
    suggestMessage: (scenario: Scenario, target: Part): Config => packOf(target.kind)?.vocabulary.suggestMessage?.(scenario, target) ?? {},
    connect: (scenario: Scenario, from: Part, to: Part): LineKind | Refusal => {
      const pack = packOf(from.kind);
      if (pack !== undefined && (pack === packOf(to.kind) || reaches(pack, to.kind))) return pack.vocabulary.connect(scenario, from, to);
      const other = packOf(to.kind);
      if (other !== undefined && reaches(other, from.kind)) return other.vocabulary.connect(scenario, from, to);
      return { problem: { where: to.id, key: 'otherSystem', remedy: 'otherSystem' } };
    },
    mend: (scenario: Scenario, mend: string, from: Part, to: Part): Scenario =>
      packOf(from.kind)?.vocabulary.mend(scenario, mend, from, to) ?? scenario,
    implied: (scenario: Scenario) => packs.flatMap((pack) => pack.vocabulary.implied(scenario)),
    companions: (scenario: Scenario, isFromStart: boolean) =>
      packs.flatMap((pack) => pack.vocabulary.companions?.(scenario, isFromStart) ?? []),
    checkLive: (scenario: Scenario, before: Part | Line, after: Part | Line): Problem | undefined =>
      packOf(after.kind)?.vocabulary.checkLive?.(scenario, before, after),
    check: (scenario: Scenario) => packs.flatMap((pack) => pack.vocabulary.check?.(scenario) ?? []),
  };
}

/** True when a pack has lines of its own to or from another system's kind: Kafka's brokers talk to ZooKeeper's servers. */
function reaches({ vocabulary }: Pack, kind: string): boolean {
  for (const line of vocabulary.lines.values()) if (!line.implied && (line.to.includes(kind) || line.from.includes(kind))) return true;
  return false;
}

function merged<T>(packs: readonly Pack[], kindsOf: (vocabulary: Vocabulary) => ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const all = new Map<string, T>();
  for (const pack of packs) {
    for (const [kind, value] of kindsOf(pack.vocabulary)) {
      assert(protocolOf(kind) === pack.protocol, `Kind ${kind} in the pack of ${pack.protocol}`);
      all.set(kind, value);
    }
  }
  return all;
}
