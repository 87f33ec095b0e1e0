import { partitionName, sortedPartitions, type TopicPartition } from '../../assign/index.ts';
import type { TargetAssignor } from '../modern/heartbeat.ts';
import type { Partitions } from '../partitions.ts';

/**
 * The share groups' `simple` assignor as it is since 4.1: members have equal parts (one partition more or less), each
 * partition has at most as many members as that takes, and what a member has it keeps if it can. Members that subscribe to
 * different topics are treated by topic in the same way.
 */
export const simpleShareAssignor: TargetAssignor = ({ members, partitionsPerTopic }) => {
  const holders = new Map<string, Set<string>>();
  const result = new Map<string, TopicPartition[]>(members.map((member) => [member.memberId, []]));
  for (const group of bySubscription(members, partitionsPerTopic)) share(group.members, group.partitions, result, holders);
  return new Map([...result].map(([memberId, partitions]): [string, Partitions] => [memberId, sortedPartitions(partitions)]));
};

type Members = Parameters<TargetAssignor>[0]['members'];
interface Circle {
  readonly members: Members;
  readonly partitions: Partitions;
}

/** One circle when all subscribe to the same topics; otherwise one a topic. */
function bySubscription(members: Members, partitionsPerTopic: ReadonlyMap<string, number>): readonly Circle[] {
  const partitionsOf = (topics: readonly string[]): Partitions =>
    topics.flatMap((topic) => Array.from({ length: partitionsPerTopic.get(topic) ?? 0 }, (_, partition) => ({ topic, partition })));
  const first = members[0];
  if (!first) return [];
  const isEqual = members.every((member) => member.topics.join() === first.topics.join());
  if (isEqual) return [{ members, partitions: partitionsOf(first.topics) }];
  const topics = [...new Set(members.flatMap((member) => member.topics))].sort();
  return topics.map((topic) => ({ members: members.filter((at) => at.topics.includes(topic)), partitions: partitionsOf([topic]) }));
}

function share(members: Members, partitions: Partitions, result: Map<string, TopicPartition[]>, holders: Map<string, Set<string>>): void {
  if (members.length === 0 || partitions.length === 0) return;
  const perPartition = Math.ceil(members.length / partitions.length);
  const slots = perPartition * partitions.length;
  // Whole parts whose sum is the number of slots.
  const quota = new Map(
    members.map((at, i) => [at.memberId, Math.ceil((slots * (i + 1)) / members.length) - Math.ceil((slots * i) / members.length)]),
  );
  const given = new Map<string, number>();
  const has = (key: string): Set<string> => {
    const set = holders.get(key) ?? new Set();
    holders.set(key, set);
    return set;
  };
  const give = (memberId: string, at: TopicPartition): void => {
    has(partitionName(at)).add(memberId);
    result.get(memberId)?.push(at);
    given.set(memberId, (given.get(memberId) ?? 0) + 1);
  };
  const hasRoom = (memberId: string): boolean => (given.get(memberId) ?? 0) < (quota.get(memberId) ?? 0);
  const wanted = new Set(partitions.map(partitionName));
  for (const { memberId, owned } of members)
    for (const at of owned)
      if (wanted.has(partitionName(at)) && hasRoom(memberId) && has(partitionName(at)).size < perPartition) give(memberId, at);
  for (let round = 1; round <= perPartition; round++)
    for (const at of partitions) {
      if (has(partitionName(at)).size >= round) continue;
      const taker = members.find(({ memberId }) => hasRoom(memberId) && !has(partitionName(at)).has(memberId));
      if (taker) give(taker.memberId, at);
    }
}
