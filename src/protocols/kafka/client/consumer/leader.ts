import { type AssignMember, assign, type ClientAssignor, type ClientLibrary } from '../../assign/index.ts';
import type { JoinGroupResponse, MetadataResponse } from '../../frames.ts';
import { leaderOf, partitionCounts } from './metadata.ts';
import { namesOf, partitionsOf } from './partitions.ts';
import type { Classic, Life } from './state.ts';

/** The group's leader deals out the partitions; the coordinator only passes on what it says. */
export function assignmentsBy(
  state: Life,
  response: JoinGroupResponse,
  library: ClientLibrary,
): { readonly [memberId: string]: readonly string[] } {
  const members = response.members.map(({ memberId, instanceId, metadata }): AssignMember => {
    const { topics, owned, generation, subscriptionGeneration, rack } = metadata;
    return {
      ...{ memberId, topics, owned: partitionsOf(owned), generation, subscriptionGeneration },
      ...(instanceId === '' ? {} : { groupInstanceId: instanceId }),
      ...(rack === '' ? {} : { rackId: rack }),
    };
  });
  const topics = topicsOfGroup(response);
  const partitionsPerTopic = partitionCounts(state, topics);
  const maxGenerationSeen = (state.member as Classic).last.generation;
  const partitionRacks = racksOf(state, partitionsPerTopic);
  const assignment = assign(response.protocol as ClientAssignor, library, {
    partitionsPerTopic,
    members,
    partitionRacks,
    maxGenerationSeen,
  });
  return Object.fromEntries([...assignment].map(([memberId, partitions]) => [memberId, namesOf(partitions)]));
}

/** What any of the members reads. */
export function topicsOfGroup({ members }: JoinGroupResponse): readonly string[] {
  return [...new Set(members.flatMap(({ metadata }) => metadata.topics))].sort();
}

function racksOf(state: Life, counts: ReadonlyMap<string, number>): ReadonlyMap<string, readonly (readonly string[])[]> | undefined {
  const racks = state.metadata?.racks ?? {};
  if (Object.keys(racks).length === 0) return undefined;
  const racksAt = (topic: string, p: number) =>
    (leaderOf(state, { topic, partition: p })?.replicas ?? []).flatMap((node) => racks[node] ?? []);
  return new Map([...counts].map(([topic, count]) => [topic, Array.from({ length: count }, (_, p) => racksAt(topic, p))]));
}

/** Partitions of these topics as text: when it is not what the leader has assigned by, it calls for a rebalance. */
export function countsOf(state: Life, topics: readonly string[]): string {
  const { metadata } = state;
  const known = metadata && counted.get(metadata);
  if (known?.topics === topics) return known.text;
  const text = [...partitionCounts(state, topics)].map(([topic, count]) => `${topic}:${count}`).join();
  if (metadata) counted.set(metadata, { topics, text });
  return text;
}

/** Every poll of a leader asks again, of the same metadata. */
const counted = new WeakMap<MetadataResponse, { readonly topics: readonly string[]; readonly text: string }>();
