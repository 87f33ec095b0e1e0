import { assignEpoch, type LogState, setHighWatermark } from '../log/index.ts';
import { type FollowerProgress, followerFetched, isCaughtUp, newLeadersView, sameLeadersView } from './progress.ts';

/*
 * What the leader of a partition knows of its replicas (Partition.scala, Replica.scala): who is in sync, how far each follower has come,
 * and how far all of them have: the high watermark. Changes of the ISR are proposals to the controller until it has agreed.
 */

/** A change of the ISR that the controller has not answered yet (AlterPartition). */
export type PendingIsr =
  | { readonly type: 'expand'; readonly replica: number }
  | { readonly type: 'shrink'; readonly replicas: readonly number[] };

export interface LeaderState {
  readonly brokerId: number;
  leaderEpoch: number;
  /** The log's end when this epoch began: a follower must have come this far to be in sync. */
  epochStartOffset: number;
  partitionEpoch: number;
  replicas: readonly number[];
  /** As the controller has it. */
  isr: readonly number[];
  pending: PendingIsr | undefined;
  /** By broker id, in the order of `replicas`. */
  followers: Map<number, FollowerProgress>;
}

/** What the controller says of a partition. */
export interface PartitionRegistration {
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

/** How a leader judges. Times in the caller's unit. */
export interface ReplicationRules {
  readonly now: number;
  readonly replicaLagTimeMax: number;
  readonly minInsyncReplicas: number;
  /** Since 3.7 (KIP-966) the high watermark stands still while the ISR is smaller than `min.insync.replicas`. */
  readonly holdsUnderMinIsr: boolean;
  /** True if the controller would take the replica into the ISR: alive, not fenced, not shutting down, the same incarnation as it fetched with. */
  mayJoinIsr(replica: number, brokerEpoch: number): boolean;
}

/** What the leader asks the controller for. */
export interface IsrProposal {
  readonly isr: readonly number[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

export function copyLeader(leader: LeaderState): LeaderState {
  const { brokerId, leaderEpoch, epochStartOffset, partitionEpoch, replicas, isr, pending, followers } = leader;
  return { brokerId, leaderEpoch, epochStartOffset, partitionEpoch, replicas, isr, pending, followers: new Map(followers) };
}

/**
 * The controller has made this replica the leader, or told the leader of a change. With a new epoch the followers' times begin anew;
 * undefined comes back when the news is older than what is known.
 */
export function becomeLeader(
  previous: LeaderState | undefined,
  brokerId: number,
  log: LogState,
  news: PartitionRegistration,
  rules: ReplicationRules,
): LeaderState | undefined {
  if (previous && news.partitionEpoch < previous.partitionEpoch) return undefined;
  const isNewEpoch = !previous || news.leaderEpoch > previous.leaderEpoch;
  const { leaderEpoch, partitionEpoch, replicas, isr } = news;
  const epochStartOffset = isNewEpoch ? log.logEndOffset : previous.epochStartOffset;
  const followers = new Map<number, FollowerProgress>();
  for (const id of replicas) {
    if (id === brokerId) continue;
    const known = previous?.followers.get(id);
    const isInSync = isr.includes(id);
    if (known && isNewEpoch) followers.set(id, sameLeadersView(known, log.logEndOffset, isInSync, rules.now));
    else followers.set(id, known ?? newLeadersView(isNewEpoch && isInSync, rules.now));
  }
  const leader = { brokerId, leaderEpoch, epochStartOffset, partitionEpoch, replicas, isr, pending: undefined, followers };
  if (isNewEpoch) log.epochs = assignEpoch(log.epochs, leaderEpoch, epochStartOffset);
  advanceHighWatermark(leader, log, rules);
  return leader;
}

/** `min.insync.replicas`, but never more than there are replicas. */
export function effectiveMinIsr(leader: LeaderState, minInsyncReplicas: number): number {
  return Math.min(minInsyncReplicas, leader.followers.size + 1);
}

export function isUnderMinIsr(leader: LeaderState, minInsyncReplicas: number): boolean {
  return leader.isr.length < effectiveMinIsr(leader, minInsyncReplicas);
}

/** The ISR with the one that is about to join: being stricter is always safe, being laxer before the controller agrees is not. */
export function maximalIsr(leader: LeaderState): readonly number[] {
  return leader.pending?.type === 'expand' ? [...leader.isr, leader.pending.replica] : leader.isr;
}

/**
 * The high watermark rises to the smallest log end of the ISR, and of those who have caught up and may join it: otherwise a
 * follower could run after it for ever. True: it rose.
 */
export function advanceHighWatermark(leader: LeaderState, log: LogState, rules: ReplicationRules): boolean {
  if (rules.holdsUnderMinIsr && isUnderMinIsr(leader, rules.minInsyncReplicas)) return false;
  const counted = maximalIsr(leader);
  let least = log.logEndOffset;
  for (const [id, follower] of leader.followers) {
    const counts = counted.includes(id) || (isCaughtUp(follower, log.logEndOffset, rules) && rules.mayJoinIsr(id, follower.brokerEpoch));
    if (counts) least = Math.min(least, follower.logEndOffset);
  }
  return least > log.highWatermark && setHighWatermark(log, least);
}

export interface FollowerFetch {
  readonly replica: number;
  readonly brokerEpoch: number;
  readonly offset: number;
  readonly logStartOffset: number;
}

export interface FetchNoted {
  readonly highWatermarkRose: boolean;
  /** The follower is in sync again: ask the controller. */
  readonly proposal: IsrProposal | undefined;
}

/** A follower fetches at an offset: so far it has come. Undefined: the broker is no replica of this partition. */
export function noteFollowerFetch(
  leader: LeaderState,
  log: LogState,
  fetch: FollowerFetch,
  rules: ReplicationRules,
): FetchNoted | undefined {
  const before = leader.followers.get(fetch.replica);
  if (!before) return undefined;
  const after = followerFetched(before, fetch, log.logEndOffset, rules.now);
  leader.followers.set(fetch.replica, after);
  const joins = !leader.pending && !leader.isr.includes(fetch.replica) && isInSync(leader, log, after);
  let proposal: IsrProposal | undefined;
  if (joins && rules.mayJoinIsr(fetch.replica, after.brokerEpoch)) {
    leader.pending = { type: 'expand', replica: fetch.replica };
    proposal = proposed(leader);
  }
  const highWatermarkRose = before.logEndOffset !== after.logEndOffset && advanceHighWatermark(leader, log, rules);
  return { highWatermarkRose, proposal };
}

/** It has all that is committed, and something (or all there was) of the present epoch. */
function isInSync(leader: LeaderState, log: LogState, follower: FollowerProgress): boolean {
  return follower.logEndOffset >= log.highWatermark && follower.logEndOffset >= leader.epochStartOffset;
}

/** The proposal that has not been answered, to be made again. */
export function pendingProposal(leader: LeaderState): IsrProposal | undefined {
  return leader.pending && proposed(leader);
}

function proposed(leader: LeaderState): IsrProposal {
  const { pending, leaderEpoch, partitionEpoch } = leader;
  const isr = pending?.type === 'shrink' ? leader.isr.filter((id) => !pending.replicas.includes(id)) : maximalIsr(leader);
  return { isr, leaderEpoch, partitionEpoch };
}

/** Followers of the ISR that have not been level with the leader for `replica.lag.time.max.ms`. None while a change is under way. */
export function outOfSync(leader: LeaderState, log: LogState, rules: ReplicationRules): readonly number[] {
  if (leader.pending) return [];
  return leader.isr.filter((id) => {
    if (id === leader.brokerId) return false;
    const follower = leader.followers.get(id);
    return !follower || !isCaughtUp(follower, log.logEndOffset, rules);
  });
}

/** Runs every half `replica.lag.time.max.ms`: proposes an ISR without the stragglers, if there are any. */
export function checkIsr(leader: LeaderState, log: LogState, rules: ReplicationRules): IsrProposal | undefined {
  const replicas = outOfSync(leader, log, rules);
  if (replicas.length === 0) return undefined;
  leader.pending = { type: 'shrink', replicas };
  return proposed(leader);
}

/** The controller has agreed to a proposal. True: the high watermark rose, as a smaller ISR may let it. */
export function isrChanged(leader: LeaderState, log: LogState, agreed: IsrProposal, rules: ReplicationRules): boolean {
  if (agreed.leaderEpoch !== leader.leaderEpoch || agreed.partitionEpoch < leader.partitionEpoch) return false;
  leader.isr = agreed.isr;
  leader.partitionEpoch = agreed.partitionEpoch;
  leader.pending = undefined;
  return advanceHighWatermark(leader, log, rules);
}

/** The controller has refused. What to do: go on from the committed ISR, wait for news from it, or ask again. */
export function isrRefused(leader: LeaderState, error: string): 'reset' | 'wait' | 'retry' {
  switch (error) {
    case 'OPERATION_NOT_ATTEMPTED':
    case 'INELIGIBLE_REPLICA':
      leader.pending = undefined;
      return 'reset';
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'UNKNOWN_TOPIC_ID':
    case 'FENCED_LEADER_EPOCH':
    case 'INVALID_UPDATE_VERSION':
    case 'INVALID_REQUEST':
    case 'NEW_LEADER_ELECTED':
      return 'wait';
    default:
      return 'retry';
  }
}

/** The smallest log start of all live replicas: when it has passed the offset of a DeleteRecords, that is done everywhere. */
export function lowWatermark(leader: LeaderState, log: LogState, isAlive: (replica: number) => boolean): number {
  let low = log.logStartOffset;
  for (const [id, follower] of leader.followers) if (isAlive(id)) low = Math.min(low, follower.logStartOffset);
  return low;
}
