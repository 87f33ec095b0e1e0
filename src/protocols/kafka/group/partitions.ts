/** A partition by its topic's name: the simulation has no topic ids. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}
/** Each partition once, by topic and number. */
export type Partitions = readonly TopicPartition[];

export const NO_PARTITIONS: Partitions = [];

export function partitionKey(at: TopicPartition): string {
  return `${at.topic}-${at.partition}`;
}

/** Code-unit order, which is Java's order of strings. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortPartitions(partitions: Partitions): Partitions {
  return [...partitions].sort((a, b) => compareText(a.topic, b.topic) || a.partition - b.partition);
}

export function keysOf(partitions: Partitions): Set<string> {
  return new Set(partitions.map(partitionKey));
}

export function intersection(a: Partitions, b: Partitions): Partitions {
  const keys = keysOf(b);
  return a.filter((at) => keys.has(partitionKey(at)));
}

export function without(a: Partitions, b: Partitions): Partitions {
  const keys = keysOf(b);
  return a.filter((at) => !keys.has(partitionKey(at)));
}

export function union(a: Partitions, b: Partitions): Partitions {
  return sortPartitions([...a, ...without(b, a)]);
}

export function samePartitions(a: Partitions, b: Partitions): boolean {
  return a.length === b.length && without(a, b).length === 0;
}
