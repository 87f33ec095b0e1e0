import { type Layout, NONE, type Owners } from './layout.ts';

/** Rounds over all topics after which the broker leaves the assignment as it is. */
const ROUNDS_MAX = 16;

/** Members of one topic between the least and the most loaded; both ranges close in on each other. */
interface Scale {
  readonly counts: Int32Array;
  /** The topic's members by the number of their partitions, then by id. */
  readonly members: number[];
  /** The least loaded are those below `lowEnd`, with `lowCount` partitions each before the running round. */
  lowEnd: number;
  lowCount: number;
  nextLow: number;
  /** The most loaded are those from `highStart` to below `highEnd`; members that can give nothing are beyond. */
  highStart: number;
  highEnd: number;
  highCount: number;
  nextHigh: number;
}

/**
 * Uniform, members subscribed to different topics: everybody keeps what it still subscribes to; free partitions go to
 * the topic's least loaded members, topics with most partitions a member first; then topic by topic partitions move
 * from the most to the least loaded until they differ by one at most, or nothing moves, or sixteen rounds are over.
 */
export function assignHeterogeneous(layout: Layout, targets: Owners): Owners {
  const owners = targets.slice();
  const counts = new Int32Array(layout.members.length);
  for (let p = 0; p < owners.length; p++) {
    const m = owners[p] as number;
    if (m === NONE) continue;
    if (layout.topicsOf[m]?.includes(layout.topicOf[p] as number)) counts[m] = (counts[m] as number) + 1;
    else owners[p] = NONE;
  }
  const topics = mostPartitionsEachFirst(layout);
  for (const t of topics) giveOut(layout, owners, counts, t);
  balanceTopics(
    layout,
    owners,
    counts,
    topics.filter((t) => (layout.subscribersOf[t] as readonly number[]).length >= 2),
  );
  return owners;
}

function sizeOf(layout: Layout, t: number): number {
  return (layout.firstOf[t + 1] as number) - (layout.firstOf[t] as number);
}

function mostPartitionsEachFirst(layout: Layout): number[] {
  const members = (t: number) => (layout.subscribersOf[t] as readonly number[]).length;
  const each = (t: number) => sizeOf(layout, t) / members(t);
  return layout.topics.map((_, t) => t).sort((a, b) => each(b) - each(a) || members(a) - members(b) || a - b);
}

function giveOut(layout: Layout, owners: Owners, counts: Int32Array, t: number): void {
  let scale: Scale | undefined;
  for (let p = layout.firstOf[t] as number; p < (layout.firstOf[t + 1] as number); p++) {
    if (owners[p] !== NONE) continue;
    scale ??= scaleOf(counts, layout.subscribersOf[t] as readonly number[]);
    const m = takeLow(scale);
    owners[p] = m;
    counts[m] = (counts[m] as number) + 1;
  }
}

function balanceTopics(layout: Layout, owners: Owners, counts: Int32Array, topics: readonly number[]): void {
  let last = NONE;
  for (let round = 0; round < ROUNDS_MAX; round++)
    for (const [place, t] of topics.entries()) {
      // Once around without a move since this topic's last one.
      if (place === last) return;
      if (balanceTopic(layout, owners, counts, t) || last === NONE) last = place;
    }
}

function scaleOf(counts: Int32Array, subscribers: readonly number[]): Scale {
  const count = (m: number | undefined) => counts[m as number] as number;
  const members = [...subscribers].sort((a, b) => count(a) - count(b) || a - b);
  const { length } = members;
  return {
    counts,
    members,
    lowEnd: 0,
    lowCount: count(members[0]) - 1,
    nextLow: 0,
    highStart: length,
    highEnd: length,
    highCount: count(members[length - 1]) + 1,
    nextHigh: length - 1,
  };
}

function countAt(scale: Scale, place: number): number {
  return scale.counts[scale.members[place] as number] as number;
}

/** The member to give the next partition to; after a round of the range its level rises and others may join it. */
function takeLow(scale: Scale): number {
  if (scale.nextLow >= scale.lowEnd) {
    scale.lowCount++;
    while (scale.lowEnd < scale.members.length && countAt(scale, scale.lowEnd) === scale.lowCount) scale.lowEnd++;
    scale.nextLow = 0;
  }
  return scale.members[scale.nextLow++] as number;
}

/** The member to take the next partition from, or `NONE`. */
function takeHigh(scale: Scale): number {
  if (scale.nextHigh < scale.highStart) {
    // When all of the range had nothing to give, the level is that of the next member below.
    if (scale.highEnd <= scale.highStart && scale.highStart > 0) scale.highCount = countAt(scale, scale.highStart - 1);
    else scale.highCount--;
    while (scale.highStart > 0 && countAt(scale, scale.highStart - 1) === scale.highCount) scale.highStart--;
    scale.nextHigh = scale.highEnd - 1;
  }
  return scale.nextHigh < 0 ? NONE : (scale.members[scale.nextHigh--] as number);
}

/** The member taken last has nothing to give: it leaves the range. */
function excludeHigh(scale: Scale): void {
  const { members } = scale;
  const member = members[scale.nextHigh + 1] as number;
  members[scale.nextHigh + 1] = members[scale.highEnd - 1] as number;
  members[scale.highEnd - 1] = member;
  scale.highEnd--;
}

function isLevel(scale: Scale): boolean {
  return scale.highCount - scale.lowCount <= 1;
}

/** The next most loaded member that had a partition of this topic when the balancing of it began, and still has. */
function takeGiver(scale: Scale, held: ReadonlyMap<number, readonly number[]>): number {
  while (true) {
    const m = takeHigh(scale);
    if (m === NONE || (held.get(m)?.length ?? 0) > 0) return m;
    excludeHigh(scale);
  }
}

function balanceTopic(layout: Layout, owners: Owners, counts: Int32Array, t: number): boolean {
  const scale = scaleOf(counts, layout.subscribersOf[t] as readonly number[]);
  if (countAt(scale, scale.members.length - 1) - countAt(scale, 0) <= 1) return false;
  const held = new Map<number, number[]>();
  for (let p = layout.firstOf[t] as number; p < (layout.firstOf[t + 1] as number); p++) {
    const list = held.get(owners[p] as number);
    if (list) list.push(p);
    else held.set(owners[p] as number, [p]);
  }
  let hasMoved = false;
  while (!isLevel(scale)) {
    const from = takeGiver(scale, held);
    if (from === NONE) break;
    const p = held.get(from)?.pop() as number;
    const to = takeLow(scale);
    if (isLevel(scale)) break;
    owners[p] = to;
    counts[from] = (counts[from] as number) - 1;
    counts[to] = (counts[to] as number) + 1;
    hasMoved = true;
  }
  return hasMoved;
}
