import { type KafkaMessage, partitionName } from '../../message.ts';
import { BATCH_HEADER_BYTES, recordBytes, recordBytesMax } from './recordSize.ts';

/** Records of one partition that go together. Its list of records is never changed once it is closed. */
export interface Batch {
  readonly id: number;
  /** Name of its partition. */
  readonly tp: string;
  readonly topic: string;
  readonly partition: number;
  readonly createdAt: number;
  /** Memory set aside for it, and the most that goes in: `batch.size`, or more when its first record is larger. */
  readonly allocated: number;
  records: KafkaMessage[];
  bytes: number;
  /** No further record goes in. */
  isClosed: boolean;
  /** Times it was put back after an error, and when it last was (or when it got its last record). */
  attempts: number;
  lastAttemptAt: number;
  /** Leader epoch at the last look, and `attempts` when it last was a new one: a new leader is tried at once. */
  leaderEpoch: number;
  attemptsAtLeader: number;
  /** Given at its first sending when the producer is idempotent; -1 before. */
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  /** Its sequence was given anew after the producer's epoch was raised. */
  isRenumbered: boolean;
}

/** What goes to one partition. */
export interface PartitionQueue {
  readonly tp: string;
  readonly topic: string;
  readonly partition: number;
  /** To be sent, next one first. */
  waiting: Batch[];
  /** In requests without an answer, in order of sending. */
  sent: Batch[];
  /** With one request in flight at a time nothing else is sent to it meanwhile. */
  isMuted: boolean;
  /** Producer id and epoch that its sequence numbers belong to; -1 = none yet. */
  producerId: number;
  producerEpoch: number;
  nextSequence: number;
  lastAckedSequence: number;
  /** What was to follow batches that were given up with an unknown fate; -1 = nothing is open. */
  unresolvedSequence: number;
  /** Its open batches are numbered anew when the producer's epoch is raised. */
  isRewriteDue: boolean;
}

export function newQueue(topic: string, partition: number): PartitionQueue {
  const ids = { producerId: -1, producerEpoch: -1, nextSequence: 0, lastAckedSequence: -1, unresolvedSequence: -1, isRewriteDue: false };
  return { tp: partitionName(topic, partition), topic, partition, waiting: [], sent: [], isMuted: false, ...ids };
}

export function newBatch(id: number, queue: PartitionQueue, allocated: number, now: number): Batch {
  return {
    id,
    tp: queue.tp,
    topic: queue.topic,
    partition: queue.partition,
    createdAt: now,
    allocated,
    records: [],
    bytes: BATCH_HEADER_BYTES,
    isClosed: false,
    attempts: 0,
    lastAttemptAt: now,
    leaderEpoch: -1,
    attemptsAtLeader: -1,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    isRenumbered: false,
  };
}

/** The bytes that a record made at `timestamp` would add. */
export function bytesIn(batch: Batch, content: number, timestamp: number): number {
  const { records } = batch;
  const first = records[0];
  if (first === undefined) return recordBytes(content, 0, 0);
  return recordBytes(content, records.length, millis(timestamp) - millis(first.timestamp));
}

/** Batches hold milliseconds. */
function millis(micros: number): number {
  return Math.floor(micros / 1_000);
}

/** The first record always fits: one that is larger than `batch.size` has a batch to itself. */
export function hasRoomFor(batch: Batch, content: number, timestamp: number): boolean {
  if (isFull(batch)) return false;
  const left = batch.allocated - batch.bytes;
  // Mostly there is room anyway: then it is not worked out exactly.
  return recordBytesMax(content) <= left || batch.records.length === 0 || bytesIn(batch, content, timestamp) <= left;
}

/** Sendable without waiting any longer. */
export function isFull(batch: Batch): boolean {
  return batch.isClosed || (batch.records.length > 0 && batch.bytes >= batch.allocated);
}

export function lastSequence({ baseSequence, records }: Batch): number {
  return baseSequence + records.length - 1;
}

export function hasSequence({ baseSequence }: Batch): boolean {
  return baseSequence >= 0;
}

export function copyQueue(queue: PartitionQueue): PartitionQueue {
  return { ...queue, waiting: queue.waiting.map(copyBatch), sent: queue.sent.map(copyBatch) };
}

function copyBatch(batch: Batch): Batch {
  return { ...batch, records: batch.isClosed ? batch.records : batch.records.slice() };
}
