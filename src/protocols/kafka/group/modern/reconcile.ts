import { assert } from '../../../../base/index.ts';
import { NO_PARTITIONS, partitionName, type TopicPartition } from '../../assign/index.ts';
import { intersection, type Partitions, union, without } from '../partitions.ts';
import { isReconciledTo, type ModernMember } from './state.ts';

/*
 * One member's way from what it has to its target (KIP-848): give up first, then move to the target's epoch, then take what
 * nobody holds any more. No other member is waited for in this, only partitions are.
 */

export interface Target {
  readonly epoch: number;
  readonly partitions: Partitions;
}

/**
 * The member after its heartbeat.
 * @param owned What the member says it holds; undefined: it did not say.
 * @param held The partitions that some member holds or has not given up.
 */
export function reconcile(member: ModernMember, target: Target, owned: Partitions | undefined, held: ReadonlySet<string>): ModernMember {
  // Since 4.3 a target may be older than the subscription: what the member does not want it has to give up all the same.
  const isWanted = (at: TopicPartition): boolean => member.subscribedTopics.includes(at.topic);
  if (isReconciledTo(member, target.epoch) && member.assigned.every(isWanted)) return member;
  return towards(member, { epoch: target.epoch, partitions: target.partitions.filter(isWanted) }, owned, held);
}

function towards(member: ModernMember, target: Target, owned: Partitions | undefined, held: ReadonlySet<string>): ModernMember {
  switch (member.state) {
    case 'STABLE':
      return nextAssignment(member, member.memberEpoch, target, owned, held);
    case 'UNREVOKED_PARTITIONS':
      if (holdsAny(owned, member.pendingRevocation)) return member;
      return nextAssignment(member, Math.min(member.memberEpoch + 1, target.epoch), target, owned, held);
    case 'UNRELEASED_PARTITIONS':
      return nextAssignment(member, member.memberEpoch, target, owned, held);
  }
}

/** Until the member says otherwise, it holds all. */
function holdsAny(owned: Partitions | undefined, partitions: Partitions): boolean {
  return owned === undefined || intersection(partitions, owned).length > 0;
}

function nextAssignment(
  member: ModernMember,
  memberEpoch: number,
  target: Target,
  owned: Partitions | undefined,
  held: ReadonlySet<string>,
): ModernMember {
  const kept = intersection(member.assigned, target.partitions);
  const revoked = without(member.assigned, kept);
  const missing = without(target.partitions, kept);
  const free = missing.filter((at) => !held.has(partitionName(at)));
  const previousMemberEpoch = member.memberEpoch;
  if (revoked.length > 0 && holdsAny(owned, revoked)) {
    return { ...member, state: 'UNREVOKED_PARTITIONS', memberEpoch, previousMemberEpoch, assigned: kept, pendingRevocation: revoked };
  }
  return {
    ...member,
    state: free.length < missing.length ? 'UNRELEASED_PARTITIONS' : 'STABLE',
    memberEpoch: target.epoch,
    previousMemberEpoch,
    assigned: union(kept, free),
    pendingRevocation: NO_PARTITIONS,
  };
}

/** A member of a share group has its target at once: partitions are shared, none is waited for. */
export function reconcileShare(member: ModernMember, target: Target): ModernMember {
  assert(member.state === 'STABLE', 'a share member has nothing to give up first');
  if (member.memberEpoch === target.epoch) return member;
  return { ...member, memberEpoch: target.epoch, previousMemberEpoch: member.memberEpoch, assigned: target.partitions };
}
