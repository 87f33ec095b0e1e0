import { type BrokerId, NO_LEADER, type PartitionRegistration, preferredLeader, sameIds } from '../image.ts';
import type { PartitionChangeRecord } from '../records.ts';

/**
 * `PREFERRED`: the first replica if it may lead, else whoever keeps the partition online. `ONLINE`: anyone of the ISR.
 * `UNCLEAN`: the same, and if nobody of it is alive any living replica, which loses what it never had.
 */
export type Election = 'PREFERRED' | 'ONLINE' | 'UNCLEAN';

/** What a partition is to become; the builder settles who leads then. */
export interface PartitionTarget {
  readonly topicId: string;
  readonly partitionId: number;
  readonly partition: PartitionRegistration;
  readonly minIsr: number;
  readonly isElrEnabled: boolean;
  /** Metadata versions before 3.6: brokers needed a new leader epoch whenever the ISR shrank (KAFKA-15021). */
  readonly raisesEpochOnIsrShrink: boolean;
  readonly election: Election;
  readonly mayLead: (replica: BrokerId) => boolean;
  readonly isr?: readonly BrokerId[];
  readonly replicas?: readonly BrokerId[];
  readonly removing?: readonly BrokerId[];
  readonly adding?: readonly BrokerId[];
  readonly leaderRecoveryState?: PartitionRegistration['leaderRecoveryState'];
  readonly uncleanShutdown?: BrokerId;
}

type Changes = { -readonly [K in Exclude<keyof PartitionChangeRecord, 'type' | 'topicId' | 'partitionId'>]?: PartitionChangeRecord[K] };

/** The target while it is worked out. */
interface Draft {
  isr: readonly BrokerId[];
  elr: readonly BrokerId[];
  replicas: readonly BrokerId[];
  removing: readonly BrokerId[];
  adding: readonly BrokerId[];
}

/**
 * The record that brings a partition to its target, or undefined when nothing changes. Completes a reassignment whose new
 * replicas are all in sync, elects a leader where needed and keeps the eligible leader replicas. Source: PartitionChangeBuilder.
 */
export function buildPartitionChange(target: PartitionTarget): PartitionChangeRecord | undefined {
  const { partition } = target;
  const draft: Draft = {
    isr: target.isr ?? partition.isr,
    elr: partition.elr,
    replicas: target.replicas ?? partition.replicas,
    removing: target.removing ?? partition.removingReplicas,
    adding: target.adding ?? partition.addingReplicas,
  };
  const changes: Changes = {};
  completeReassignment(draft);
  if (target.isElrEnabled) populateElr(draft, target);
  elect(draft, target, changes);
  if (changes.leader === undefined && !includesAll(draft.replicas, partition.replicas)) changes.leader = partition.leader;
  if (changes.isr !== undefined || !target.isElrEnabled) draft.elr = [];
  if (!sameIds(draft.elr, partition.elr)) changes.eligibleLeaderReplicas = draft.elr;
  const mayChangeIsr = changes.isr === undefined && (draft.isr.length > 0 || target.isElrEnabled);
  if (mayChangeIsr && !sameIds(draft.isr, partition.isr)) changes.isr = draft.isr;
  if (target.raisesEpochOnIsrShrink && changes.leader === undefined && changes.isr && !includesAll(changes.isr, partition.isr))
    changes.leader = partition.leader;
  if (target.isElrEnabled) rememberLastLeader(partition, changes);
  if (draft.replicas.length > 0 && !sameIds(draft.replicas, partition.replicas)) changes.replicas = draft.replicas;
  if (!sameIds(draft.removing, partition.removingReplicas)) changes.removingReplicas = draft.removing;
  if (!sameIds(draft.adding, partition.addingReplicas)) changes.addingReplicas = draft.adding;
  const recovery = target.leaderRecoveryState ?? partition.leaderRecoveryState;
  if (recovery !== partition.leaderRecoveryState) changes.leaderRecoveryState = recovery;
  if (Object.keys(changes).length === 0) return undefined;
  return { type: 'PartitionChangeRecord', topicId: target.topicId, partitionId: target.partitionId, ...changes };
}

