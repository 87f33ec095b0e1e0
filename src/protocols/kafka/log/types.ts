import type { MessageId, PartId } from '../../../base/index.ts';
import type { LaneCell, LaneChunk } from '../../../engine/index.ts';
import type { KafkaMessage } from '../message.ts';

/** "No producer id", "no sequence", "no epoch": a batch of a producer without idempotence. */
export const NONE = -1;

/** What all records of one batch share. Never changed. Compaction may take records out of a batch; its offsets stay. */
export interface LogBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** Epoch of the leader that appended it first. */
  readonly leaderEpoch: number;
  /** −1: not idempotent. */
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Sequence number of its first record, −1 if it has none. */
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  /** The end of a transaction: a batch of one control record. */
  readonly control?: Control;
  /** Largest timestamp of its records. */
  readonly maxTimestamp: number;
  /** From this time on, a cleaning drops the batch's tombstones (or its marker). Set by the first cleaning that meets them. */
  readonly deleteHorizon?: number;
}

export interface Control {
  readonly type: 'COMMIT' | 'ABORT';
  readonly coordinatorEpoch: number;
}

/** One record of a log, which is also the cell that the stage draws. Never changed: replicas, readers, copies and checkpoints share it. */
export interface LogRecord extends LaneCell {
  /** '' for a record without a key, see `hasKey`: an empty text is a key, too. */
  readonly key: string;
  readonly hasKey: boolean;
  /** Null: a tombstone in a compacted topic. */
  readonly value: string | null;
  readonly timestamp: number;
  /** Bytes it takes in its batch. */
  readonly size: number;
  /** Work that a consumer has with it. */
  readonly weight: number;
  /** The message as its producer sent it; undefined for what brokers write themselves. */
  readonly source: KafkaMessage | undefined;
  /** What a coordinator has written. */
  readonly note: unknown;
  readonly batch: LogBatch;
}

export interface LogChunk extends LaneChunk {
  readonly cells: readonly LogRecord[];
}

/** A record before a leader gave it an offset. */
export interface NewRecord {
  readonly message: MessageId;
  readonly key: string | null;
  readonly value: string | null;
  readonly producer: PartId;
  readonly timestamp: number;
  readonly weight: number;
  /** Bytes it takes in its batch; as many as key and value need if not given. */
  readonly size?: number;
  readonly source?: KafkaMessage;
  readonly note?: unknown;
}

/** A batch before a leader gave it offsets. */
export interface NewBatch {
  /** −1 without idempotence; then epoch and sequence are −1, too. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly records: readonly NewRecord[];
}

/** A transaction that was aborted, as the index of its marker's segment keeps it. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Offset of its marker. */
  readonly lastOffset: number;
  readonly lastStableOffset: number;
}

/** A batch that the broker remembers of a producer, to know it again. */
export interface BatchMetadata {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** What a log knows of one producer id. Never changed, replaced at every append. */
export interface ProducerEntry {
  readonly producerId: number;
  readonly epoch: number;
  readonly coordinatorEpoch: number;
  readonly lastTimestamp: number;
  /** First offset of its open transaction, −1 if none is open. */
  readonly transactionFirstOffset: number;
  /** The last five at most, oldest first. */
  readonly batches: readonly BatchMetadata[];
}

/** A transaction that has ended, but whose marker the high watermark has not passed yet. */
export interface CompletedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly isAborted: boolean;
}

export interface EpochEntry {
  readonly epoch: number;
  readonly startOffset: number;
}

/** A piece of the log: what retention deletes and cleaning rewrites. Frozen once it is no longer the last one. */
export interface Segment {
  readonly baseOffset: number;
  readonly bytes: number;
  /** Largest timestamp of its first batch, −1 while it is empty: what rolling by time counts from. */
  readonly firstTimestamp: number;
  readonly largestTimestamp: number;
  /** When it became the last segment. */
  readonly createdAt: number;
  /** Without empty ones, except the last of the active segment. */
  readonly chunks: readonly LogChunk[];
  readonly aborted: readonly AbortedTransaction[];
  /** Producers as they were at its base offset, each with its last batch only; undefined: no snapshot was taken here. */
  readonly snapshot: readonly ProducerEntry[] | undefined;
}

/** The last segment. Its last chunk is still being filled and belongs to this log alone. */
export type ActiveSegment = { -readonly [K in keyof Omit<Segment, 'chunks'>]: Segment[K] } & {
  chunks: { readonly first: number; readonly cells: LogRecord[] }[];
};

/** The log of one replica. Plain data; `copyLog` copies a header and the chunk that is being filled. */
export interface LogState {
  /** All segments but the last one, ascending. Replaced, never changed. */
  sealed: readonly Segment[];
  active: ActiveSegment;
  logStartOffset: number;
  highWatermark: number;
  logEndOffset: number;
  epochs: readonly EpochEntry[];
  producers: Map<number, ProducerEntry>;
  /** Ascending by first offset. */
  unreplicated: readonly CompletedTransaction[];
  /** Up to here the cleaner has come; −1: it never ran. */
  cleanedTo: number;
}

/** Settings of a topic. Times in the caller's unit. */
export interface LogSettings {
  readonly cleanupPolicy: 'delete' | 'compact' | 'compact,delete';
  readonly segmentBytes: number;
  readonly segmentTime: number;
  /** −1: unlimited. */
  readonly retentionBytes: number;
  /** −1: unlimited. */
  readonly retentionTime: number;
  readonly maxMessageBytes: number;
  readonly minCleanableDirtyRatio: number;
  readonly minCompactionLag: number;
  readonly maxCompactionLag: number;
  readonly deleteRetention: number;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
}

/** Kafka's names of what can be wrong with an append or a read. */
export type LogError =
  | 'OFFSET_OUT_OF_RANGE'
  | 'MESSAGE_TOO_LARGE'
  | 'RECORD_LIST_TOO_LARGE'
  | 'INVALID_RECORD'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_TXN_STATE'
  | 'TRANSACTION_COORDINATOR_FENCED'
  | 'POLICY_VIOLATION';
