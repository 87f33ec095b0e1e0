import type { JsonObject, LineId, MessageId, PartId } from '../base/index.ts';
import type { Fact, Timeline } from '../engine/index.ts';
import { holdAt, latestDecisions, linesIn, recentFacts } from '../playback/index.ts';

/** How an exchange has just decided. */
export interface Decision {
  readonly at: PartId;
  readonly matched: readonly LineId[];
  readonly unmatched: readonly LineId[];
  /** 0 at the moment itself, 1 when its hold is over. */
  readonly age: number;
}

/** A message whose way ended, or turned, in a manner that nobody must miss. */
export interface Ghost {
  readonly at: PartId;
  readonly message: MessageId;
  /** i18n key `stage.ghost.<what>`. */
  readonly what: GhostKind;
  readonly why: string;
  /** It goes back instead of ending. */
  readonly isReturning: boolean;
  /** Messages that ended alike at the same place within the hold. */
  readonly count: number;
  readonly age: number;
}
export type GhostKind = 'dropped' | 'returned' | 'expired' | 'dead-lettered' | 'rejected' | 'requeued' | 'lost' | 'failed';

export interface Flash {
  readonly at: PartId;
  readonly isGood: boolean;
  readonly age: number;
}

/** A cell that a lane has just lost. */
export interface Removal {
  readonly at: PartId;
  readonly lane: string;
  readonly index: number;
  readonly message: MessageId;
  readonly age: number;
}

/** What has just happened and is held for the eye: a pure function of the facts before the playhead, its time and the speed. */
export interface Moments {
  readonly decisions: readonly Decision[];
  readonly ghosts: readonly Ghost[];
  readonly flashes: readonly Flash[];
  readonly removals: readonly Removal[];
}

/** Ghosts of different kinds at one place; older ones make room. */
const GHOSTS_AT_ONE_PLACE = 3;

export function momentsOf(timeline: Timeline, speed: number): Moments {
  const hold = holdAt(speed);
  const facts = recentFacts(timeline, hold);
  const ageOf = (fact: Fact) => Math.min(1, Math.max(0, (timeline.time - fact.time) / hold));
  const decisions = [...latestDecisions(facts).values()].map((fact) => ({
    at: fact.at,
    matched: linesIn(fact.data?.['matched']),
    unmatched: linesIn(fact.data?.['unmatched']),
    age: ageOf(fact),
  }));
  return { decisions, ghosts: ghostsOf(facts, ageOf), flashes: flashesOf(facts, ageOf), removals: removalsOf(facts, ageOf) };
}

function ghostsOf(facts: readonly Fact[], ageOf: (fact: Fact) => number): readonly Ghost[] {
  const groups = new Map<string, Ghost>();
  for (const fact of facts) {
    const what = ghostKind(fact.kind, fact.data);
    if (!what) continue;
    const key = `${fact.at}\n${what}\n${fact.why}`;
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.delete(key);
    const isReturning = what === 'requeued' || (what === 'rejected' && fact.data?.['requeue'] === true);
    groups.set(key, { at: fact.at, message: fact.message, what, why: fact.why, isReturning, count, age: ageOf(fact) });
    // That the work failed is said by the rejection that follows from it.
    if (what === 'rejected') groups.delete(`${fact.at}\nfailed\n`);
  }
  const seen = new Map<PartId, number>();
  return [...groups.values()].reverse().filter(({ at }) => {
    const before = seen.get(at) ?? 0;
    seen.set(at, before + 1);
    return before < GHOSTS_AT_ONE_PLACE;
  });
}

const SETTLED: { readonly [outcome: string]: GhostKind } = {
  dropped: 'dropped',
  returned: 'returned',
  expired: 'expired',
  'dead-lettered': 'dead-lettered',
};

function ghostKind(kind: string, data: JsonObject | undefined): GhostKind | undefined {
  if (kind === 'message.settled') return SETTLED[String(data?.['outcome'])];
  if (kind === 'message.returned') return 'returned';
  if (kind === 'message.rejected') return 'rejected';
  if (kind === 'message.requeued') return 'requeued';
  if (kind === 'frame.lost') return 'lost';
  return kind === 'work.failed' ? 'failed' : undefined;
}

function flashesOf(facts: readonly Fact[], ageOf: (fact: Fact) => number): readonly Flash[] {
  return facts
    .filter(({ kind }) => kind === 'node.crashed' || kind === 'node.restarted')
    .map((fact) => ({ at: fact.at, isGood: fact.kind === 'node.restarted', age: ageOf(fact) }));
}

function removalsOf(facts: readonly Fact[], ageOf: (fact: Fact) => number): readonly Removal[] {
  return facts.flatMap((fact) => {
    const index = fact.data?.['index'];
    if (fact.kind !== 'message.removed' || typeof index !== 'number') return [];
    return { at: fact.at, lane: String(fact.data?.['lane']), index, message: fact.message, age: ageOf(fact) };
  });
}

/** Fades only in the last part of the hold: before that, there is time to read. */
export function fade(age: number): number {
  return age < 0.7 ? 1 : Math.max(0, 1 - (age - 0.7) / 0.3) * 0.85 + 0.15;
}
