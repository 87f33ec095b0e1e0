import { assert } from '../../../../base/index.ts';
import { javaMapOrder } from '../javaHash.ts';
import type { LeaveReason, Outcome } from '../outcome.ts';
import type { ClassicGroupValue, GroupMetadataRecord } from '../records.ts';
import { copyTimers, noTimers, type Timers } from '../timers.ts';
import type { JoinedMember, JoinGroupResponse, JoinProtocol, Opaque, RequestToken } from './messages.ts';

export type ClassicState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/** Times are in the caller's unit. */
export interface ClassicConfig {
  /** `group.initial.rebalance.delay.ms` */
  readonly initialRebalanceDelay: number;
  /** Not a setting: how long a new member's parked JoinGroup may wait before the member counts as gone (5 min). */
  readonly newMemberJoinTimeout: number;
  /** `group.max.size` */
  readonly maxSize: number;
  /** `group.min.session.timeout.ms` */
  readonly minSessionTimeout: number;
  /** `group.max.session.timeout.ms` */
  readonly maxSessionTimeout: number;
}

/** Replaced on every change, so that a copy of the group shares it. */
export interface ClassicMember {
  readonly memberId: string;
  readonly instanceId?: string;
  readonly clientId: string;
  readonly rebalanceTimeout: number;
  readonly sessionTimeout: number;
  readonly protocolType: string;
  readonly protocols: readonly JoinProtocol[];
  /** Null: none. */
  readonly assignment: Opaque;
  /** Has not been through a whole join phase yet: the parked JoinGroup does not keep it alive. */
  readonly isNew: boolean;
  readonly awaitingJoin?: RequestToken;
  readonly awaitingSync?: RequestToken;
}

export type ClassicTimer =
  | { readonly kind: 'session'; readonly memberId: string }
  | { readonly kind: 'join' }
  | { readonly kind: 'initial-delay'; readonly delay: number; readonly remaining: number }
  | { readonly kind: 'sync'; readonly generation: number };

export interface ClassicGroup {
  readonly kind: 'classic';
  readonly groupId: string;
  state: ClassicState;
  previousState: ClassicState;
  /** When the state was entered: offsets of an empty group expire by it. */
  since: number;
  protocolType: string | undefined;
  protocolName: string | undefined;
  generation: number;
  leader: string | undefined;
  /** In the order in which they were added. The real coordinator has them in the order of a hash of their random ids. */
  readonly members: Map<string, ClassicMember>;
  readonly staticMembers: Map<string, string>;
  /** Were sent back to come again with the id that they got. */
  readonly pendingJoin: Set<string>;
  /** Have their JoinGroup answer and have not sent SyncGroup. */
  readonly pendingSync: Set<string>;
  /** Undefined: not known (no generation yet, or metadata that the coordinator can't read). */
  subscribedTopics: readonly string[] | undefined;
  newMemberAdded: boolean;
  readonly timers: Timers<ClassicTimer>;
}

export function createClassicGroup(groupId: string, now: number): ClassicGroup {
  return {
    kind: 'classic',
    groupId,
    state: 'Empty',
    previousState: 'Dead',
    since: now,
    protocolType: undefined,
    protocolName: undefined,
    generation: 0,
    leader: undefined,
    members: new Map(),
    staticMembers: new Map(),
    pendingJoin: new Set(),
    pendingSync: new Set(),
    subscribedTopics: undefined,
    newMemberAdded: false,
    timers: noTimers(),
  };
}

export function copyClassicGroup(group: ClassicGroup): ClassicGroup {
  return {
    ...group,
    members: new Map(group.members),
    staticMembers: new Map(group.staticMembers),
    pendingJoin: new Set(group.pendingJoin),
    pendingSync: new Set(group.pendingSync),
    timers: copyTimers(group.timers),
  };
}

