import type { TopicPartition } from './partitions.ts';
import type { AssignInput, AssignMember, GroupAssignment } from './types.ts';

/** No member, or no partition. */
export const NONE = -1;

/**
 * A rebalance in small integers, which is what makes a group of thousands assignable in milliseconds: members are
 * numbered in ascending order of their ids, topics in that of their names, partitions through all topics.
 * Java iterates hash maps here; ascending ids are our choice among the orders that it may meet.
 */
export interface Layout {
  readonly members: readonly AssignMember[];
  /** Topics that exist, have partitions and are subscribed to by somebody. */
  readonly topics: readonly string[];
  /** Partitions of topic t are numbered from `firstOf[t]` to below `firstOf[t + 1]`. */
  readonly firstOf: Int32Array;
  /** Topic of each partition. */
  readonly topicOf: Int32Array;
  /** Topics of each member, ascending. */
  readonly topicsOf: readonly (readonly number[])[];
  /** Members that subscribe to each topic, ascending. */
  readonly subscribersOf: readonly (readonly number[])[];
  readonly topicNumbers: ReadonlyMap<string, number>;
  readonly partitionCount: number;
}

/** By partition number: its member's number, or `NONE`. */
export type Owners = Int32Array;

export function layoutOf(input: AssignInput): Layout {
  const members = [...input.members].sort((a, b) => (a.memberId < b.memberId ? -1 : a.memberId > b.memberId ? 1 : 0));
  const subscribed = new Set<string>();
  for (const member of members) for (const topic of member.topics) subscribed.add(topic);
  const topics = [...subscribed].filter((topic) => (input.partitionsPerTopic.get(topic) ?? 0) > 0).sort();
  const topicNumbers = new Map(topics.map((topic, t) => [topic, t]));
  const firstOf = new Int32Array(topics.length + 1);
  for (const [t, topic] of topics.entries()) firstOf[t + 1] = (firstOf[t] as number) + (input.partitionsPerTopic.get(topic) as number);
  const partitionCount = firstOf[topics.length] as number;
  const topicOf = new Int32Array(partitionCount);
  for (let t = 0; t < topics.length; t++) topicOf.fill(t, firstOf[t], firstOf[t + 1]);
  const subscribersOf: number[][] = topics.map(() => []);
  const topicsOf = members.map((member, m) => {
    const own: number[] = [];
    for (const topic of new Set(member.topics)) {
      const t = topicNumbers.get(topic);
      if (t === undefined) continue;
      own.push(t);
      (subscribersOf[t] as number[]).push(m);
    }
    return own.sort((a, b) => a - b);
  });
  return { members, topics, firstOf, topicOf, topicsOf, subscribersOf, topicNumbers, partitionCount };
}

/** Number of a partition; `NONE` if nobody subscribes to its topic or it does not exist. */
export function partitionNumber(layout: Layout, { topic, partition }: TopicPartition): number {
  const t = layout.topicNumbers.get(topic);
  if (t === undefined || partition < 0) return NONE;
  const p = (layout.firstOf[t] as number) + partition;
  return p < (layout.firstOf[t + 1] as number) ? p : NONE;
}

export function nobody(layout: Layout): Owners {
  return new Int32Array(layout.partitionCount).fill(NONE);
}

/** The partitions of each member, in their order. */
export function partitionsByMember(layout: Layout, owners: Owners): number[][] {
  const lists: number[][] = layout.members.map(() => []);
  for (let p = 0; p < owners.length; p++) {
    const m = owners[p] as number;
    if (m !== NONE) (lists[m] as number[]).push(p);
  }
  return lists;
}

export function groupAssignment(layout: Layout, owners: Owners): GroupAssignment {
  const lists: TopicPartition[][] = layout.members.map(() => []);
  for (let t = 0; t < layout.topics.length; t++) {
    const topic = layout.topics[t] as string;
    const first = layout.firstOf[t] as number;
    for (let p = first; p < (layout.firstOf[t + 1] as number); p++) {
      const m = owners[p] as number;
      if (m !== NONE) (lists[m] as TopicPartition[]).push({ topic, partition: p - first });
    }
  }
  return new Map(layout.members.map((member, m) => [member.memberId, lists[m] as TopicPartition[]]));
}

/** Puts members in the order in which an assignor deals to them. */
export type Order = (members: readonly number[]) => readonly number[];

/**
 * Java's range and round robin deal to static members first, by `group.instance.id`, whatever member ids they got in
 * this life; then to the others by member id.
 */
export function staticFirst(layout: Layout): Order {
  const instance = (m: number) => layout.members[m]?.groupInstanceId;
  const all = layout.members.map((_, m) => m);
  all.sort((a, b) => {
    const x = instance(a);
    const y = instance(b);
    if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : a - b;
    if (x !== undefined) return -1;
    return y !== undefined ? 1 : a - b;
  });
  const rank = new Int32Array(all.length);
  for (const [place, m] of all.entries()) rank[m] = place;
  return (members) => [...members].sort((a, b) => (rank[a] as number) - (rank[b] as number));
}
