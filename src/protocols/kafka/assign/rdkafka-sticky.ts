import { type Balancing, balance, balancingOf } from './balance.ts';
import { byRarity } from './general.ts';
import { type Layout, NONE, nobody, type Owners, partitionNumber, partitionsByMember } from './layout.ts';

/**
 * The sticky part of librdkafka 2.0's cooperative-sticky assignor. It has one algorithm for equal and unequal
 * subscriptions, the general one of Java's first sticky assignor, and knows neither racks nor generations.
 */
export function assignRdkafkaSticky(layout: Layout): Owners {
  const owners = nobody(layout);
  let isRevocationRequired = false;
  const isTaken = new Uint8Array(layout.partitionCount);
  for (const [m, member] of layout.members.entries())
    for (const owned of member.owned) {
      const p = partitionNumber(layout, owned);
      if (p === NONE || isTaken[p] === 1) continue;
      // Generations are not sent, so of two that claim a partition the first one is believed.
      isTaken[p] = 1;
      if (layout.topicsOf[m]?.includes(layout.topicOf[p] as number)) owners[p] = m;
      else isRevocationRequired = true;
    }
  const all = hasEqualTopics(layout) ? heaviestFirst(layout, owners) : byRarity(layout);
  const free = all.filter((p) => owners[p] === NONE);
  return balance(balancingOf(layout, owners, nobody(layout), 'librdkafka'), { free, all, isRevocationRequired, isBalanced });
}

/** Topics that do not exist make no difference here. */
function hasEqualTopics(layout: Layout): boolean {
  return layout.subscribersOf.every((subscribers) => subscribers.length === layout.members.length);
}

/**
 * Partitions in the order in which they may have to move: again and again the first one of the member that has most
 * left (of equals the one with the highest id). Those without an owner follow, the last topic's last one first; or in
 * their natural order when none has an owner.
 */
function heaviestFirst(layout: Layout, owners: Owners): number[] {
  const lists = partitionsByMember(layout, owners);
  const order: number[] = [];
  const most = Math.max(0, ...lists.map((list) => list.length));
  for (let left = most; left > 0; left--)
    for (let m = lists.length - 1; m >= 0; m--) {
      const list = lists[m] as number[];
      if (list.length >= left) order.push(list[list.length - left] as number);
    }
  const free: number[] = [];
  for (let p = layout.partitionCount - 1; p >= 0; p--) if (owners[p] === NONE) free.push(p);
  return order.length === 0 ? free.reverse() : [...order, ...free];
}

/**
 * librdkafka calls it unbalanced when any member could take a partition of one that holds more, even one more; the
 * fewest and the most differing by no more than one settles it before. Its loop over the members uses the counter of
 * its inner loop over their partitions, so after a member that can take nothing it goes on at the place that is that
 * member's number of possible partitions, plus one. Where that would run for ever we call it balanced.
 */
function isBalanced({ layout, owners, loads, active }: Balancing): boolean {
  if (active.length === 0) return true;
  const count = (m: number) => loads.counts[m] as number;
  let fewest = active[0] as number;
  let most = 0;
  for (const m of active) {
    if (count(m) < count(fewest)) fewest = m;
    most = Math.max(most, count(m));
  }
  if (count(fewest) >= most - 1) return true;
  const heaviest = new Int32Array(layout.topics.length).fill(NONE);
  const heaviestOwner = (t: number): number => {
    if (heaviest[t] === NONE)
      for (let p = layout.firstOf[t] as number; p < (layout.firstOf[t + 1] as number); p++)
        heaviest[t] = Math.max(heaviest[t] as number, count(owners[p] as number));
    return heaviest[t] as number;
  };
  const canTake = (m: number) => (layout.topicsOf[m] as readonly number[]).some((t) => heaviestOwner(t) > count(m));
  if (canTake(fewest)) return false;
  const sorted = [...active].sort((a, b) => count(a) - count(b) || a - b);
  const isVisited = new Uint8Array(sorted.length);
  for (let place = 0; place < sorted.length && isVisited[place] === 0; place++) {
    isVisited[place] = 1;
    const m = sorted[place] as number;
    const possible = possiblePartitions(layout, m);
    if (count(m) === possible) continue;
    if (canTake(m)) return false;
    place = possible;
  }
  return true;
}

function possiblePartitions(layout: Layout, m: number): number {
  return (layout.topicsOf[m] as readonly number[]).reduce(
    (sum, t) => sum + (layout.firstOf[t + 1] as number) - (layout.firstOf[t] as number),
    0,
  );
}
