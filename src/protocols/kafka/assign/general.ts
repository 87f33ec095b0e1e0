import { type Balancing, balance, balancingOf } from './balance.ts';
import type { Claims } from './claims.ts';
import type { StickyResult } from './constrained.ts';
import { type Layout, NONE, nobody, type Owners } from './layout.ts';
import { leastLoaded } from './loads.ts';
import { type Racks, racksMatch } from './racks.ts';

/**
 * Sticky assignment of Java's clients when members subscribe to different topics: everybody keeps what it may keep, the
 * rest goes to the least loaded subscriber, topics with the fewest subscribers first, then partitions move to lighter
 * members. With racks, what a member can't read in its own rack is taken from it, and given out within racks first.
 */
export function assignGeneral(layout: Layout, claims: Claims, racks: Racks, isRackAware: boolean): StickyResult {
  const owners = claims.owners.slice();
  let isRevocationRequired = false;
  for (let p = 0; p < owners.length; p++) {
    const m = owners[p] as number;
    if (m === NONE) continue;
    const isSubscribed = (layout.topicsOf[m] as readonly number[]).includes(layout.topicOf[p] as number);
    if (isSubscribed && (!isRackAware || racksMatch(racks, m, p))) continue;
    owners[p] = NONE;
    isRevocationRequired = true;
  }
  const all = byRarity(layout);
  const free = all.filter((p) => owners[p] === NONE);
  const balancing = balancingOf(layout, owners, previousOwners(layout, claims), 'java');
  const prefers = isRackAware ? (m: number, p: number) => racksMatch(racks, m, p) : undefined;
  const balanced = balance(balancing, { free, all, isRevocationRequired, prefers, isBalanced });
  return { owners: balanced, changingHands: changingHands(layout, claims, balanced) };
}

/** All partitions, those of the topics with the fewest subscribers first, else by topic and number. */
export function byRarity(layout: Layout): number[] {
  const subscribers = (t: number) => (layout.subscribersOf[t] as readonly number[]).length;
  const topics = layout.topics.map((_, t) => t).sort((a, b) => subscribers(a) - subscribers(b) || a - b);
  return topics.flatMap((t) => {
    const first = layout.firstOf[t] as number;
    return Array.from({ length: (layout.firstOf[t + 1] as number) - first }, (_, i) => first + i);
  });
}

/** Of members that missed the last generation: who had each partition, by the latest of these claims. */
function previousOwners(layout: Layout, claims: Claims): Owners {
  const previous = nobody(layout);
  for (const [m, claimed] of claims.claimed.entries()) {
    const generation = layout.members[m]?.generation ?? -1;
    if (generation >= claims.maxGeneration) continue;
    for (const p of claimed) {
      const other = previous[p] as number;
      if (other === NONE || generation > (layout.members[other]?.generation ?? -1)) previous[p] = m;
    }
  }
  return previous;
}

/** Balanced is what no single move of a partition to another subscriber of its topic would improve. */
function isBalanced(balancing: Balancing): boolean {
  const { owners, loads, layout } = balancing;
  const isMisplaced = (p: number) => {
    const least = leastLoaded(loads, layout.topicOf[p] as number);
    return (loads.counts[owners[p] as number] as number) > (loads.counts[least] as number) + 1;
  };
  if (balancing.witness !== NONE && isMisplaced(balancing.witness)) return false;
  const start = Math.max(0, balancing.witness);
  for (let i = 0; i < layout.partitionCount; i++) {
    const p = (start + i) % layout.partitionCount;
    if (!isMisplaced(p)) continue;
    balancing.witness = p;
    return false;
  }
  return true;
}

/** Assigned to a member that did not claim them, while another member that claimed them does not get them. */
function changingHands(layout: Layout, claims: Claims, owners: Owners): Uint8Array {
  const isTaken = new Uint8Array(layout.partitionCount);
  const isKept = new Uint8Array(layout.partitionCount);
  for (const [m, claimed] of claims.claimed.entries())
    for (const p of claimed)
      if (owners[p] === m) isKept[p] = 1;
      else isTaken[p] = 1;
  return isTaken.map((taken, p) => (taken === 1 && isKept[p] === 0 ? 1 : 0));
}
