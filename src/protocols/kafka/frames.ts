import type { Frame } from '../../engine/index.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  HeartbeatRequest,
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchRequest,
  OffsetFetchResponse,
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
  ShareFetchRequest,
  ShareFetchResponse,
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from './framesOfGroups.ts';
import type { KafkaMessage } from './message.ts';

export type * from './framesOfBrokers.ts';
export type * from './framesOfGroups.ts';

/*
 * Requests and responses under Kafka's own API names. A response has the verb of its request with `Response` behind and
 * carries the same `correlation`. What stands behind a dot tells kinds of traffic apart on the screen alone:
 * `Fetch.replica` is a follower's Fetch, `FetchResponse.empty` one without records. Partitions go by name (`orders-0`),
 * brokers by node id; times are µs.
 */

/** Error codes by their names in the protocol; '' = NONE. */
export type ErrorName =
  | ''
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'NOT_LEADER_OR_FOLLOWER'
  | 'LEADER_NOT_AVAILABLE'
  | 'FENCED_LEADER_EPOCH'
  | 'UNKNOWN_LEADER_EPOCH'
  | 'OFFSET_OUT_OF_RANGE'
  | 'NOT_ENOUGH_REPLICAS'
  | 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'
  | 'REQUEST_TIMED_OUT'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'DUPLICATE_SEQUENCE_NUMBER'
  | 'UNKNOWN_PRODUCER_ID'
  | 'INVALID_PRODUCER_EPOCH'
  | 'PRODUCER_FENCED'
  | 'INVALID_TXN_STATE'
  | 'CONCURRENT_TRANSACTIONS'
  | 'INVALID_PRODUCER_ID_MAPPING'
  | 'INVALID_TRANSACTION_TIMEOUT'
  | 'TRANSACTION_COORDINATOR_FENCED'
  | 'UNSTABLE_OFFSET_COMMIT'
  | 'INVALID_RECORD'
  | 'COORDINATOR_NOT_AVAILABLE'
  | 'COORDINATOR_LOAD_IN_PROGRESS'
  | 'NOT_COORDINATOR'
  | 'ILLEGAL_GENERATION'
  | 'UNKNOWN_MEMBER_ID'
  | 'MEMBER_ID_REQUIRED'
  | 'REBALANCE_IN_PROGRESS'
  | 'INCONSISTENT_GROUP_PROTOCOL'
  | 'INVALID_SESSION_TIMEOUT'
  | 'FENCED_INSTANCE_ID'
  | 'FENCED_MEMBER_EPOCH'
  | 'STALE_MEMBER_EPOCH'
  | 'UNRELEASED_INSTANCE_ID'
  | 'GROUP_MAX_SIZE_REACHED'
  | 'GROUP_ID_NOT_FOUND'
  | 'INVALID_RECORD_STATE'
  | (string & {});

export interface Exchange extends Frame {
  /** The sender's own number; the response repeats it. */
  readonly correlation: number;
}
export interface Answer extends Exchange {
  readonly error: ErrorName;
}

// Metadata: any broker answers from what it knows.
export interface PartitionMetadata {
  /** Node id; -1 = none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}
export interface MetadataRequest extends Exchange {
  readonly verb: 'Metadata';
}
export interface MetadataResponse extends Answer {
  readonly verb: 'MetadataResponse';
  /** Brokers that are up, by the knowledge of the one that answers. */
  readonly brokers: readonly number[];
  readonly topics: { readonly [topic: string]: readonly PartitionMetadata[] };
  /** Racks of the replicas' brokers, as far as they have any: node id → rack. */
  readonly racks: { readonly [node: string]: string };
}
export interface FindCoordinatorRequest extends Exchange {
  readonly verb: 'FindCoordinator';
  readonly keyType: 'group' | 'transaction';
  readonly key: string;
}
export interface FindCoordinatorResponse extends Answer {
  readonly verb: 'FindCoordinatorResponse';
  readonly node: number;
}

// Produce.
/** Records of one partition that are written together. */
export interface ProduceBatch {
  readonly tp: string;
  /** -1 without idempotence. */
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Sequence number of the first record; -1 without idempotence. */
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly records: readonly KafkaMessage[];
}
export interface ProduceRequest extends Exchange {
  readonly verb: 'Produce';
  /** With 0 nothing is answered. */
  readonly acks: 0 | 1 | -1;
  /** How long the leader may wait for the others with acks=all, in µs. */
  readonly timeout: number;
  readonly transactionalId: string;
  readonly batches: readonly ProduceBatch[];
  /** All records, as the stage shows them. */
  readonly messages: readonly KafkaMessage[];
}
export interface ProduceResult {
  readonly tp: string;
  readonly error: ErrorName;
  /** Offset of the first record; -1 on an error. */
  readonly baseOffset: number;
}
export interface ProduceResponse extends Exchange {
  readonly verb: 'ProduceResponse';
  readonly results: readonly ProduceResult[];
}