const COMES_FROM: { readonly [to in ClassicState]: readonly ClassicState[] } = {
  Empty: ['PreparingRebalance'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Stable', 'PreparingRebalance', 'CompletingRebalance', 'Empty', 'Dead'],
};

export function canRebalance(group: ClassicGroup): boolean {
  return COMES_FROM.PreparingRebalance.includes(group.state);
}

export function enter(group: ClassicGroup, state: ClassicState, now: number, out: Outcome): void {
  assert(COMES_FROM[state].includes(group.state), `a group can't go from ${group.state} to ${state}`);
  out.events.push({ groupId: group.groupId, what: 'state', from: group.state, to: state, epoch: group.generation });
  group.previousState = group.state;
  group.state = state;
  group.since = now;
}

/** What of the member may change: the rest makes it another member. */
export type MemberChange = Partial<
  Pick<ClassicMember, 'rebalanceTimeout' | 'sessionTimeout' | 'protocols' | 'assignment' | 'isNew'> & {
    awaitingJoin: RequestToken | undefined;
    awaitingSync: RequestToken | undefined;
  }
>;

export function changeMember(group: ClassicGroup, memberId: string, change: MemberChange): void {
  const member = group.members.get(memberId);
  assert(member !== undefined, 'only members change');
  // A field that is set to undefined is gone.
  group.members.set(memberId, { ...member, ...change } as ClassicMember);
}

export function addMember(group: ClassicGroup, member: ClassicMember): void {
  if (member.instanceId !== undefined) group.staticMembers.set(member.instanceId, member.memberId);
  if (group.members.size === 0) group.protocolType = member.protocolType;
  group.leader ??= member.memberId;
  group.members.set(member.memberId, member);
  group.pendingJoin.delete(member.memberId);
}

/** Takes a member, or one whose return is awaited, out of the group; requests that it has parked are the caller's business. */
export function removeMember(group: ClassicGroup, memberId: string, reason: LeaveReason, out: Outcome): void {
  const member = group.members.get(memberId);
  group.members.delete(memberId);
  if (member?.instanceId !== undefined) group.staticMembers.delete(member.instanceId);
  if (member) {
    const instance = member.instanceId === undefined ? {} : { instanceId: member.instanceId };
    out.events.push({ groupId: group.groupId, what: 'member-removed', memberId, ...instance, reason });
  }
  if (group.leader === memberId) {
    const next: string | undefined = group.members.keys().next().value;
    group.leader = next;
    if (next !== undefined) out.events.push({ groupId: group.groupId, what: 'leader', memberId: next });
  }
  group.pendingJoin.delete(memberId);
  group.pendingSync.delete(memberId);
}

export function hasAllMembersJoined(group: ClassicGroup): boolean {
  return group.pendingJoin.size === 0 && awaitingJoinCount(group) === group.members.size;
}

export function awaitingJoinCount(group: ClassicGroup): number {
  let count = 0;
  for (const member of group.members.values()) if (member.awaitingJoin !== undefined) count++;
  return count;
}

/** The longest one of the members'. */
export function rebalanceTimeoutOf(group: ClassicGroup): number {
  let timeout = 0;
  for (const member of group.members.values()) timeout = Math.max(timeout, member.rebalanceTimeout);
  return timeout;
}

/** Those members that have not come back into the join phase. */
export function waitingToRejoin(group: ClassicGroup): readonly ClassicMember[] {
  return [...group.members.values()].filter((member) => member.awaitingJoin === undefined);
}

function supporters(group: ClassicGroup, name: string): number {
  let count = 0;
  for (const member of group.members.values()) if (member.protocols.some((protocol) => protocol.name === name)) count++;
  return count;
}

/** Whether somebody with these protocols can be a member: one of them is known to every member. */
export function supportsProtocols(group: ClassicGroup, protocolType: string, protocols: readonly JoinProtocol[]): boolean {
  if (group.state === 'Empty') return protocolType !== '' && protocols.length > 0;
  if (group.protocolType !== protocolType) return false;
  return protocols.some((protocol) => supporters(group, protocol.name) === group.members.size);
}

/** Every member votes for the first of its protocols that all members support; the one with the most votes is chosen. */
export function selectProtocol(group: ClassicGroup): string {
  assert(group.members.size > 0, 'nobody votes in an empty group');
  const votes = new Map<string, number>();
  for (const member of group.members.values()) {
    const vote = member.protocols.find((protocol) => supporters(group, protocol.name) === group.members.size);
    assert(vote !== undefined, 'members share a protocol');
    votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1);
  }
  let best = '';
  for (const name of javaMapOrder([...votes.keys()])) if ((votes.get(name) ?? 0) > (votes.get(best) ?? 0)) best = name;
  return best;
}

function metadataFor(member: ClassicMember, protocolName: string | undefined): Opaque {
  return member.protocols.find((protocol) => protocol.name === protocolName)?.metadata ?? null;
}

/** What the leader is told about the members. */
export function joinedMembers(group: ClassicGroup): readonly JoinedMember[] {
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    ...(member.instanceId === undefined ? {} : { instanceId: member.instanceId }),
    metadata: metadataFor(member, group.protocolName),
  }));
}

/** The group as it is now, said to the member. */
export function joinedAnswer(group: ClassicGroup, memberId: string): JoinGroupResponse {
  return {
    error: 'NONE',
    memberId,
    generation: group.generation,
    ...(group.leader === undefined ? {} : { leader: group.leader }),
    ...(group.protocolName === undefined ? {} : { protocol: group.protocolName }),
    members: group.leader === memberId ? joinedMembers(group) : [],
    skipAssignment: false,
  };
}

/** The topics that members say they are subscribed to, of a group of consumers. */
export function computeSubscribedTopics(group: ClassicGroup): readonly string[] | undefined {
  if (group.protocolType !== 'consumer') return undefined;
  if (group.members.size > 0 && group.protocolName === undefined) return undefined;
  const topics = new Set<string>();
  for (const member of group.members.values()) {
    const metadata = metadataFor(member, group.protocolName);
    if (typeof metadata !== 'object' || metadata === null || !('topics' in metadata)) return undefined;
    if (!Array.isArray(metadata.topics)) return undefined;
    for (const topic of metadata.topics) if (typeof topic === 'string') topics.add(topic);
  }
  return [...topics].sort();
}

/** The record of the group with these assignments (a member without one has none). */
export function groupRecord(group: ClassicGroup, assignments: ReadonlyMap<string, Opaque>): GroupMetadataRecord {
  const value: ClassicGroupValue = {
    protocolType: group.protocolType,
    protocol: group.protocolName,
    generation: group.generation,
    leader: group.leader,
    since: group.since,
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      ...(member.instanceId === undefined ? {} : { instanceId: member.instanceId }),
      clientId: member.clientId,
      rebalanceTimeout: member.rebalanceTimeout,
      sessionTimeout: member.sessionTimeout,
      subscription: metadataFor(member, group.protocolName),
      assignment: assignments.get(member.memberId) ?? null,
    })),
  };
  return { type: 'GroupMetadata', groupId: group.groupId, value };
}

/** Stands for a group that was created and has nothing yet. */
export function emptyGroupRecord(group: ClassicGroup): GroupMetadataRecord {
  return {
    type: 'GroupMetadata',
    groupId: group.groupId,
    value: { protocolType: undefined, protocol: undefined, generation: 0, leader: undefined, since: group.since, members: [] },
  };
}
