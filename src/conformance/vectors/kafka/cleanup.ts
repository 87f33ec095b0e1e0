import type { Json, JsonObject } from '../../../base/index.ts';
import {
  appendAsFollower,
  chunksOf,
  compactLog,
  deleteOldSegments,
  emptySegment,
  type LogBatch,
  type LogRecord,
  type LogState,
  newLog,
  roll,
  segmentsOf,
  setHighWatermark,
} from '../../../protocols/kafka/log/index.ts';
import { difference, listOf, numberOf, objectOf, SETTINGS, textOf } from './cases.ts';

function policyOf(value: Json | undefined): 'delete' | 'compact' | 'compact,delete' {
  const names = textOf(value)
    .split(',')
    .map((name) => name.trim());
  if (!names.includes('compact')) return 'delete';
  return names.includes('delete') ? 'compact,delete' : 'compact';
}

const REASONS = {
  'log-start-offset': 'log start offset passed the segment (DeleteRecords)',
  'retention.bytes': 'retention.bytes',
  'retention.ms': 'retention.ms',
};

/** Segments without records: retention looks at their bytes and times only. */
function logOfSegments(input: JsonObject): LogState {
  const log = newLog(0, numberOf(input['logStartOffset']));
  const segments = listOf(input['segments'])
    .map(objectOf)
    .map((raw) => ({
      ...emptySegment(numberOf(raw['baseOffset']), 0, undefined),
      bytes: numberOf(raw['bytes']),
      largestTimestamp: numberOf(raw['largestTimestamp'], -1),
    }));
  log.sealed = segments.slice(0, -1);
  log.active = segments.at(-1) ?? log.active;
  log.logEndOffset = numberOf(input['logEndOffset']);
  setHighWatermark(log, numberOf(input['highWatermark']));
  return log;
}

export function playRetention(data: JsonObject): string | undefined {
  const input = objectOf(data['input']);
  const log = logOfSegments(input);
  const settings = {
    ...SETTINGS,
    cleanupPolicy: policyOf(input['cleanup.policy']),
    retentionBytes: numberOf(input['retention.bytes'], -1),
    retentionTime: numberOf(input['retention.ms'], -1),
  };
  const deletions = deleteOldSegments(log, settings, numberOf(input['now']));
  const actual = {
    deletions: deletions.map(({ reason, segments }) => ({
      reason: REASONS[reason],
      deletedBaseOffsets: segments.map((segment) => segment.baseOffset),
    })),
    remainingBaseOffsets: segmentsOf(log).map((segment) => segment.baseOffset),
    logStartOffset: log.logStartOffset,
  };
  return difference('after retention', actual, data['expected']);
}

/** A record at a given offset in a batch of its own, as an earlier leader has written it. */
function recordAtOffset(raw: readonly Json[], input: JsonObject): LogRecord {
  const [offset, key, value] = [numberOf(raw[0]), raw[1] ?? null, raw[2] ?? null];
  const timestamp = numberOf(objectOf(input['ts'])[String(offset)]);
  const horizon = objectOf(input['horizon'])[String(offset)];
  const batch: LogBatch = {
    ...{ baseOffset: offset, lastOffset: offset, leaderEpoch: 0, producerId: -1, producerEpoch: -1, baseSequence: -1 },
    ...{ isTransactional: false, maxTimestamp: timestamp },
    ...(typeof horizon === 'number' ? { deleteHorizon: horizon } : {}),
  };
  return {
    ...{ message: 1, key: textOf(key), producer: 'p', redelivered: false, at: offset, isTombstone: value === null },
    ...{ hasKey: key !== null, value: value === null ? null : textOf(value), timestamp, size: 10, weight: 0, batch },
    ...{ source: undefined, note: undefined },
  };
}

function logOfRecords(input: JsonObject): LogState {
  const segments = listOf(input['segments']).map((segment) => listOf(segment).map((raw) => recordAtOffset(listOf(raw), input)));
  const log = newLog(0, segments[0]?.[0]?.at ?? 0);
  for (const [i, records] of segments.entries()) {
    const first = records[0]?.at ?? log.logEndOffset;
    if (i > 0) roll(log, 0, first);
    appendAsFollower(log, records, (records.at(-1)?.at ?? first - 1) + 1, 0, SETTINGS);
  }
  const active = numberOf(input['activeSegmentBaseOffset']);
  if (active > log.active.baseOffset) roll(log, 0, active);
  setHighWatermark(log, numberOf(input['lso'], log.logEndOffset));
  log.cleanedTo = numberOf(input['firstDirtyOffset'], -1);
  return log;
}

export function playCompaction(data: JsonObject): string | undefined {
  const input = objectOf(data['input']);
  const log = logOfRecords(input);
  const settings = {
    ...SETTINGS,
    cleanupPolicy: 'compact' as const,
    minCompactionLag: numberOf(input['min_lag']),
    deleteRetention: numberOf(input['delete.retention.ms']),
  };
  const { firstDirtyOffset } = compactLog(log, settings, numberOf(input['now']));
  const records = chunksOf(log).flatMap((chunk) => chunk.cells);
  const dated = records.filter((record) => record.isTombstone && record.batch.deleteHorizon !== undefined);
  const actual = {
    'retained_[offset,key,value]': records.map((record) => [record.at, record.hasKey ? record.key : null, record.value]),
    nextFirstDirtyOffset: firstDirtyOffset,
    tombstoneDeleteHorizonMs: Object.fromEntries(dated.map((record) => [String(record.at), record.batch.deleteHorizon as number])),
  };
  return difference('after cleaning', actual, data['expected']);
}
