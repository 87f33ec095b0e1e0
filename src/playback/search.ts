import { type Fact, INTERESTING, type Timeline } from '../engine/index.ts';
import { SLICE_APPOINTMENTS } from './travel.ts';
import type { Landing, Side } from './types.ts';

export interface Search {
  readonly direction: 1 | -1;
  readonly interesting: boolean;
}

export interface Found {
  readonly side: number;
  readonly fact: Fact;
}

function wantedOf(search: Search): (fact: Fact) => boolean {
  return search.interesting ? (fact) => INTERESTING.has(fact.kind) : () => true;
}

/** By time, and at equal times by side: the one order of the steps of two sides. */
function isBefore(one: Found, other: Found): boolean {
  return one.fact.time < other.fact.time || (one.fact.time === other.fact.time && one.side < other.side);
}

/** The fact that a step goes to; 'none' if there is none in that direction; undefined while more must be computed first. */
export function searchOn(
  sides: readonly Side[],
  search: Search,
  at: Landing | undefined,
  isSpent: () => boolean,
): Found | 'none' | undefined {
  if (search.direction < 0) return previous(sides, search, at);
  for (;;) {
    const found = next(sides, search);
    if (found !== undefined || isSpent()) return found;
  }
}

function next(sides: readonly Side[], search: Search): Found | 'none' | undefined {
  const wanted = wantedOf(search);
  let best: Found | undefined;
  const open: Timeline[] = [];
  sides.forEach(({ timeline }, side) => {
    const fact = timeline.neighbour(1, wanted, SLICE_APPOINTMENTS);
    if (!fact) {
      if (!timeline.known.complete) open.push(timeline);
    } else if (!best || isBefore({ side, fact }, best)) best = { side, fact };
  });
  // A side that is not known far enough might still have an earlier one.
  if (open.some((timeline) => !best || timeline.known.time <= best.fact.time)) return undefined;
  return best ?? 'none';
}

function previous(sides: readonly Side[], search: Search, at: Landing | undefined): Found | 'none' {
  const wanted = wantedOf(search);
  let best: Found | undefined;
  sides.forEach(({ timeline }, side) => {
    const fact = before(timeline, wanted, at, side);
    if (fact && (!best || isBefore(best, { side, fact }))) best = { side, fact };
  });
  return best ?? 'none';
}

/**
 * The last wanted fact of a side before the place where we stand. Standing just after a fact of this side, or at the very
 * time of its last one, that step itself is not before us; otherwise all that has happened is.
 */
function before(timeline: Timeline, wanted: (fact: Fact) => boolean, at: Landing | undefined, side: number): Fact | undefined {
  const last = lastHappened(timeline, wanted);
  if (!last) return undefined;
  const isOn = at ? at.side === side : last.time >= timeline.time;
  return isOn ? timeline.neighbour(-1, wanted, 0) : last;
}

const CHUNK = 256;

/** The last fact at the playhead that is wanted. */
export function lastHappened(timeline: Timeline, wanted: (fact: Fact) => boolean): Fact | undefined {
  for (let end = timeline.factsHappened; end > 0; end -= CHUNK) {
    const facts = timeline.facts(Math.max(0, end - CHUNK), end);
    for (let i = facts.length - 1; i >= 0; i--) {
      const fact = facts[i] as Fact;
      if (wanted(fact)) return fact;
    }
  }
  return undefined;
}
