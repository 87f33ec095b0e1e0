/** One partition of a topic, as plain data. Lists of them are kept in the order of `comparePartitions` throughout. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export const NO_PARTITIONS: readonly TopicPartition[] = Object.freeze([]);

/** By topic name (UTF-16 order, as Java compares strings), then by number. */
export function comparePartitions(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}

/** `orders-3`: how Kafka's own tools write a partition. */
export function partitionName(partition: TopicPartition): string {
  return `${partition.topic}-${partition.partition}`;
}

/** The partition that such a name means, undefined if it is none. A topic's name may itself hold hyphens. */
export function partitionFromName(name: string): TopicPartition | undefined {
  const hyphen = name.lastIndexOf('-');
  const digits = name.slice(hyphen + 1);
  if (hyphen <= 0 || !/^\d{1,9}$/.test(digits)) return undefined;
  return { topic: name.slice(0, hyphen), partition: Number(digits) };
}

/** A sorted copy; the same list when it already is sorted. */
export function sortedPartitions(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
  for (let i = 1; i < partitions.length; i++)
    if (comparePartitions(partitions[i - 1] as TopicPartition, partitions[i] as TopicPartition) > 0)
      return [...partitions].sort(comparePartitions);
  return partitions;
}

/** What of `all` is not in `without`. Both sorted; so is the result. */
export function withoutPartitions(all: readonly TopicPartition[], without: readonly TopicPartition[]): readonly TopicPartition[] {
  if (all.length === 0 || without.length === 0) return all;
  const rest: TopicPartition[] = [];
  let next = 0;
  for (const partition of all) {
    let order = -1;
    while (next < without.length) {
      order = comparePartitions(without[next] as TopicPartition, partition);
      if (order >= 0) break;
      next++;
    }
    if (order !== 0) rest.push(partition);
  }
  return rest;
}
