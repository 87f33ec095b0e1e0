import type { Claims } from './claims.ts';
import { type Layout, NONE, nobody, type Owners } from './layout.ts';
import { type Racks, racksMatch } from './racks.ts';

/** What an assignor of the sticky family decides. */
export interface StickyResult {
  readonly owners: Owners;
  /** Partitions that somebody else may still hold; only the cooperative assignor withholds them. */
  readonly changingHands: Uint8Array;
}

/** The work on equal subscriptions. "Short" members hold fewer than the minimum, "level" ones exactly that. */
interface Work {
  readonly owners: Owners;
  readonly counts: Int32Array;
  readonly min: number;
  readonly max: number;
  /** How many members more may hold one more than the minimum. */
  extras: number;
  readonly short: number[];
  readonly level: number[];
  /** Who may have to give up each partition. */
  readonly revokedFrom: Int32Array;
  readonly disputed: Uint8Array;
  readonly changingHands: Uint8Array;
}

/**
 * Sticky assignment when all members subscribe to the same topics: members keep what they own up to the maximum while
 * there are places above the minimum, else up to the minimum; what is left is dealt in a circle to those with room.
 * Rack aware, members keep and first get only what they can read in their own racks.
 */
export function assignConstrained(layout: Layout, claims: Claims, racks: Racks, isRackAware: boolean): StickyResult {
  const memberCount = layout.members.length;
  const min = Math.floor(layout.partitionCount / memberCount);
  const extras = layout.partitionCount % memberCount;
  const work: Work = {
    owners: nobody(layout),
    counts: new Int32Array(memberCount),
    min,
    max: extras > 0 ? min + 1 : min,
    extras,
    short: [],
    level: [],
    revokedFrom: nobody(layout),
    disputed: claims.disputed,
    changingHands: new Uint8Array(layout.partitionCount),
  };
  keepOwned(layout, work, claims, isRackAware ? racks : undefined);
  const byId = (a: number, b: number) => a - b;
  work.short.sort(byId);
  work.level.sort(byId);
  let free: number[] = [];
  for (let p = 0; p < work.owners.length; p++) if (work.owners[p] === NONE) free.push(p);
  if (racks.racksOf.length > 0) free = scarcestFirst(free, layout, racks);
  if (isRackAware) free = dealWithinRacks(free, work, racks);
  dealInCircle(free, work);
  return { owners: work.owners, changingHands: work.changingHands };
}

function keepOwned(layout: Layout, work: Work, claims: Claims, racks: Racks | undefined): void {
  const number = (p: number) => p - (layout.firstOf[layout.topicOf[p] as number] as number);
  const owned: number[][] = layout.members.map(() => []);
  for (let p = 0; p < claims.owners.length; p++) {
    const m = claims.owners[p] as number;
    if (m === NONE) continue;
    if (racks && !racksMatch(racks, m, p)) work.revokedFrom[p] = m;
    else if (claims.disputed[p] === 0) (owned[m] as number[]).push(p);
  }
  for (const [m, all] of owned.entries()) {
    // Lowest partition numbers first, over all topics: who must give some up gives the highest ones.
    if (layout.topics.length > 1) all.sort((a, b) => number(a) - number(b) || a - b);
    keep(work, m, all);
  }
}

function keep(work: Work, m: number, all: readonly number[]): void {
  let kept = all.length;
  if (kept < work.min) work.short.push(m);
  else if (kept >= work.max && work.extras > 0) {
    kept = work.max;
    work.extras--;
    if (work.extras === 0) work.level.length = 0;
  } else {
    kept = work.min;
    if (work.extras > 0) work.level.push(m);
  }
  work.counts[m] = kept;
  for (const [i, p] of all.entries())
    if (i < kept) work.owners[p] = m;
    else work.revokedFrom[p] = m;
}

/** Partitions with the fewest members in their racks first, else in their order. */
function scarcestFirst(free: readonly number[], layout: Layout, racks: Racks): number[] {
  const membersIn = new Map<number, number>();
  for (let m = 0; m < layout.members.length; m++) {
    const rack = racks.rackOf[m] as number;
    if (rack !== NONE) membersIn.set(rack, (membersIn.get(rack) ?? 0) + 1);
  }
  const near = (p: number) => (racks.racksOf[p] ?? []).reduce((sum, rack) => sum + (membersIn.get(rack) ?? 0), 0);
  const counted = free.map((p) => ({ p, near: near(p) }));
  return counted.sort((a, b) => a.near - b.near).map(({ p }) => p);
}

function give(work: Work, p: number, m: number): number {
  work.owners[p] = m;
  const revokedFrom = work.revokedFrom[p] as number;
  if ((revokedFrom !== NONE && revokedFrom !== m) || work.disputed[p] === 1) work.changingHands[p] = 1;
  work.counts[m] = (work.counts[m] as number) + 1;
  return work.counts[m] as number;
}

/** Place of the next of `members` from `start` on, in a circle, with a rack that holds the partition; -1 for none. */
function nextInRack(racks: Racks, p: number, members: readonly number[], start: number): number {
  const near = racks.racksOf[p] ?? [];
  for (let i = 0; i < members.length; i++) {
    const place = (start + i) % members.length;
    const rack = racks.rackOf[members[place] as number] as number;
    if (rack !== NONE && near.includes(rack)) return place;
  }
  return -1;
}

/** Gives partitions to members in their racks, within the quotas. Returns those that found nobody. */
function dealWithinRacks(free: readonly number[], work: Work, racks: Racks): number[] {
  const rest: number[] = [];
  let next = 0;
  for (const p of free) {
    let place = nextInRack(racks, p, work.short, next);
    if (place >= 0) {
      const m = work.short[place] as number;
      const count = give(work, p, m);
      if (count >= work.min) {
        work.short.splice(place, 1);
        if (count < work.max && work.extras > 0) work.level.push(m);
      } else place++;
      next = work.short.length === 0 ? 0 : place % work.short.length;
      continue;
    }
    place = nextInRack(racks, p, work.level, 0);
    if (place < 0) {
      rest.push(p);
      continue;
    }
    const m = work.level[place] as number;
    if (give(work, p, m) !== work.max) continue;
    work.level.splice(place, 1);
    work.extras--;
    if (work.extras === 0) work.level.length = 0;
  }
  return rest;
}

/** Round after round, each short member gets one; when none is short, each level member gets one more. */
function dealInCircle(free: readonly number[], work: Work): void {
  let next = 0;
  let nextLevel = 0;
  for (const p of free) {
    if (work.short.length === 0) {
      const m = work.level[nextLevel++];
      if (m === undefined) return;
      give(work, p, m);
      continue;
    }
    if (next >= work.short.length) next = 0;
    const m = work.short[next] as number;
    if (give(work, p, m) === work.min) {
      work.short.splice(next, 1);
      work.level.push(m);
    } else next++;
  }
}
