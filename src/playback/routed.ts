import { type Json, type LineId, type Micros, micros, type PartId } from '../base/index.ts';
import type { Fact, Timeline } from '../engine/index.ts';

/** What a person must not miss is held for this long of real time at the present speed. */
export const HOLD_MILLIS = 900;
/** More facts than this back is more than anyone can read in the hold time. */
const RECENT_MAX = 2_000;

export function holdAt(speed: number): Micros {
  return micros(HOLD_MILLIS * 1_000 * speed);
}

interface Recent {
  readonly end: number;
  readonly from: number;
  readonly facts: readonly Fact[];
}
const cache = new WeakMap<Timeline, Recent>();

/** Facts of the last `hold` before the playhead, oldest first. Standing right after a fact counts as age 0. */
export function recentFacts(timeline: Timeline, hold: Micros): readonly Fact[] {
  const end = timeline.factsHappened;
  const since = timeline.factsUntil(Math.max(-1, timeline.time - hold) as Micros);
  const from = Math.min(end, Math.max(since, end - RECENT_MAX, 0));
  const known = cache.get(timeline);
  if (known && known.end === end && known.from === from) return known.facts;
  const facts = from < end ? timeline.facts(from, end) : [];
  cache.set(timeline, { end, from, facts });
  return facts;
}

export type RoutedMark = 'matched' | 'unmatched';

/** The lines of one decision: a list of ids, or of records that carry one. */
export function linesIn(value: Json | undefined): readonly LineId[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json) => {
    if (typeof item === 'string') return [item];
    return item !== null && typeof item === 'object' && 'line' in item && typeof item.line === 'string' ? [item.line] : [];
  });
}

/** For each place that has just decided, its latest decision: which of its lines matched and which did not. */
export function latestDecisions(facts: readonly Fact[]): ReadonlyMap<PartId, Fact> {
  const latest = new Map<PartId, Fact>();
  for (const fact of facts) if (fact.kind === 'message.routed') latest.set(fact.at, fact);
  return latest;
}

export function routedLines(timeline: Timeline, speed: number): ReadonlyMap<LineId, RoutedMark> {
  const lines = new Map<LineId, RoutedMark>();
  for (const { data } of latestDecisions(recentFacts(timeline, holdAt(speed))).values()) {
    for (const line of linesIn(data?.['unmatched'])) lines.set(line, 'unmatched');
    for (const line of linesIn(data?.['matched'])) lines.set(line, 'matched');
  }
  return lines;
}
