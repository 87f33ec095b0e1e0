import { partitionName, sortedPartitions, type TopicPartition } from '../assign/index.ts';

/** Each partition once, by topic and number. */
export type Partitions = readonly TopicPartition[];

/** Code-unit order, which is Java's order of strings. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function namesOf(partitions: Partitions): Set<string> {
  return new Set(partitions.map(partitionName));
}

export function intersection(a: Partitions, b: Partitions): Partitions {
  const names = namesOf(b);
  return a.filter((at) => names.has(partitionName(at)));
}

/** `b` may be in any order, as a client has sent it. */
export function without(a: Partitions, b: Partitions): Partitions {
  const names = namesOf(b);
  return a.filter((at) => !names.has(partitionName(at)));
}

export function union(a: Partitions, b: Partitions): Partitions {
  return sortedPartitions([...a, ...without(b, a)]);
}

export function samePartitions(a: Partitions, b: Partitions): boolean {
  return a.length === b.length && without(a, b).length === 0;
}
