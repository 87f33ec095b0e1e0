import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact, Program, Timeline } from '../../engine/index.ts';
import type { Trait } from '../../scenario/index.ts';

/** Groups of kinds, as people look for them. */
const KIND_GROUPS = ['message', 'decisions', 'deliveries', 'ends', 'work', 'groups', 'replication', 'topology', 'deeds'] as const;
export type KindGroup = (typeof KIND_GROUPS)[number];

/** Groups of which only some systems have any. */
const NEEDS: { readonly [G in KindGroup]?: Trait } = { decisions: 'routing', groups: 'groups', replication: 'replication' };

/** The groups to choose from where systems with these traits are drawn. */
export function groupsFor(traits: ReadonlySet<Trait>): readonly KindGroup[] {
  return KIND_GROUPS.filter((group) => {
    const need = NEEDS[group];
    return need === undefined || traits.has(need);
  });
}

const GROUP_TESTS: { readonly [G in KindGroup]: (fact: Fact) => boolean } = {
  message: ({ message }) => message > 0,
  decisions: ({ kind }) => kind === 'message.routed',
  deliveries: ({ kind }) => /^message\.(delivered|received|read|confirmed|acked|rejected|requeued|acquired|released|accepted)$/.test(kind),
  ends: ({ kind, data }) =>
    /^(message\.(returned|refused|removed|archived)|frame\.lost)$/.test(kind) ||
    (kind === 'message.settled' && data?.['outcome'] !== 'acked'),
  work: ({ kind }) => kind.startsWith('work.'),
  groups: ({ kind }) => /^(group|member|partition|offset|position|phase|reading)\./.test(kind),
  replication: ({ kind }) => kind === 'message.replicated' || /^(replica|isr|log|watermark|controller|quorum|broker|request)\./.test(kind),
  topology: ({ kind }) => /^(place|binding|consumer|connection|channel|session|znode|watch)\./.test(kind),
  deeds: ({ kind }) => /^(node|part|line|link|command|limit|feature)\./.test(kind),
};

export interface FactFilter {
  /** A part; of a node, also what happens in its places. '' = all. */
  readonly part: PartId | '';
  readonly group: KindGroup | '';
  /** 0 = all. */
  readonly message: MessageId;
}
export const NO_FILTER: FactFilter = { part: '', group: '', message: 0 };

export function isFiltering({ part, group, message }: FactFilter): boolean {
  return part !== '' || group !== '' || message !== 0;
}

export function matches(filter: FactFilter, fact: Fact, program: Program): boolean {
  if (filter.message !== 0 && fact.message !== filter.message) return false;
  if (filter.group !== '' && !GROUP_TESTS[filter.group](fact)) return false;
  return filter.part === '' || fact.at === filter.part || program.nodeOf.get(fact.at) === filter.part || isConsumer(fact, filter.part);
}

/** A delivery is told by the queue; for the consumer it is news, too. */
function isConsumer({ data }: Fact, part: PartId): boolean {
  return data?.['consumer'] === part;
}

/** More rows than that nobody reads, and browsers limit how tall an element may be. */
export const FOUND_MAX = 200_000;
const CHUNK = 2_000;

/** The facts that meet a filter, by number; searched in slices, from the first fact on. */
export class Found {
  readonly seqs: number[] = [];
  private readonly filter: FactFilter;
  private readonly timeline: Timeline;
  /** Facts looked at. */
  private looked = 0;

  constructor(timeline: Timeline, filter: FactFilter) {
    this.timeline = timeline;
    this.filter = filter;
  }

  get isFull(): boolean {
    return this.seqs.length >= FOUND_MAX;
  }

  get isDone(): boolean {
    return this.isFull || this.looked >= this.timeline.known.facts;
  }

  search(isSpent: () => boolean): void {
    while (!this.isDone) {
      const to = Math.min(this.timeline.known.facts, this.looked + CHUNK);
      for (const fact of this.timeline.facts(this.looked, to)) {
        if (matches(this.filter, fact, this.timeline.program) && !this.isFull) this.seqs.push(fact.seq);
      }
      this.looked = to;
      if (isSpent()) return;
    }
  }

  /** How many of them come before a fact number. */
  before(seq: number): number {
    let low = 0;
    let high = this.seqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.seqs[middle] as number) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
