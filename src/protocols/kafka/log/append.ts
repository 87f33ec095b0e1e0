import { assignEpoch } from './epochs.ts';
import { afterBatch, afterMarker, findDuplicate, lastSequence, markerRefusalOf, refusalOf } from './producers.ts';
import { countBatch, pushRecord, rollIfNeeded } from './segments.ts';
import { BATCH_OVERHEAD_BYTES, batchBytes, recordBytes } from './sizes.ts';
import { completeTransaction } from './transactions.ts';
import type { Control, LogBatch, LogError, LogRecord, LogSettings, LogState, NewBatch, NewRecord } from './types.ts';
import { NONE } from './types.ts';

export type Appended =
  | {
      readonly status: 'appended';
      readonly baseOffset: number;
      readonly lastOffset: number;
      readonly records: readonly LogRecord[];
    }
  /** The log has it from an earlier request: it is acknowledged with its old offsets. */
  | { readonly status: 'duplicate'; readonly baseOffset: number; readonly lastOffset: number }
  | { readonly status: 'refused'; readonly error: LogError };

export interface AppendAs {
  readonly leaderEpoch: number;
  readonly now: number;
  readonly settings: LogSettings;
}

function refused(error: LogError): Appended {
  return { status: 'refused', error };
}

/**
 * A leader appends one batch: it gives offsets, its epoch and, if the topic says so, the time. `origin` is whose batch it is:
 * a client's, or that of a coordinator in the same broker, which has no sequence numbers.
 */
export function appendAsLeader(log: LogState, batch: NewBatch, as: AppendAs, origin: 'client' | 'coordinator' = 'client'): Appended {
  const { settings, now } = as;
  const baseOffset = log.logEndOffset;
  const made = recordsOf(batch, baseOffset, as);
  const bytes = batchBytes(made);
  if (bytes > settings.maxMessageBytes) return refused('MESSAGE_TOO_LARGE');
  if (settings.cleanupPolicy !== 'delete' && batch.records.some((record) => record.key === null)) return refused('INVALID_RECORD');
  if (bytes > settings.segmentBytes) return refused('RECORD_LIST_TOO_LARGE');
  const shared = (made[0] as LogRecord).batch;
  log.epochs = assignEpoch(log.epochs, as.leaderEpoch, baseOffset);
  rollIfNeeded(log, bytes, shared.maxTimestamp, settings, now, baseOffset);
  if (batch.producerId !== NONE) {
    const entry = log.producers.get(batch.producerId);
    const last = lastSequence(batch.baseSequence, batch.records.length);
    const known = origin === 'client' ? findDuplicate(entry, batch.producerEpoch, batch.baseSequence, last) : undefined;
    if (known) return { status: 'duplicate', baseOffset: known.firstOffset, lastOffset: known.lastOffset };
    const error = refusalOf(entry, batch, origin);
    if (error) return refused(error);
  }
  write(log, made, bytes);
  return { status: 'appended', baseOffset, lastOffset: log.logEndOffset - 1, records: made };
}

function recordsOf(batch: NewBatch, baseOffset: number, as: AppendAs): readonly LogRecord[] {
  const { settings, now, leaderEpoch } = as;
  const isLogTime = settings.timestampType === 'LogAppendTime';
  const { producerId, producerEpoch, baseSequence, isTransactional } = batch;
  const lastOffset = baseOffset + batch.records.length - 1;
  let maxTimestamp = isLogTime ? now : -1;
  if (!isLogTime) for (const { timestamp } of batch.records) if (timestamp > maxTimestamp) maxTimestamp = timestamp;
  const shared: LogBatch = { baseOffset, lastOffset, leaderEpoch, producerId, producerEpoch, baseSequence, isTransactional, maxTimestamp };
  return batch.records.map((record, i) => recordOf(record, baseOffset + i, isLogTime ? now : record.timestamp, shared));
}

