import type { Frame } from '../../engine/index.ts';
import type { ControllerAnswer, ControllerError, ControllerRequest, ControlRequest, ZkControllerAnswer } from './controller/index.ts';
import type { QuorumMessage } from './controller/quorum/types.ts';
import type { KafkaMessage } from './message.ts';
import type { FetchAnswer } from './replication/index.ts';

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

interface Exchange extends Frame {
  /** The sender's own number; the response repeats it. */
  readonly correlation: number;
}
interface Answer extends Exchange {
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
/** A record as it lies in the log; a control record (a transaction's end) has no message. */
export interface FetchedRecord {
  readonly offset: number;
  readonly message: KafkaMessage | undefined;
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

// Groups, classic protocol. Answered by the group's coordinator.
export interface JoinGroupRequest extends Exchange {
  readonly verb: 'JoinGroup';
  readonly group: string;
  /** '' on the first try. */
  readonly memberId: string;
  /** The client's own name: what a generated member id begins with. */
  readonly clientId: string;
  /** '' = a dynamic member. */
  readonly instanceId: string;
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
  /** Assignors in order of preference, with the subscription that goes with each. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Subscription }[];
  readonly reason: string;
}
/** What a member says about itself to the group's leader. */
export interface Subscription {
  readonly topics: readonly string[];
  readonly owned: readonly string[];
  /** Generation in which it was given what it owns; -1 = none. */
  readonly generation: number;
  /** Generation of the member itself, where it is another one than that beside `owned` (sticky keeps its own). */
  readonly subscriptionGeneration?: number;
  readonly rack: string;
}
export interface JoinGroupResponse extends Answer {
  readonly verb: 'JoinGroupResponse';
  readonly generation: number;
  readonly protocol: string;
  readonly leader: string;
  readonly memberId: string;
  /** All members for the leader, nobody for the others. */
  readonly members: readonly { readonly memberId: string; readonly instanceId: string; readonly metadata: Subscription }[];
  /** The leader shall keep the assignment as it is (a static leader came back). */
  readonly skipAssignment: boolean;
}
interface OfMember extends Exchange {
  readonly group: string;
  readonly memberId: string;
  readonly instanceId: string;
}
interface OfGeneration extends OfMember {
  readonly generation: number;
}
export interface SyncGroupRequest extends OfGeneration {
  readonly verb: 'SyncGroup';
  /** From the leader: partitions of each member. */
  readonly assignments: { readonly [memberId: string]: readonly string[] };
}
export interface SyncGroupResponse extends Answer {
  readonly verb: 'SyncGroupResponse';
  readonly assignment: readonly string[];
}
export interface HeartbeatRequest extends OfGeneration {
  readonly verb: 'Heartbeat';
}
export interface HeartbeatResponse extends Answer {
  readonly verb: 'HeartbeatResponse';
}
export interface LeaveGroupRequest extends OfMember {
  readonly verb: 'LeaveGroup';
  readonly reason: string;
}
export interface LeaveGroupResponse extends Answer {
  readonly verb: 'LeaveGroupResponse';
}

// Offsets.
export interface OffsetCommitRequest extends OfMember {
  readonly verb: 'OffsetCommit';
  /** Generation or member epoch; -1 = without membership. */
  readonly generation: number;
  /** Next offset to read, by partition. */
  readonly offsets: { readonly [tp: string]: number };
}
export interface OffsetCommitResponse extends Answer {
  readonly verb: 'OffsetCommitResponse';
}
export interface OffsetFetchRequest extends Exchange {
  readonly verb: 'OffsetFetch';
  readonly group: string;
  readonly partitions: readonly string[];
}
export interface OffsetFetchResponse extends Answer {
  readonly verb: 'OffsetFetchResponse';
  /** Partitions without a committed offset are not in it. */
  readonly offsets: { readonly [tp: string]: number };
}

// Groups, consumer protocol (KIP-848).
export interface ConsumerGroupHeartbeatRequest extends OfMember {
  readonly verb: 'ConsumerGroupHeartbeat';
  /** 0 = joins, -1 = leaves, -2 = a static member leaves for a while. */
  readonly memberEpoch: number;
  readonly rebalanceTimeout: number;
  readonly topics: readonly string[];
  readonly serverAssignor: string;
  readonly owned: readonly string[];
  readonly rack: string;
}
export interface ConsumerGroupHeartbeatResponse extends Answer {
  readonly verb: 'ConsumerGroupHeartbeatResponse';
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly interval: number;
  /** Undefined = as before. */
  readonly assignment?: readonly string[];
}

// Share groups (KIP-932).
export interface ShareGroupHeartbeatRequest extends Exchange {
  readonly verb: 'ShareGroupHeartbeat';
  readonly group: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly topics: readonly string[];
}
export interface ShareGroupHeartbeatResponse extends Answer {
  readonly verb: 'ShareGroupHeartbeatResponse';
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly interval: number;
  readonly assignment?: readonly string[];
}
export interface ShareFetchRequest extends Exchange {
  readonly verb: 'ShareFetch';
  readonly group: string;
  readonly memberId: string;
  readonly maxWait: number;
  readonly maxRecords: number;
  readonly partitions: readonly string[];
  readonly acknowledgements: readonly ShareAcknowledgement[];
}
export interface ShareAcknowledgement {
  readonly tp: string;
  readonly first: number;
  readonly last: number;
  readonly type: 'accept' | 'release' | 'reject';
}
export interface ShareFetchResponse extends Answer {
  readonly verb: 'ShareFetchResponse' | 'ShareFetchResponse.empty';
  readonly partitions: readonly {
    readonly tp: string;
    readonly error: ErrorName;
    readonly records: readonly (FetchedRecord & { readonly deliveryCount: number })[];
  }[];
  readonly messages?: readonly KafkaMessage[];
}
export interface ShareAcknowledgeRequest extends Exchange {
  readonly verb: 'ShareAcknowledge';
  readonly group: string;
  readonly memberId: string;
  readonly acknowledgements: readonly ShareAcknowledgement[];
}
export interface ShareAcknowledgeResponse extends Answer {
  readonly verb: 'ShareAcknowledgeResponse';
}

// Between brokers: followers fetch. A session is incremental (KIP-227): a request names only partitions whose offset has
// changed since the last one, a response only those that have news.
export interface ReplicaFetchPartition {
  readonly tp: string;
  /** The follower's log end offset. */
  readonly offset: number;
  /** The leader's epoch as the follower knows it. */
  readonly leaderEpoch: number;
  /** Epoch of its last record, -1 = its log is empty: where both logs part, the leader says so. */
  readonly lastFetchedEpoch: number;
  readonly logStart: number;
}
export interface ReplicaFetchRequest extends Exchange {
  readonly verb: 'Fetch.replica';
  readonly node: number;
  readonly brokerEpoch: number;
  readonly maxWait: number;
  readonly isNewSession: boolean;
  readonly partitions: readonly ReplicaFetchPartition[];
}
export interface ReplicaFetched {
  readonly tp: string;
  readonly answer: FetchAnswer;
}
export interface ReplicaFetchResponse extends Exchange {
  /** `idle`: without records. */
  readonly verb: 'FetchResponse.replica' | 'FetchResponse.idle';
  readonly partitions: readonly ReplicaFetched[];
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

// Brokers and controllers.
/** Members of the metadata quorum talk: Vote, BeginQuorumEpoch, Fetch of the metadata log … */
export interface QuorumFrame extends Frame {
  readonly node: number;
  readonly quorum: QuorumMessage;
}
/** Before KRaft: a broker that wants to stop asks for others to lead its partitions. */
export interface ControlledShutdown {
  readonly type: 'ControlledShutdown';
  readonly brokerId: number;
  readonly brokerEpoch: number;
}
export type ClusterRequest = ControllerRequest | ControlledShutdown;
export type ClusterAnswer = Omit<ControllerAnswer, 'message' | 'results'> & Pick<ZkControllerAnswer, 'results' | 'remaining'>;

/** A broker asks the active controller: BrokerRegistration, BrokerHeartbeat, AlterPartition, CreateTopics … */
export interface ControllerRequestFrame extends Exchange {
  readonly request: ClusterRequest;
}
export interface ControllerResponseFrame extends Exchange {
  readonly verb: 'ControllerResponse';
  readonly answer: ClusterAnswer;
}
/** Before KRaft: the controller orders. */
export interface ControlRequestFrame extends Exchange {
  readonly verb: ControlRequest['type'];
  readonly control: ControlRequest;
}
export interface ControlResponseFrame extends Exchange {
  readonly verb: `${ControlRequest['type']}Response`;
  readonly controlError: ControllerError;
}
