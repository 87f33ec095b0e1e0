import type { Frame } from '../../engine/index.ts';
import type { ControllerAnswer, ControllerError, ControllerRequest, ControlRequest, ZkControllerAnswer } from './controller/index.ts';
import type { QuorumMessage } from './controller/quorum/types.ts';
import type { Answer, ErrorName, Exchange } from './frames.ts';
import type { ShareSnapshot } from './group/index.ts';
import type { FetchAnswer } from './replication/index.ts';

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

// Between brokers: a transaction's coordinator has its end written into each partition that it touched.
export interface WriteTxnMarkersRequest extends Exchange {
  readonly verb: 'WriteTxnMarkers';
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly isCommit: boolean;
  readonly partitions: readonly string[];
}
export interface WriteTxnMarkersResponse extends Exchange {
  readonly verb: 'WriteTxnMarkersResponse';
  readonly results: readonly { readonly tp: string; readonly error: ErrorName }[];
}

// Between brokers: a partition's leader keeps the state of share groups with the share coordinator.
interface OfShare extends Exchange {
  readonly group: string;
  readonly tp: string;
  /** Epoch of the leader that asks: an older one is fenced. */
  readonly leaderEpoch: number;
}
export interface ReadShareGroupStateRequest extends OfShare {
  readonly verb: 'ReadShareGroupState';
}
export interface ReadShareGroupStateResponse extends Answer {
  readonly verb: 'ReadShareGroupStateResponse';
  /** Undefined: nothing was written yet. */
  readonly snapshot: ShareSnapshot | undefined;
}
export interface WriteShareGroupStateRequest extends OfShare {
  readonly verb: 'WriteShareGroupState';
  readonly snapshot: ShareSnapshot;
}
export interface WriteShareGroupStateResponse extends Answer {
  readonly verb: 'WriteShareGroupStateResponse';
}

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
/** Its answer, under the name of the API that was asked. */
export interface ControllerResponseFrame extends Exchange {
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
