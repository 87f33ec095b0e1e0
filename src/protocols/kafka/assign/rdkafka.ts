import { groupAssignment, type Layout, NONE, type Order, type Owners, partitionNumber } from './layout.ts';
import { comparePartitions, type TopicPartition } from './partitions.ts';
import type { GroupAssignment } from './types.ts';

/**
 * Members in the order in which librdkafka sorts them. Two static members compare by `group.instance.id`, all other
 * pairs by member id, which is no order at all when both kinds meet: then the steps of its merge sort decide.
 */
export function rdkafkaOrder(layout: Layout): Order {
  const compare = (a: number, b: number): number => {
    const x = layout.members[a]?.groupInstanceId;
    const y = layout.members[b]?.groupInstanceId;
    if (x === undefined || y === undefined || x === y) return x !== undefined && x === y ? 0 : a - b;
    return x < y ? -1 : 1;
  };
  return (members) => mergeSorted(members, compare);
}

/** The C library's qsort: halves, the first one the shorter; of equals the one of the first half. */
function mergeSorted(items: readonly number[], compare: (a: number, b: number) => number): number[] {
  if (items.length <= 1) return [...items];
  const half = items.length >> 1;
  const left = mergeSorted(items.slice(0, half), compare);
  const right = mergeSorted(items.slice(half), compare);
  const merged: number[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length)
    merged.push(compare(left[l] as number, right[r] as number) <= 0 ? (left[l++] as number) : (right[r++] as number));
  return merged.concat(left.slice(l), right.slice(r));
}

/**
 * What the leader sends out with librdkafka's cooperative assignor: a partition that another member claims to own goes
 * to nobody until that one has given it up; owned ones that the assignor does not know stay where they are.
 */
export function withheldFromOthers(layout: Layout, owners: Owners): GroupAssignment {
  const claimants = new Int32Array(layout.partitionCount).fill(NONE);
  const unknown = new Map<string, { readonly partition: TopicPartition; readonly memberId: string }>();
  for (const [m, member] of layout.members.entries())
    for (const partition of member.owned) {
      const p = partitionNumber(layout, partition);
      if (p !== NONE) claimants[p] = m;
      else unknown.set(`${partition.partition} ${partition.topic}`, { partition, memberId: member.memberId });
    }
  const sent = owners.map((m, p) => (claimants[p] === NONE || claimants[p] === m ? m : NONE));
  const assignment = groupAssignment(layout, sent);
  if (unknown.size === 0) return assignment;
  const added = new Map<string, TopicPartition[]>([...assignment].map(([memberId, list]) => [memberId, [...list]]));
  for (const { partition, memberId } of unknown.values()) added.get(memberId)?.push(partition);
  for (const list of added.values()) list.sort(comparePartitions);
  return added;
}