function includesAll(ids: readonly BrokerId[], wanted: readonly BrokerId[]): boolean {
  return wanted.every((id) => ids.includes(id));
}

/** A reassignment is through once everyone who stays is in sync: then those who go are dropped from replicas and ISR. */
function completeReassignment(draft: Draft): void {
  if (draft.removing.length === 0 && draft.adding.length === 0) return;
  const stays = (id: BrokerId): boolean => !draft.removing.includes(id);
  const [isr, replicas] = [draft.isr.filter(stays), draft.replicas.filter(stays)];
  if (draft.removing.length > 0 && (isr.length === 0 || replicas.length === 0)) return;
  if (!includesAll(isr, replicas)) return;
  draft.isr = isr;
  draft.replicas = replicas;
  draft.removing = [];
  draft.adding = [];
}

/** Below min.insync.replicas nothing more can be committed: who leaves the ISR then still has everything, and stays eligible. */
function populateElr(draft: Draft, { partition, minIsr, uncleanShutdown }: PartitionTarget): void {
  if (draft.isr.length >= minIsr) {
    draft.elr = [];
    return;
  }
  const candidates = [...new Set([...draft.elr, ...partition.isr])].sort((a, b) => a - b);
  draft.elr = candidates.filter((id) => !draft.isr.includes(id) && id !== uncleanShutdown);
}

function elect(draft: Draft, target: PartitionTarget, changes: Changes): void {
  const { leader, unclean } = electLeader(draft, target);
  if (leader === target.partition.leader) return;
  if (draft.elr.includes(leader)) {
    draft.isr = [leader];
    draft.elr = draft.elr.filter((id) => id !== leader);
  }
  changes.leader = leader;
  if (!unclean) return;
  // Whatever only others had is lost now.
  changes.isr = [leader];
  if (target.partition.leaderRecoveryState !== 'RECOVERING') changes.leaderRecoveryState = 'RECOVERING';
}

function electLeader(draft: Draft, target: PartitionTarget): { readonly leader: BrokerId; readonly unclean: boolean } {
  const { partition, election, mayLead } = target;
  const isValid = (id: BrokerId): boolean => (draft.isr.includes(id) || (draft.isr.length === 0 && draft.elr.includes(id))) && mayLead(id);
  const preferred = preferredLeader({ ...partition, replicas: draft.replicas });
  if (election === 'PREFERRED' && isValid(preferred)) return { leader: preferred, unclean: false };
  // A leader that may stay does stay.
  if (isValid(partition.leader)) return { leader: partition.leader, unclean: false };
  const online = draft.replicas.find(isValid);
  if (online !== undefined) return { leader: online, unclean: false };
  const last = lastKnownLeader(draft, target);
  if (last !== undefined) return { leader: last, unclean: true };
  const any = election === 'UNCLEAN' ? draft.replicas.find(mayLead) : undefined;
  return any === undefined ? { leader: NO_LEADER, unclean: false } : { leader: any, unclean: true };
}

/**
 * With nobody left in ISR and ELR, the one that led last has most. Up to 4.0 Kafka elected it even while it was fenced
 * (KAFKA-19522); here it must be alive, as since 4.1, where ELR is on by default.
 */
function lastKnownLeader(draft: Draft, { partition, isElrEnabled, mayLead }: PartitionTarget): BrokerId | undefined {
  if (!isElrEnabled || draft.elr.length > 0 || draft.isr.length > 0 || partition.lastKnownElr.length !== 1) return undefined;
  const [last] = partition.lastKnownElr;
  return last !== undefined && mayLead(last) ? last : undefined;
}

function rememberLastLeader(partition: PartitionRegistration, changes: Changes): void {
  const { lastKnownElr } = partition;
  const isKnown = lastKnownElr.length === 1 && lastKnownElr[0] === partition.leader;
  if (changes.isr?.length === 0 && !isKnown) changes.lastKnownElr = [partition.leader];
  else if (keepsLeader(partition, changes) && lastKnownElr.length > 0) changes.lastKnownElr = [];
}

function keepsLeader(partition: PartitionRegistration, { leader }: Changes): boolean {
  if (leader !== undefined && leader !== NO_LEADER) return true;
  return partition.leader !== NO_LEADER && leader !== NO_LEADER;
}
