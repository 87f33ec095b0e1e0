import { assert } from '../../../../base/index.ts';
import type { GroupError } from '../errors.ts';

/*
 * What the leader of a partition knows of a share group's progress in it (KIP-932): not one offset but a state for each
 * record between the start offset, below which all is done, and the end offset, up to which records have been handed out.
 */

export type RecordState = 'Available' | 'Acquired' | 'Acknowledged' | 'Archived';
export type AcknowledgeType = 'accept' | 'release' | 'reject';

/** Replaced on every change, so that copies share it. */
export interface ShareRecord {
  readonly state: RecordState;
  readonly deliveryCount: number;
  /** Who has it, and until when; set while it is acquired. */
  readonly memberId?: string;
  readonly lockUntil?: number;
}
/** Times are in the caller's unit. */
export interface ShareConfig {
  /** `group.share.record.lock.duration.ms` (30 s) */
  readonly lockDuration: number;
  /** `group.share.delivery.count.limit` (5) */
  readonly deliveryCountLimit: number;
  /** `group.share.partition.max.record.locks`: records between start and end offset. */
  readonly maxRecordLocks: number;
}
export interface SharePartition {
  startOffset: number;
  /** The next offset that was never handed out. */
  nextOffset: number;
  /** From `startOffset` on, in ascending order of offsets. */
  readonly records: Map<number, ShareRecord>;
}
/** Records of adjacent offsets that were handed out alike. */
export interface AcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}
export interface AcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly type: AcknowledgeType;
}
/** One record's way: what the caller tells as a fact. */
export interface ShareChange {
  readonly offset: number;
  readonly from: RecordState;
  readonly to: RecordState;
  readonly deliveryCount: number;
  readonly memberId: string;
  readonly why: AcknowledgeType | 'acquired' | 'lock-expired' | 'member-gone' | 'log-start-moved';
}

export function createSharePartition(startOffset: number): SharePartition {
  return { startOffset, nextOffset: startOffset, records: new Map() };
}

export function copySharePartition(partition: SharePartition): SharePartition {
  return { ...partition, records: new Map(partition.records) };
}

/** Where the next fetch for the group begins: at the first record that is available again, or behind all. */
export function nextFetchOffset(partition: SharePartition): number {
  for (const [offset, record] of partition.records) if (record.state === 'Available') return offset;
  return partition.nextOffset;
}

/** False: so many records are between start and end that no new one is handed out; returned ones still are. */
export function canAcquire(partition: SharePartition, config: ShareConfig): boolean {
  if (nextFetchOffset(partition) !== partition.nextOffset) return true;
  return partition.nextOffset - partition.startOffset < config.maxRecordLocks;
}

/**
 * Hands records to a member and locks them for it. `fetched` are the offsets that were read from the log, ascending: those
 * that are available or new are acquired, at most `max`.
 */
export function acquire(
  partition: SharePartition,
  memberId: string,
  fetched: readonly number[],
  max: number,
  config: ShareConfig,
  now: number,
): { readonly acquired: readonly AcquiredRecords[]; readonly changes: readonly ShareChange[] } {
  const changes: ShareChange[] = [];
  for (const offset of fetched) {
    if (changes.length >= max) break;
    if (offset < partition.startOffset) continue;
    const record = partition.records.get(offset);
    const isNew = offset >= partition.nextOffset;
    if (!isNew && record?.state !== 'Available') continue;
    if (isNew && partition.records.size > 0 && offset - partition.startOffset >= config.maxRecordLocks) break;
    if (isNew) passTo(partition, offset);
    const deliveryCount = (record?.deliveryCount ?? 0) + 1;
    partition.records.set(offset, { state: 'Acquired', deliveryCount, memberId, lockUntil: now + config.lockDuration });
    changes.push({ offset, from: 'Available', to: 'Acquired', deliveryCount, memberId, why: 'acquired' });
  }
  return { acquired: batches(changes), changes };
}

/** Offsets that the log does not have (markers, compacted records) are done with. */
function passTo(partition: SharePartition, offset: number): void {
  if (partition.records.size === 0) partition.startOffset = offset;
  else for (let gap = partition.nextOffset; gap < offset; gap++) partition.records.set(gap, { state: 'Archived', deliveryCount: 0 });
  partition.nextOffset = offset + 1;
}

function batches(changes: readonly ShareChange[]): readonly AcquiredRecords[] {
  const found: AcquiredRecords[] = [];
  for (const { offset, deliveryCount } of changes) {
    const last = found.at(-1);
    if (last && last.lastOffset === offset - 1 && last.deliveryCount === deliveryCount)
      found[found.length - 1] = { ...last, lastOffset: offset };
    else found.push({ firstOffset: offset, lastOffset: offset, deliveryCount });
  }
  return found;
}

