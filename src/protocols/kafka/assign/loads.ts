import { type Layout, NONE, type Owners } from './layout.ts';

/**
 * How many partitions each member holds, and for every set of topics with the same subscribers who of these holds the
 * fewest. The least loaded is looked up for every partition, so it is remembered until a count makes it doubtful.
 */
export interface Loads {
  readonly counts: Int32Array;
  /** Class of each topic: topics of one class have the same subscribers. */
  readonly classOf: Int32Array;
  readonly subscribersOf: readonly (readonly number[])[];
  readonly classesOf: readonly (readonly number[])[];
  /** By class; `NONE` when it must be looked for again. */
  readonly least: Int32Array;
}

export function loadsOf(layout: Layout, owners: Owners): Loads {
  const counts = new Int32Array(layout.members.length);
  for (const m of owners) if (m !== NONE) counts[m] = (counts[m] as number) + 1;
  const classOf = new Int32Array(layout.topics.length);
  let classes = 1;
  // Every member splits each class into the topics that it has and those that it has not.
  for (const topics of layout.topicsOf) {
    const split = new Map<number, number>();
    for (const t of topics) {
      const old = classOf[t] as number;
      const fresh = split.get(old) ?? classes++;
      split.set(old, fresh);
      classOf[t] = fresh;
    }
  }
  const numbers = new Map<number, number>();
  const subscribersOf: (readonly number[])[] = [];
  for (let t = 0; t < classOf.length; t++) {
    let number = numbers.get(classOf[t] as number);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(classOf[t] as number, number);
      subscribersOf.push(layout.subscribersOf[t] as readonly number[]);
    }
    classOf[t] = number;
  }
  const classesOf = layout.topicsOf.map((topics) => [...new Set(topics.map((t) => classOf[t] as number))]);
  return { counts, classOf, subscribersOf, classesOf, least: new Int32Array(subscribersOf.length).fill(NONE) };
}

/** The subscriber of the topic that holds the fewest partitions; of equals the one with the lowest id. */
export function leastLoaded(loads: Loads, topic: number): number {
  const c = loads.classOf[topic] as number;
  let least = loads.least[c] as number;
  if (least !== NONE) return least;
  for (const m of loads.subscribersOf[c] as readonly number[])
    if (least === NONE || (loads.counts[m] as number) < (loads.counts[least] as number)) least = m;
  loads.least[c] = least;
  return least;
}

export function gainPartition(loads: Loads, member: number): void {
  loads.counts[member] = (loads.counts[member] as number) + 1;
  for (const c of loads.classesOf[member] as readonly number[]) if (loads.least[c] === member) loads.least[c] = NONE;
}

export function losePartition(loads: Loads, member: number): void {
  const count = (loads.counts[member] as number) - 1;
  loads.counts[member] = count;
  for (const c of loads.classesOf[member] as readonly number[]) {
    const least = loads.least[c] as number;
    if (least === NONE) continue;
    const fewest = loads.counts[least] as number;
    if (count < fewest || (count === fewest && member < least)) loads.least[c] = member;
  }
}

/** Sum of the differences between the members of every pair: 0 is perfect balance. */
export function balanceScore(loads: Loads, members: readonly number[]): number {
  const counts = Int32Array.from(members, (m) => loads.counts[m] as number).sort();
  let score = 0;
  for (const [i, count] of counts.entries()) score += count * (2 * i - counts.length + 1);
  return score;
}
