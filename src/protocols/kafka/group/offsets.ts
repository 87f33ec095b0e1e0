import { partitionName, type TopicPartition } from '../assign/index.ts';
import type { RequestToken } from './classic/messages.ts';
import type { GroupError } from './errors.ts';
import type { Outcome } from './outcome.ts';
import { compareText } from './partitions.ts';
import type { OffsetCommitRecord, OffsetValue } from './records.ts';

/** What groups have committed: per group and partition the next offset to read. */
export interface CommittedOffset extends TopicPartition {
  readonly value: OffsetValue;
  /** The order in which the commits came: of a commit and a transaction's, the later one counts. */
  readonly order: number;
}
type OffsetsOfGroup = ReadonlyMap<string, CommittedOffset>;
export interface Offsets {
  /** By group; replaced on every change, so that copies share them. */
  readonly byGroup: Map<string, OffsetsOfGroup>;
  /** Committed within transactions that are open, by producer id, then by group. */
  readonly pending: Map<number, ReadonlyMap<string, OffsetsOfGroup>>;
  commits: number;
}

export interface OffsetCommitRequest {
  readonly token: RequestToken;
  readonly groupId: string;
  /** Empty and generation -1: a consumer without a membership, or an administrator. */
  readonly memberId: string;
  readonly instanceId?: string;
  /** Generation, or member epoch. */
  readonly generation: number;
  readonly offsets: readonly (TopicPartition & { readonly offset: number; readonly leaderEpoch?: number; readonly metadata?: string })[];
  /** TxnOffsetCommit: the producer whose transaction the commit belongs to. */
  readonly producerId?: number;
}
export interface OffsetCommitResponse {
  /** The same one for every partition. */
  readonly error: GroupError;
}
export interface FetchedOffset extends TopicPartition {
  readonly error: GroupError;
  /** -1: none is committed. */
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
}

export function createOffsets(): Offsets {
  return { byGroup: new Map(), pending: new Map(), commits: 0 };
}

export function copyOffsets(offsets: Offsets): Offsets {
  return { byGroup: new Map(offsets.byGroup), pending: new Map(offsets.pending), commits: offsets.commits };
}

/** The records of a commit that the group allows. */
export function commitRecords(request: OffsetCommitRequest, now: number): readonly OffsetCommitRecord[] {
  return request.offsets.map((at) => ({
    type: 'OffsetCommit',
    groupId: request.groupId,
    topic: at.topic,
    partition: at.partition,
    value: {
      offset: at.offset,
      ...(at.leaderEpoch === undefined ? {} : { leaderEpoch: at.leaderEpoch }),
      ...(at.metadata === undefined ? {} : { metadata: at.metadata }),
      committedAt: now,
    },
    ...(request.producerId === undefined ? {} : { producerId: request.producerId }),
  }));
}

/** Takes a record of the log: a commit, one of an open transaction, or a tombstone. */
export function replayOffset(offsets: Offsets, record: OffsetCommitRecord): void {
  const { groupId, topic, partition, value } = record;
  const key = partitionName(record);
  if (value === null) {
    setGroup(offsets, groupId, withoutKey(offsets.byGroup.get(groupId), key));
    for (const [producerId, groups] of offsets.pending) setPending(offsets, producerId, groupId, withoutKey(groups.get(groupId), key));
    return;
  }
  const committed: CommittedOffset = { topic, partition, value, order: offsets.commits++ };
  if (record.producerId === undefined) setGroup(offsets, groupId, withKey(offsets.byGroup.get(groupId), key, committed));
  else setPending(offsets, record.producerId, groupId, withKey(offsets.pending.get(record.producerId)?.get(groupId), key, committed));
}

/** A transaction ends: what was committed in it counts now, or never did. */
export function replayMarker(offsets: Offsets, producerId: number, isCommit: boolean): void {
  const groups = offsets.pending.get(producerId);
  offsets.pending.delete(producerId);
  if (!groups || !isCommit) return;
  for (const [groupId, partitions] of groups)
    for (const [key, committed] of partitions) {
      const existing = offsets.byGroup.get(groupId)?.get(key);
      if (existing && existing.order > committed.order) continue;
      setGroup(offsets, groupId, withKey(offsets.byGroup.get(groupId), key, committed));
    }
}