function recordOf(
  { message, key, value, producer, weight, size, source, note }: NewRecord,
  at: number,
  timestamp: number,
  batch: LogBatch,
): LogRecord {
  return {
    message,
    key: key ?? '',
    producer,
    redelivered: false,
    at,
    isTombstone: value === null,
    hasKey: key !== null,
    value,
    timestamp,
    size: size ?? recordBytes(key, value),
    weight,
    source,
    note,
    batch,
  };
}

/** Bytes of the key and the value of a marker's only record. */
const MARKER_BYTES = 17;

/** The transaction coordinator ends a producer's transaction in this partition: the marker takes an offset of its own. */
export function appendMarker(
  log: LogState,
  marker: { readonly producerId: number; readonly producerEpoch: number; readonly control: Control; readonly coordinator: string },
  as: AppendAs,
): Appended {
  const { now, leaderEpoch, settings } = as;
  const { producerId, producerEpoch, control } = marker;
  const baseOffset = log.logEndOffset;
  const bytes = BATCH_OVERHEAD_BYTES + MARKER_BYTES;
  log.epochs = assignEpoch(log.epochs, leaderEpoch, baseOffset);
  rollIfNeeded(log, bytes, now, settings, now, baseOffset);
  const { coordinatorEpoch } = control;
  const error = markerRefusalOf(log.producers.get(producerId), { producerEpoch, coordinatorEpoch });
  if (error) return refused(error);
  const batch: LogBatch = Object.freeze({
    ...{ baseOffset, lastOffset: baseOffset, leaderEpoch, producerId, producerEpoch, baseSequence: NONE },
    ...{ isTransactional: true, control: Object.freeze({ ...control }), maxTimestamp: now },
  });
  const record: LogRecord = Object.freeze({
    ...{ message: 0, key: '', producer: marker.coordinator, redelivered: false, at: baseOffset, isControl: true, isTombstone: false },
    ...{ hasKey: true, value: control.type, timestamp: now, size: MARKER_BYTES, weight: 0, source: undefined, note: undefined, batch },
  });
  write(log, [record], bytes);
  return { status: 'appended', baseOffset, lastOffset: baseOffset, records: [record] };
}

/**
 * A follower appends what the leader gave it, offsets and all; the records are the leader's own objects. `nextOffset` is where
 * the leader's answer ended: holes that the leader's cleaner left are passed over. False: the records do not go on where
 * this log ends, nothing is appended.
 */
export function appendAsFollower(
  log: LogState,
  records: readonly LogRecord[],
  nextOffset: number,
  now: number,
  settings: LogSettings,
): boolean {
  if ((records[0]?.at ?? nextOffset) < log.logEndOffset) return false;
  for (let i = 0; i < records.length; ) {
    const first = records[i] as LogRecord;
    let end = i + 1;
    while (end < records.length && (records[end] as LogRecord).batch === first.batch) end++;
    const part = i === 0 && end === records.length ? records : records.slice(i, end);
    const bytes = batchBytes(part);
    log.epochs = assignEpoch(log.epochs, first.batch.leaderEpoch, first.at);
    rollIfNeeded(log, bytes, first.batch.maxTimestamp, settings, now, first.at);
    write(log, part, bytes);
    i = end;
  }
  log.logEndOffset = Math.max(log.logEndOffset, nextOffset);
  return true;
}

/** Puts the records of one batch into the active segment and lets the log learn from them. */
function write(log: LogState, records: readonly LogRecord[], bytes: number): void {
  const { batch } = records[0] as LogRecord;
  for (const record of records) pushRecord(log.active, record);
  countBatch(log.active, bytes, batch.maxTimestamp);
  log.logEndOffset = (records[records.length - 1] as LogRecord).at + 1;
  learn(log, batch);
}

/** What a batch says about its producer. */
export function learn(log: LogState, batch: LogBatch): void {
  const { producerId } = batch;
  if (producerId === NONE) return;
  const entry = log.producers.get(producerId);
  if (!batch.control) {
    log.producers.set(producerId, afterBatch(entry, batch));
    return;
  }
  const { entry: next, completed } = afterMarker(entry, batch);
  log.producers.set(producerId, next);
  if (completed) completeTransaction(log, completed);
}
