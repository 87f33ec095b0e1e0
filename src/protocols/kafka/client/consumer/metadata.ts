import type { Context } from '../../../../engine/index.ts';
import type { TopicPartition } from '../../assign/index.ts';
import type { FindCoordinatorResponse, MetadataResponse, PartitionMetadata } from '../../frames.ts';
import { askAny, isReachable, pendingRequest } from './connection.ts';
import { tellStep } from './facts.ts';
import { backoff, groupOf, METADATA_AGE_MAX } from './settings.ts';
import type { Life } from './state.ts';

/** Asks for the cluster's metadata when it is wanted or old. */
export function refreshMetadata(state: Life, x: Context): void {
  const isOld = state.metadata !== undefined && x.now - state.metadataAt >= METADATA_AGE_MAX;
  if (!(state.isMetadataWanted || isOld) || x.now < state.metadataRetryAt || pendingRequest(state, 'Metadata')) return;
  state.metadataTries++;
  state.metadataRetryAt = x.now + backoff(state.metadataTries);
  askAny(state, { verb: 'Metadata', correlation: state.nextCorrelation }, x);
}

export function hearMetadata(state: Life, response: MetadataResponse, x: Context): void {
  if (response.error !== '') return;
  state.metadata = response;
  state.metadataAt = x.now;
  state.isMetadataWanted = !state.topics.every((topic) => topic in response.topics);
  for (const of of state.partitions.values()) of.isAstray = false;
  const isSettled = [...state.partitions.values()].every((of) => isReachable(state, leaderOf(state, of)?.leader ?? -1, x));
  if (isSettled && !state.isMetadataWanted) state.metadataTries = 0;
}

/** What is known of a partition; undefined = nothing. */
export function leaderOf({ metadata }: Life, { topic, partition }: TopicPartition): PartitionMetadata | undefined {
  return metadata?.topics[topic]?.[partition];
}

/** Leader of a partition if it can be asked, else -1, and newer metadata is wanted. */
export function reachableLeader(state: Life, which: TopicPartition, x: Context): number {
  const node = leaderOf(state, which)?.leader ?? -1;
  if (node >= 0 && isReachable(state, node, x)) return node;
  state.isMetadataWanted = true;
  return -1;
}

/** Number of partitions of each topic, as far as topics exist. */
export function partitionCounts(state: Life, topics: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    topics.flatMap((topic): [string, number][] => {
      const known = state.metadata?.topics[topic];
      return known ? [[topic, known.length]] : [];
    }),
  );
}

/** True when the group's coordinator can be asked; else it is looked for. */
export function findCoordinator(state: Life, x: Context): boolean {
  const group = groupOf(x);
  if (!group) return false;
  if (state.coordinator >= 0 && isReachable(state, state.coordinator, x)) return true;
  if (x.now < state.coordinatorRetryAt || pendingRequest(state, 'FindCoordinator')) return false;
  state.coordinatorTries++;
  state.coordinatorRetryAt = x.now + backoff(state.coordinatorTries);
  if (
    askAny(state, { verb: 'FindCoordinator', correlation: state.nextCorrelation, keyType: 'group', key: group.id }, x) !== 0 &&
    state.coordinatorTries === 1
  )
    tellStep('FindCoordinator', '', {}, x);
  return false;
}

export function hearCoordinator(state: Life, { error, node }: FindCoordinatorResponse, x: Context): void {
  if (error !== '') {
    // Whom it asked may know less than others.
    state.turn++;
    return;
  }
  state.coordinator = node;
  // A new one gets the whole session's time to answer.
  if (state.member?.kind === 'classic') state.member.heardAt = x.now;
  if (isReachable(state, node, x)) state.coordinatorTries = 0;
}

/** It is not the coordinator (any more), or does not answer. */
export function forgetCoordinator(state: Life): void {
  state.coordinator = -1;
}

export function isCoordinatorGone(error: string): boolean {
  return error === 'NOT_COORDINATOR' || error === 'COORDINATOR_NOT_AVAILABLE';
}
