import { NO_PARTITIONS, partitionName } from '../../assign/index.ts';
import { javaMapOrder } from '../javaHash.ts';
import { compareText, type Partitions } from '../partitions.ts';
import type { MemberState, ModernProtocol } from '../records.ts';
import { copyTimers, noTimers, type Timers } from '../timers.ts';

/** States of a group of the consumer protocol; a share group is `Stable` as soon as it has members. */
export type ModernState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

/** Times are in the caller's unit. */
export interface ModernConfig {
  /** `group.consumer.session.timeout.ms`, `group.share.session.timeout.ms` */
  readonly sessionTimeout: number;
  /** `group.consumer.heartbeat.interval.ms`, `group.share.heartbeat.interval.ms` */
  readonly heartbeatInterval: number;
  /** `group.consumer.max.size`, `group.share.max.size` */
  readonly maxSize: number;
  /** `group.consumer.assignment.interval.ms` of 4.3: how long a target stays before the next one is computed; 0 before 4.3. */
  readonly assignmentInterval: number;
}

/** Replaced on every change, so that a copy of the group shares it. */
export interface ModernMember {
  readonly memberId: string;
  readonly instanceId?: string;
  readonly rackId?: string;
  readonly clientId: string;
  readonly rebalanceTimeout: number;
  /** Each once, in code-unit order. */
  readonly subscribedTopics: readonly string[];
  readonly serverAssignor?: string;
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: MemberState;
  readonly assigned: Partitions;
  /** Still held by the member, and no longer its own. */
  readonly pendingRevocation: Partitions;
}

export type ModernTimer =
  | { readonly kind: 'session'; readonly memberId: string }
  | { readonly kind: 'rebalance'; readonly memberId: string; readonly memberEpoch: number };

export interface ModernGroup {
  readonly kind: ModernProtocol;
  readonly groupId: string;
  state: ModernState;
  epoch: number;
  /** The group's epoch for which `target` was computed. */
  targetEpoch: number;
  readonly members: Map<string, ModernMember>;
  readonly staticMembers: Map<string, string>;
  readonly target: Map<string, Partitions>;
  /** The subscribed topics that exist, with their number of partitions. */
  subscriptionMetadata: ReadonlyMap<string, number>;
  /** False: the next heartbeat looks at the topics again. */
  isMetadataFresh: boolean;
  /** When `target` was computed; undefined: never. */
  targetAt: number | undefined;
  readonly timers: Timers<ModernTimer>;
}

export function createModernGroup(kind: ModernProtocol, groupId: string): ModernGroup {
  return {
    kind,
    groupId,
    state: 'Empty',
    epoch: 0,
    targetEpoch: 0,
    members: new Map(),
    staticMembers: new Map(),
    target: new Map(),
    subscriptionMetadata: new Map(),
    isMetadataFresh: false,
    targetAt: undefined,
    timers: noTimers(),
  };
}

export function copyModernGroup(group: ModernGroup): ModernGroup {
  return {
    ...group,
    members: new Map(group.members),
    staticMembers: new Map(group.staticMembers),
    target: new Map(group.target),
    timers: copyTimers(group.timers),
  };
}

export function newMember(memberId: string): ModernMember {
  return {
    memberId,
    clientId: '',
    rebalanceTimeout: -1,
    subscribedTopics: [],
    memberEpoch: 0,
    previousMemberEpoch: -1,
    state: 'STABLE',
    assigned: NO_PARTITIONS,
    pendingRevocation: NO_PARTITIONS,
  };
}

export function isReconciledTo(member: ModernMember, targetEpoch: number): boolean {
  return member.state === 'STABLE' && member.memberEpoch === targetEpoch;
}

export function stateOf(group: ModernGroup): ModernState {
  if (group.members.size === 0) return 'Empty';
  if (group.kind === 'share') return 'Stable';
  if (group.epoch > group.targetEpoch) return 'Assigning';
  for (const member of group.members.values()) if (!isReconciledTo(member, group.targetEpoch)) return 'Reconciling';
  return 'Stable';
}

/** The partitions that some member holds, or has not given up yet. */
export function heldPartitions(group: ModernGroup): ReadonlySet<string> {
  const held = new Set<string>();
  for (const member of group.members.values()) {
    for (const at of member.assigned) held.add(partitionName(at));
    for (const at of member.pendingRevocation) held.add(partitionName(at));
  }
  return held;
}

function subscribedTopics(members: Iterable<ModernMember>): readonly string[] {
  const topics = new Set<string>();
  for (const member of members) for (const topic of member.subscribedTopics) topics.add(topic);
  return [...topics].sort(compareText);
}

/** The assignor that most members ask for. */
export function preferredAssignor(members: Iterable<ModernMember>): string | undefined {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of members)
    if (serverAssignor !== undefined) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  let best: string | undefined;
  for (const name of javaMapOrder([...votes.keys()]))
    if (best === undefined || (votes.get(name) ?? 0) > (votes.get(best) ?? 0)) best = name;
  return best;
}

/** The topics that the members want and that exist. */
export function topicsOf(members: Iterable<ModernMember>, existing: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const topic of subscribedTopics(members)) {
    const partitions = existing.get(topic);
    if (partitions !== undefined) known.set(topic, partitions);
  }
  return known;
}

export function sameTopics(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  for (const [topic, partitions] of a) if (b.get(topic) !== partitions) return false;
  return true;
}