/**
 * What is committed for the partitions, or for all of them. `requireStable` (consumers that read committed data) does not
 * tell an offset that an open transaction is about to change.
 */
export function fetchOffsets(
  offsets: Offsets,
  groupId: string,
  partitions: readonly TopicPartition[] | undefined,
  requireStable: boolean,
): readonly FetchedOffset[] {
  const committed = offsets.byGroup.get(groupId);
  return (partitions ?? sorted(committed)).map(({ topic, partition }) => {
    const key = partitionName({ topic, partition });
    if (requireStable && hasPending(offsets, groupId, key)) return { topic, partition, error: 'UNSTABLE_OFFSET_COMMIT', offset: -1 };
    const value = committed?.get(key)?.value;
    if (!value) return { topic, partition, error: 'NONE', offset: -1 };
    const { committedAt: _, ...rest } = value;
    return { topic, partition, error: 'NONE', ...rest };
  });
}

function sorted(committed: OffsetsOfGroup | undefined): readonly CommittedOffset[] {
  return [...(committed?.values() ?? [])].sort((a, b) => compareText(a.topic, b.topic) || a.partition - b.partition);
}

/** By what a group's offsets expire: undefined, they do not. */
export interface Expiry {
  readonly retention: number;
  /** When the group lost its last member; undefined: each offset counts from its own commit. */
  readonly emptySince?: number;
  /** Topics that members read keep their offsets. */
  isSubscribed(topic: string): boolean;
}

/** Tombstones of the offsets that have expired; says whether none is left and no transaction is open. */
export function expireOffsets(offsets: Offsets, groupId: string, expiry: Expiry | undefined, now: number, out: Outcome): boolean {
  const committed = offsets.byGroup.get(groupId);
  if (!committed) return true;
  if (!expiry) return false;
  let isAll = true;
  for (const at of sorted(committed)) {
    const { topic, partition } = at;
    const isOld = now - (expiry.emptySince ?? at.value.committedAt) >= expiry.retention;
    if (!isOld || expiry.isSubscribed(topic) || hasPending(offsets, groupId, partitionName(at))) {
      isAll = false;
      continue;
    }
    out.records.push({ type: 'OffsetCommit', groupId, topic, partition, value: null });
    out.events.push({ groupId, what: 'offset-expired', topic, partition });
  }
  return isAll && !hasPending(offsets, groupId);
}

/** Tombstones of all that the group has committed, for a group that is deleted. */
export function dropOffsets(offsets: Offsets, groupId: string, out: Outcome): void {
  const all = new Map(offsets.byGroup.get(groupId));
  for (const groups of offsets.pending.values()) for (const [key, at] of groups.get(groupId) ?? []) if (!all.has(key)) all.set(key, at);
  for (const { topic, partition } of sorted(all)) out.records.push({ type: 'OffsetCommit', groupId, topic, partition, value: null });
}

function hasPending(offsets: Offsets, groupId: string, key?: string): boolean {
  for (const groups of offsets.pending.values()) {
    const partitions = groups.get(groupId);
    if (partitions && (key === undefined || partitions.has(key))) return true;
  }
  return false;
}

function withKey(map: OffsetsOfGroup | undefined, key: string, committed: CommittedOffset): OffsetsOfGroup {
  return new Map(map).set(key, committed);
}

function withoutKey(map: OffsetsOfGroup | undefined, key: string): OffsetsOfGroup | undefined {
  if (!map?.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function setGroup(offsets: Offsets, groupId: string, map: OffsetsOfGroup | undefined): void {
  if (map && map.size > 0) offsets.byGroup.set(groupId, map);
  else offsets.byGroup.delete(groupId);
}

function setPending(offsets: Offsets, producerId: number, groupId: string, map: OffsetsOfGroup | undefined): void {
  if (!map) return;
  offsets.pending.set(producerId, new Map(offsets.pending.get(producerId)).set(groupId, map));
}
