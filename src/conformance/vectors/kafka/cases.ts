import type { Json, JsonObject } from '../../../base/index.ts';
import { TOPIC_DEFAULTS } from '../../../protocols/kafka/defaults.ts';
import type { LogSettings, NewBatch } from '../../../protocols/kafka/log/index.ts';

/* What the players of log, replication and offsets share: raw case data read defensively, and everyday batches. */

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function numberOf(value: Json | undefined, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

export function numbersOf(value: Json | undefined): readonly number[] {
  return listOf(value).map((item) => numberOf(item));
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A sentence about what differs, or undefined. The order of an object's keys does not matter. */
export function difference(what: string, actual: Json, expected: Json | undefined): string | undefined {
  const [is, should] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected ?? null))];
  return is === should ? undefined : `${what}: ${is} instead of ${should}`;
}

/** Fields that explain and are no outcome. */
const REMARKS = new Set(['note', 'description', 'comment']);

/** The same for those fields only that the case names. */
export function fieldDifference(what: string, actual: JsonObject, expected: JsonObject): string | undefined {
  for (const [field, value] of Object.entries(expected)) {
    const found = REMARKS.has(field) ? undefined : difference(`${what} ${field}`, actual[field] ?? null, value);
    if (found) return found;
  }
  return undefined;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Kafka's defaults, in milliseconds. */
export const SETTINGS: LogSettings = {
  cleanupPolicy: 'delete',
  segmentBytes: TOPIC_DEFAULTS['segment.bytes'],
  segmentTime: TOPIC_DEFAULTS['segment.ms'],
  retentionBytes: TOPIC_DEFAULTS['retention.bytes'],
  retentionTime: TOPIC_DEFAULTS['retention.ms'],
  maxMessageBytes: TOPIC_DEFAULTS['max.message.bytes'],
  minCleanableDirtyRatio: TOPIC_DEFAULTS['min.cleanable.dirty.ratio'],
  minCompactionLag: TOPIC_DEFAULTS['min.compaction.lag.ms'],
  maxCompactionLag: TOPIC_DEFAULTS['max.compaction.lag.ms'],
  deleteRetention: TOPIC_DEFAULTS['delete.retention.ms'],
  timestampType: 'CreateTime',
};

/** A batch of so many records with nothing special about them. */
export function plainBatch(records: number, timestamp: number, idempotence: Partial<NewBatch> = {}): NewBatch {
  const record = { message: 1, key: 'k', value: 'v', producer: 'p', timestamp, weight: 0 };
  return {
    ...{ producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false },
    ...idempotence,
    records: Array.from({ length: records }, () => record),
  };
}
