import { type Layout, NONE, type Owners } from './layout.ts';
import { balanceScore, gainPartition, type Loads, leastLoaded, loadsOf, losePartition } from './loads.ts';
import { type Movements, noMovements, noteMovement, partitionToReturn } from './movements.ts';
import type { ClientLibrary } from './types.ts';

/** Rounds over all partitions after which balancing gives up. Real groups need a few; the clients know no limit. */
const ROUNDS_MAX = 1000;

/** The balancing of unequal subscriptions, for the clients' general sticky algorithms. */
export interface Balancing {
  readonly layout: Layout;
  owners: Owners;
  loads: Loads;
  readonly movements: Movements;
  /** By partition: who had it in an earlier generation, or `NONE`. */
  readonly previousOwners: Owners;
  /** Members that have something to gain or to lose. */
  active: readonly number[];
  /** Whether the present state has been found balanced or not; undefined after a move. */
  verdict: boolean | undefined;
  /** A partition that was last seen to be better placed elsewhere. */
  witness: number;
}

export interface BalanceTask {
  /** Free partitions in the order in which they are given out. */
  readonly free: readonly number[];
  /** All partitions in the order in which they are looked at. */
  readonly all: readonly number[];
  /** Somebody must give up a partition whatever comes: then moving only new ones is not even tried. */
  readonly isRevocationRequired: boolean;
  /** Preferred takers (same rack) of a free partition; others are asked only after them. */
  readonly prefers?: ((member: number, partition: number) => boolean) | undefined;
  readonly isBalanced: (balancing: Balancing) => boolean;
}

export function balancingOf(layout: Layout, owners: Owners, previousOwners: Owners, library: ClientLibrary): Balancing {
  const loads = loadsOf(layout, owners);
  const movements = noMovements(layout, library);
  return { layout, owners, loads, movements, previousOwners, active: [], verdict: undefined, witness: NONE };
}

/** Gives out what is free, each to the least loaded, then moves partitions to less loaded members while that helps. */
export function balance(balancing: Balancing, task: BalanceTask): Owners {
  const { layout, loads } = balancing;
  const isInitial = loads.counts.every((count) => count === 0);
  giveOut(balancing, task);
  const isShared = (p: number) => (layout.subscribersOf[layout.topicOf[p] as number] as readonly number[]).length > 1;
  const shared = task.all.filter(isShared);
  balancing.active = activeMembers(layout, loads);
  const ownersBefore = balancing.owners.slice();
  const scoreBefore = balanceScore(loads, balancing.active);
  if (!task.isRevocationRequired) reassign(balancing, task.free.filter(isShared), task.isBalanced);
  const hasMoved = reassign(balancing, shared, task.isBalanced);
  const isInVain = !isInitial && hasMoved && balanceScore(loads, balancing.active) >= scoreBefore;
  return isInVain ? ownersBefore : balancing.owners;
}

function giveOut(balancing: Balancing, task: BalanceTask): void {
  const { layout, loads, owners } = balancing;
  const give = (p: number, m: number) => {
    owners[p] = m;
    gainPartition(loads, m);
  };
  for (const p of task.prefers ? task.free : []) {
    let best = NONE;
    for (const m of layout.subscribersOf[layout.topicOf[p] as number] as readonly number[])
      if ((best === NONE || (loads.counts[m] as number) < (loads.counts[best] as number)) && task.prefers?.(m, p)) best = m;
    if (best !== NONE) give(p, best);
  }
  for (const p of task.free) if (owners[p] === NONE) give(p, leastLoaded(loads, layout.topicOf[p] as number));
}

function activeMembers(layout: Layout, loads: Loads): number[] {
  const active: number[] = [];
  for (const [m, topics] of layout.topicsOf.entries()) {
    let mayHold = 0;
    let isSharing = false;
    for (const t of topics) {
      mayHold += (layout.firstOf[t + 1] as number) - (layout.firstOf[t] as number);
      isSharing ||= (layout.subscribersOf[t] as readonly number[]).length > 1;
    }
    if (isSharing || (loads.counts[m] as number) < mayHold) active.push(m);
  }
  return active;
}

/** Who should rather have the partition: its owner of an earlier generation, or else the least loaded; or nobody. */
function betterOwner(balancing: Balancing, p: number): number {
  const { layout, loads, owners, previousOwners } = balancing;
  const held = loads.counts[owners[p] as number] as number;
  const previous = previousOwners[p] as number;
  if (previous !== NONE && held > (loads.counts[previous] as number) + 1) return previous;
  const least = leastLoaded(loads, layout.topicOf[p] as number);
  return held > (loads.counts[least] as number) + 1 ? least : NONE;
}

function reassign(balancing: Balancing, partitions: readonly number[], isBalanced: (balancing: Balancing) => boolean): boolean {
  let hasMoved = false;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let isModified = false;
    for (const p of partitions) {
      balancing.verdict ??= isBalanced(balancing);
      if (balancing.verdict) break;
      const better = betterOwner(balancing, p);
      if (better === NONE) continue;
      reassignTo(balancing, p, better);
      isModified = true;
    }
    hasMoved ||= isModified;
    if (!isModified) break;
  }
  return hasMoved;
}

function reassignTo(balancing: Balancing, wanted: number, to: number): void {
  const { owners, movements, loads } = balancing;
  const returning = partitionToReturn(movements, wanted, owners[wanted] as number, to);
  let p = returning === NONE ? wanted : returning;
  const from = owners[p] as number;
  const next = noteMovement(movements, p, from, to);
  if (movements.library === 'librdkafka' && returning !== NONE && next !== NONE && owners[next] === from) p = next;
  owners[p] = to;
  losePartition(loads, from);
  gainPartition(loads, to);
  balancing.verdict = undefined;
}
