import {
  type AssignMember,
  assign,
  type ClientAssignor,
  type ClientLibrary,
  type GroupAssignment,
  NO_PARTITIONS,
  onJoinComplete,
  onJoinPrepare,
  ownedInJoin,
  type RebalanceProtocol,
  rebalanceProtocol,
  type TopicPartition,
} from '../../../protocols/kafka/assign/index.ts';

/** A classic group without a network: members join, are assigned to and hand over by the rules that consumers follow. */
export interface Membership {
  readonly assignor: ClientAssignor;
  readonly client: ClientLibrary;
  readonly protocol: RebalanceProtocol;
  readonly members: Map<string, Member>;
  generation: number;
}

export interface Member {
  topics: readonly string[];
  readonly groupInstanceId: string | undefined;
  /** -1 until it is told its first one. */
  generation: number;
  owned: readonly TopicPartition[];
  /** What its assignor was told last. */
  last: { readonly owned: readonly TopicPartition[]; readonly generation: number };
}

type ByMember = ReadonlyMap<string, readonly TopicPartition[]>;

export interface Rebalance {
  readonly generation: number;
  readonly joined: readonly AssignMember[];
  readonly revokedBeforeJoin: ByMember;
  readonly assignment: GroupAssignment;
  readonly revokedAfterSync: ByMember;
  readonly added: ByMember;
  readonly isFollowed: boolean;
}

export function newMembership(assignor: ClientAssignor, client: ClientLibrary): Membership {
  return { assignor, client, protocol: rebalanceProtocol([assignor], client) ?? 'EAGER', members: new Map(), generation: 0 };
}

export function join(group: Membership, memberId: string, topics: readonly string[], groupInstanceId?: string): void {
  const last = { owned: NO_PARTITIONS, generation: -1 };
  group.members.set(memberId, { topics, groupInstanceId, generation: -1, owned: NO_PARTITIONS, last });
}

/** One round of JoinGroup and SyncGroup of all members. */
export function rebalance(group: Membership, partitionsPerTopic: ReadonlyMap<string, number>): Rebalance {
  const revokedBeforeJoin = new Map<string, readonly TopicPartition[]>();
  const joined: AssignMember[] = [];
  for (const [memberId, member] of group.members) {
    const given = onJoinPrepare(group.protocol, member.owned, new Set(member.topics), member.generation);
    member.owned = given.kept;
    if (given.revoked.length > 0) revokedBeforeJoin.set(memberId, given.revoked);
    const { topics, groupInstanceId } = member;
    joined.push({ memberId, groupInstanceId, topics, ...ownedInJoin(group.assignor, member.owned, member.generation, member.last) });
  }
  group.generation++;
  const assignment = assign(group.assignor, group.client, { partitionsPerTopic, members: joined });
  const revokedAfterSync = new Map<string, readonly TopicPartition[]>();
  const added = new Map<string, readonly TopicPartition[]>();
  let isFollowed = false;
  for (const [memberId, member] of group.members) {
    const assigned = assignment.get(memberId) ?? NO_PARTITIONS;
    const received = onJoinComplete(group.protocol, member.owned, assigned, new Set(member.topics));
    member.generation = group.generation;
    member.owned = received.owned;
    if (received.isValid) member.last = { owned: assigned, generation: group.generation };
    if (received.revoked.length > 0) revokedAfterSync.set(memberId, received.revoked);
    if (received.added.length > 0) added.set(memberId, received.added);
    isFollowed ||= received.mustRejoin;
  }
  return { generation: group.generation, joined, revokedBeforeJoin, assignment, revokedAfterSync, added, isFollowed };
}

/** Rounds until nobody has to rejoin. More than `limit` would be a story without an end. */
export function rebalanceUntilSettled(
  group: Membership,
  partitionsPerTopic: ReadonlyMap<string, number>,
  limit = 20,
): readonly Rebalance[] {
  const rounds: Rebalance[] = [];
  do rounds.push(rebalance(group, partitionsPerTopic));
  while (rounds.at(-1)?.isFollowed && rounds.length < limit);
  return rounds;
}