/** Takes a member's acknowledgements, all of them or none: each record must be locked by this member still. */
export function acknowledge(
  partition: SharePartition,
  memberId: string,
  acknowledgements: readonly AcknowledgementBatch[],
  config: ShareConfig,
): { readonly error: GroupError; readonly changes: readonly ShareChange[] } {
  const typeOf = new Map<number, AcknowledgeType>();
  for (const batch of acknowledgements) {
    if (batch.lastOffset >= partition.nextOffset) return { error: 'INVALID_REQUEST', changes: [] };
    for (let offset = Math.max(batch.firstOffset, partition.startOffset); offset <= batch.lastOffset; offset++) {
      const record = partition.records.get(offset);
      if (record?.state === 'Archived' && record.deliveryCount === 0) continue;
      if (record?.state !== 'Acquired' || record.memberId !== memberId || typeOf.has(offset))
        return { error: 'INVALID_RECORD_STATE', changes: [] };
      typeOf.set(offset, batch.type);
    }
  }
  const changes = [...typeOf].map(([offset, type]) => settle(partition, offset, SETTLED[type], type, config));
  advanceStart(partition);
  return { error: 'NONE', changes };
}

const SETTLED = { accept: 'Acknowledged', release: 'Available', reject: 'Archived' } as const;

/** An acquired record gets its next state; one that was delivered too often is not delivered again. */
function settle(partition: SharePartition, offset: number, wanted: RecordState, why: ShareChange['why'], config: ShareConfig): ShareChange {
  const record = partition.records.get(offset);
  assert(record?.memberId !== undefined, 'only acquired records are settled');
  const { deliveryCount, memberId } = record;
  const to = wanted === 'Available' && deliveryCount >= config.deliveryCountLimit ? 'Archived' : wanted;
  partition.records.set(offset, { state: to, deliveryCount });
  return { offset, from: 'Acquired', to, deliveryCount, memberId, why };
}

function advanceStart(partition: SharePartition): void {
  for (const [offset, record] of partition.records) {
    if (record.state !== 'Acknowledged' && record.state !== 'Archived') return;
    partition.records.delete(offset);
    partition.startOffset = offset + 1;
  }
}

/** Everything that a member has goes back, because it left or its session closed. */
export function releaseMember(partition: SharePartition, memberId: string, config: ShareConfig): readonly ShareChange[] {
  return releaseWhere(partition, (record) => record.memberId === memberId, 'member-gone', config);
}

/** When `expireLocks` has something to do; Infinity when nothing is acquired. */
export function nextLockDeadline(partition: SharePartition): number {
  let next = Infinity;
  for (const record of partition.records.values()) next = Math.min(next, record.lockUntil ?? Infinity);
  return next;
}

/** Records whose lock has run out go back. */
export function expireLocks(partition: SharePartition, config: ShareConfig, now: number): readonly ShareChange[] {
  return releaseWhere(partition, (record) => (record.lockUntil ?? Infinity) <= now, 'lock-expired', config);
}

function releaseWhere(
  partition: SharePartition,
  isReleased: (record: ShareRecord) => boolean,
  why: ShareChange['why'],
  config: ShareConfig,
): readonly ShareChange[] {
  const offsets = [...partition.records]
    .filter(([, record]) => record.state === 'Acquired' && isReleased(record))
    .map(([offset]) => offset);
  const changes = offsets.map((offset) => settle(partition, offset, 'Available', why, config));
  advanceStart(partition);
  return changes;
}

/** Retention has removed records: those below that nobody has are done with. */
export function moveLogStart(partition: SharePartition, logStart: number): readonly ShareChange[] {
  if (logStart <= partition.startOffset) return [];
  const changes: ShareChange[] = [];
  for (const [offset, { state, deliveryCount, memberId }] of [...partition.records]) {
    if (offset >= logStart) continue;
    partition.records.delete(offset);
    if (state === 'Available' || state === 'Acquired')
      changes.push({ offset, from: state, to: 'Archived', deliveryCount, memberId: memberId ?? '', why: 'log-start-moved' });
  }
  partition.startOffset = logStart;
  partition.nextOffset = Math.max(partition.nextOffset, logStart);
  return changes;
}

/** What is written into `__share_group_state`: a record that is out counts as it was before it was handed out. */
export interface ShareSnapshot {
  readonly startOffset: number;
  readonly nextOffset: number;
  readonly records: readonly { readonly offset: number; readonly state: RecordState; readonly deliveryCount: number }[];
}

export function snapshotOf(partition: SharePartition): ShareSnapshot {
  const records = [...partition.records].map(([offset, { state, deliveryCount }]) =>
    state === 'Acquired' ? ({ offset, state: 'Available', deliveryCount: deliveryCount - 1 } as const) : { offset, state, deliveryCount },
  );
  return { startOffset: partition.startOffset, nextOffset: partition.nextOffset, records };
}

/** A new leader goes on from what was written. */
export function fromSnapshot(snapshot: ShareSnapshot): SharePartition {
  const records = snapshot.records.map(({ offset, state, deliveryCount }): [number, ShareRecord] => [offset, { state, deliveryCount }]);
  return { startOffset: snapshot.startOffset, nextOffset: snapshot.nextOffset, records: new Map(records) };
}
