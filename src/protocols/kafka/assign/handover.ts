import { NO_PARTITIONS, sortedPartitions, type TopicPartition, withoutPartitions } from './partitions.ts';
import type { ClientAssignor, ClientLibrary } from './types.ts';

/** How members pass partitions on: EAGER gives up everything before each rebalance, COOPERATIVE only what must move. */
export type RebalanceProtocol = 'EAGER' | 'COOPERATIVE';

/** What a member gives up: `revoked` it may still commit offsets for, `lost` are another's already. */
export interface GivenUp {
  readonly revoked: readonly TopicPartition[];
  readonly lost: readonly TopicPartition[];
  readonly kept: readonly TopicPartition[];
}

export interface Received {
  /**
   * False when a partition's topic is not in the member's subscription, which must have changed since it joined: the
   * member then ignores the assignment and joins anew.
   */
  readonly isValid: boolean;
  /** What the member has from now on. */
  readonly owned: readonly TopicPartition[];
  readonly revoked: readonly TopicPartition[];
  readonly added: readonly TopicPartition[];
  readonly mustRejoin: boolean;
}

/** What a member says of its partitions when it joins. */
export interface OwnedInJoin {
  readonly owned: readonly TopicPartition[];
  readonly generation: number;
  /** Generation in the Subscription beside it; see `AssignMember`. */
  readonly subscriptionGeneration: number;
}

/**
 * The protocol that a client with these assignors follows: COOPERATIVE only if all of them can. Java's cooperative
 * assignor can be eager, too, so [range, cooperative-sticky] is eager; librdkafka refuses such a list: undefined.
 */
export function rebalanceProtocol(assignors: readonly ClientAssignor[], client: ClientLibrary): RebalanceProtocol | undefined {
  const cooperative = assignors.filter((assignor) => assignor === 'cooperative-sticky').length;
  if (cooperative === assignors.length) return cooperative === 0 ? undefined : 'COOPERATIVE';
  return client === 'librdkafka' && cooperative > 0 ? undefined : 'EAGER';
}

/**
 * Before JoinGroup. A member whose generation was reset (-1: it was put out of the group) has lost everything; else an
 * eager one revokes everything, a cooperative one what it no longer subscribes to.
 */
export function onJoinPrepare(
  protocol: RebalanceProtocol,
  owned: readonly TopicPartition[],
  subscription: ReadonlySet<string>,
  generation: number,
): GivenUp {
  const all = sortedPartitions(owned);
  if (generation < 0) return { revoked: NO_PARTITIONS, lost: all, kept: NO_PARTITIONS };
  if (protocol === 'EAGER') return { revoked: all, lost: NO_PARTITIONS, kept: NO_PARTITIONS };
  const isKept = (partition: TopicPartition) => subscription.has(partition.topic);
  if (all.every(isKept)) return { revoked: NO_PARTITIONS, lost: NO_PARTITIONS, kept: all };
  return { revoked: all.filter((partition) => !isKept(partition)), lost: NO_PARTITIONS, kept: all.filter(isKept) };
}

/** Before LeaveGroup, or before a member drops its subscription: everything goes, under either protocol. */
export function onLeavePrepare(owned: readonly TopicPartition[], generation: number): GivenUp {
  return onJoinPrepare('EAGER', owned, new Set(), generation);
}

/**
 * What JoinGroup carries of the member's partitions. `owned` is what it has after `onJoinPrepare`; `last` what its
 * assignor was given last and when, which the eager sticky assignor reports, whatever was given up or lost since.
 */
export function ownedInJoin(
  assignor: ClientAssignor,
  owned: readonly TopicPartition[],
  generation: number,
  last: { readonly owned: readonly TopicPartition[]; readonly generation: number },
): OwnedInJoin {
  if (assignor === 'sticky') return { ...last, subscriptionGeneration: generation };
  if (assignor !== 'cooperative-sticky') return { owned, generation, subscriptionGeneration: generation };
  const known = generation >= 0 ? generation : last.generation;
  return { owned, generation: known, subscriptionGeneration: generation };
}

/** After SyncGroup. A cooperative member that has to give partitions up rejoins, so that others can get them. */
export function onJoinComplete(
  protocol: RebalanceProtocol,
  owned: readonly TopicPartition[],
  assigned: readonly TopicPartition[],
  subscription: ReadonlySet<string>,
): Received {
  const before = sortedPartitions(owned);
  if (assigned.some((partition) => !subscription.has(partition.topic)))
    return { isValid: false, owned: before, revoked: NO_PARTITIONS, added: NO_PARTITIONS, mustRejoin: true };
  const now = sortedPartitions(assigned);
  const added = withoutPartitions(now, before);
  const revoked = protocol === 'COOPERATIVE' ? withoutPartitions(before, now) : NO_PARTITIONS;
  return { isValid: true, owned: now, revoked, added, mustRejoin: revoked.length > 0 };
}
