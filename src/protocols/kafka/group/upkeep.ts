import { resumeClassic, unloadClassic } from './classic/phases.ts';
import type { ClassicGroup, ClassicMember } from './classic/state.ts';
import { addMember, computeSubscribedTopics, createClassicGroup } from './classic/state.ts';
import { add, type Coordinator, type CoordinatorEnv, type Group } from './coordinator.ts';
import type { GroupError } from './errors.ts';
import { applyRecord, tombstonesOf } from './modern/apply.ts';
import { resumeModern } from './modern/leave.ts';
import { createModernGroup, type ModernGroup } from './modern/state.ts';
import { dropOffsets, type Expiry, expireOffsets, type Offsets, replayMarker, replayOffset } from './offsets.ts';
import { nothingYet, type Outcome } from './outcome.ts';
import type { ClassicGroupValue, GroupRecord, ModernRecord } from './records.ts';

/*
 * Loading and unloading of a coordinator's partitions, and the removal of what is too old. A coordinator that takes over
 * knows what its predecessor wrote: members and assignments of the last complete rebalance, and offsets. Of a rebalance that
 * was going on nothing is left; the members' next requests start it again.
 */

/** What a partition of `__consumer_offsets` holds: records, and the markers that end transactions. */
export type LoggedRecord = GroupRecord | { readonly type: 'Marker'; readonly producerId: number; readonly isCommit: boolean };

/** Takes over a partition: replays its log, then gives every member a whole session's time. */
export function load(coordinator: Coordinator, log: Iterable<LoggedRecord>, env: CoordinatorEnv, now: number): Outcome {
  const out = nothingYet();
  const loaded = new Set<string>();
  for (const record of log) {
    replay(coordinator, record, now);
    if (record.type !== 'Marker') loaded.add(record.groupId);
  }
  for (const groupId of loaded) {
    const group = coordinator.groups.get(groupId);
    if (group?.kind === 'classic') add(out, resumeClassic(group, env.classic, now));
    else if (group) resumeModern(group, group.kind === 'share' ? env.share.config : env.consumer.config, now);
  }
  return out;
}

function replay(coordinator: Coordinator, record: LoggedRecord, now: number): void {
  const { groups, offsets } = coordinator;
  if (record.type === 'Marker') replayMarker(offsets, record.producerId, record.isCommit);
  else if (record.type === 'OffsetCommit') {
    if (record.value && !groups.has(record.groupId)) groups.set(record.groupId, createClassicGroup(record.groupId, now));
    replayOffset(offsets, record);
  } else if (record.type === 'GroupMetadata') {
    if (record.value) groups.set(record.groupId, classicFromRecord(record.groupId, record.value));
    else groups.delete(record.groupId);
  } else replayModern(groups, record);
}

function replayModern(groups: Map<string, Group>, record: ModernRecord): void {
  const existing = groups.get(record.groupId);
  if (record.type === 'GroupEpoch' && record.value === null) {
    if (existing?.kind === record.protocol) groups.delete(record.groupId);
    return;
  }
  let group: ModernGroup;
  if (existing && existing.kind === record.protocol) group = existing;
  else {
    if (record.value === null) return;
    group = createModernGroup(record.protocol, record.groupId);
    groups.set(record.groupId, group);
  }
  applyRecord(group, record, []);
}

function classicFromRecord(groupId: string, value: ClassicGroupValue): ClassicGroup {
  const group = createClassicGroup(groupId, value.since);
  group.state = value.members.length === 0 ? 'Empty' : 'Stable';
  group.generation = value.generation;
  group.protocolType = value.protocolType;
  group.protocolName = value.protocol;
  group.leader = value.leader;
  for (const { subscription, ...at } of value.members) {
    const protocols = [{ name: value.protocol ?? '', metadata: subscription }];
    const member: ClassicMember = { ...at, protocolType: value.protocolType ?? '', protocols, isNew: false };
    addMember(group, member);
  }
  group.subscribedTopics = computeSubscribedTopics(group);
  return group;
}

/** Gives up the groups that `isGone` tells: whoever is parked learns that the coordinator is elsewhere. */
export function unload(coordinator: Coordinator, isGone: (groupId: string) => boolean, now: number): Outcome {
  const out = nothingYet();
  for (const [groupId, group] of [...coordinator.groups]) {
    if (!isGone(groupId)) continue;
    if (group.kind === 'classic') add(out, unloadClassic(group, now));
    coordinator.groups.delete(groupId);
    forget(coordinator.offsets, groupId);
  }
  return out;
}

function forget(offsets: Offsets, groupId: string): void {
  offsets.byGroup.delete(groupId);
  for (const [producerId, groups] of offsets.pending) {
    if (!groups.has(groupId)) continue;
    const rest = new Map(groups);
    rest.delete(groupId);
    if (rest.size > 0) offsets.pending.set(producerId, rest);
    else offsets.pending.delete(producerId);
  }
}

/** A transaction of the producer has ended; the marker is in the log. */
export function endTransaction(coordinator: Coordinator, producerId: number, isCommit: boolean): void {
  replayMarker(coordinator.offsets, producerId, isCommit);
}

/** The round of every `offsets.retention.check.interval.ms`: old offsets go, and empty groups that have none left. */
export function removeExpired(coordinator: Coordinator, env: CoordinatorEnv, now: number): Outcome {
  const out = nothingYet();
  for (const [groupId, group] of [...coordinator.groups]) {
    const round = nothingYet();
    const isBare = expireOffsets(coordinator.offsets, groupId, expiryOf(group, env.offsetsRetention), now, round);
    for (const record of round.records) if (record.type === 'OffsetCommit') replayOffset(coordinator.offsets, record);
    if (isBare && group.state === 'Empty') removeGroup(coordinator, group, round);
    add(out, round);
  }
  return out;
}

function removeGroup(coordinator: Coordinator, group: Group, out: Outcome): void {
  const { groupId } = group;
  if (group.kind === 'classic') out.records.push({ type: 'GroupMetadata', groupId, value: null });
  else out.records.push(...tombstonesOf(group));
  out.events.push({ groupId, what: 'group-removed' });
  coordinator.groups.delete(groupId);
}

/** By what the offsets of the group expire; undefined: as long as it is as it is, they do not. */
export function expiryOf(group: Group, retention: number): Expiry | undefined {
  if (group.kind !== 'classic') {
    const topics = new Set([...group.members.values()].flatMap((member) => member.subscribedTopics));
    return { retention, isSubscribed: (topic) => topics.has(topic) };
  }
  const { protocolType, subscribedTopics } = group;
  const isSubscribed = (topic: string): boolean => subscribedTopics?.includes(topic) ?? protocolType === 'consumer';
  if (protocolType === undefined) return { retention, isSubscribed: () => false };
  if (group.state === 'Empty') return { retention, emptySince: group.since, isSubscribed };
  return group.state === 'Stable' && protocolType === 'consumer' && subscribedTopics ? { retention, isSubscribed } : undefined;
}

/** DeleteGroups. */
export function deleteGroup(coordinator: Coordinator, groupId: string): { readonly error: GroupError; readonly outcome: Outcome } {
  const group = coordinator.groups.get(groupId);
  const out = nothingYet();
  if (!group) return { error: 'GROUP_ID_NOT_FOUND', outcome: out };
  if (group.state !== 'Empty') return { error: 'NON_EMPTY_GROUP', outcome: out };
  dropOffsets(coordinator.offsets, groupId, out);
  for (const record of out.records) if (record.type === 'OffsetCommit') replayOffset(coordinator.offsets, record);
  removeGroup(coordinator, group, out);
  return { error: 'NONE', outcome: out };
}