// Fetch.
export interface FetchPartition {
  readonly tp: string;
  readonly offset: number;
  /** What the reader believes to be the leader's epoch; -1 = it does not say. */
  readonly leaderEpoch: number;
  readonly maxBytes: number;
}
export interface FetchRequest extends Exchange {
  readonly verb: 'Fetch';
  /** How long an empty answer may be kept back, in µs. */
  readonly maxWait: number;
  readonly minBytes: number;
  readonly isolation: 'read_uncommitted' | 'read_committed';
  /** The reader's rack; '' = none. */
  readonly rack: string;
  readonly partitions: readonly FetchPartition[];
}
/** A record that a reader is given, at its offset; control records (a transaction's end) do not come along. */
export interface FetchedRecord {
  readonly at: number;
  readonly source: KafkaMessage;
}
export interface FetchedPartition {
  readonly tp: string;
  readonly error: ErrorName;
  readonly highWatermark: number;
  readonly logStart: number;
  readonly records: readonly FetchedRecord[];
  /** Next offset to ask for: behind the last record, or further where aborted or removed records were passed over. */
  readonly nextOffset: number;
  /** Node to read from instead (the nearest replica); -1 = this one. */
  readonly preferredReplica: number;
}
export interface FetchResponse extends Exchange {
  readonly verb: 'FetchResponse' | 'FetchResponse.empty';
  readonly partitions: readonly FetchedPartition[];
  readonly messages?: readonly KafkaMessage[];
}
export interface ListOffsetsRequest extends Exchange {
  readonly verb: 'ListOffsets';
  /** earliest = the log start offset, latest = high watermark, or the last stable offset for read_committed. */
  readonly partitions: readonly { readonly tp: string; readonly at: 'earliest' | 'latest' }[];
  readonly isolation: 'read_uncommitted' | 'read_committed';
}
export interface ListOffsetsResponse extends Exchange {
  readonly verb: 'ListOffsetsResponse';
  readonly results: readonly { readonly tp: string; readonly error: ErrorName; readonly offset: number }[];
}

// Idempotence and transactions.
export interface InitProducerIdRequest extends Exchange {
  readonly verb: 'InitProducerId';
  /** '' = idempotence alone: any broker answers. Otherwise the transaction coordinator. */
  readonly transactionalId: string;
  readonly timeout: number;
  /** Of a transactional producer that wants its epoch raised after an error; -1 or absent = it has just begun. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
}
export interface InitProducerIdResponse extends Answer {
  readonly verb: 'InitProducerIdResponse';
  readonly producerId: number;
  readonly producerEpoch: number;
}
interface Transactional extends Exchange {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
}
export interface AddPartitionsToTxnRequest extends Transactional {
  readonly verb: 'AddPartitionsToTxn';
  readonly partitions: readonly string[];
}
export interface AddPartitionsToTxnResponse extends Answer {
  readonly verb: 'AddPartitionsToTxnResponse';
}
export interface EndTxnRequest extends Transactional {
  readonly verb: 'EndTxn';
  readonly isCommit: boolean;
}
export interface EndTxnResponse extends Answer {
  readonly verb: 'EndTxnResponse';
}
/** Offsets of a group will be committed with the transaction (sendOffsetsToTransaction); then they go to the group's coordinator. */
export interface AddOffsetsToTxnRequest extends Transactional {
  readonly verb: 'AddOffsetsToTxn';
  readonly group: string;
}
export interface AddOffsetsToTxnResponse extends Answer {
  readonly verb: 'AddOffsetsToTxnResponse';
}
export interface TxnOffsetCommitRequest extends Transactional {
  readonly verb: 'TxnOffsetCommit';
  readonly group: string;
  readonly memberId: string;
  readonly instanceId: string;
  /** -1 = without membership. */
  readonly generation: number;
  readonly offsets: { readonly [tp: string]: number };
}
export interface TxnOffsetCommitResponse extends Answer {
  readonly verb: 'TxnOffsetCommitResponse';
}

export type ClientRequest =
  | MetadataRequest
  | FindCoordinatorRequest
  | ProduceRequest
  | FetchRequest
  | ListOffsetsRequest
  | InitProducerIdRequest
  | AddPartitionsToTxnRequest
  | EndTxnRequest
  | AddOffsetsToTxnRequest
  | TxnOffsetCommitRequest
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest
  | ConsumerGroupHeartbeatRequest
  | ShareGroupHeartbeatRequest
  | ShareFetchRequest
  | ShareAcknowledgeRequest;

export type ClientResponse =
  | MetadataResponse
  | FindCoordinatorResponse
  | ProduceResponse
  | FetchResponse
  | ListOffsetsResponse
  | InitProducerIdResponse
  | AddPartitionsToTxnResponse
  | EndTxnResponse
  | AddOffsetsToTxnResponse
  | TxnOffsetCommitResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | LeaveGroupResponse
  | OffsetCommitResponse
  | OffsetFetchResponse
  | ConsumerGroupHeartbeatResponse
  | ShareGroupHeartbeatResponse
  | ShareFetchResponse
  | ShareAcknowledgeResponse;
