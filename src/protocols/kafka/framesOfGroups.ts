import type { Answer, ErrorName, Exchange, FetchedRecord } from './frames.ts';
import type { KafkaMessage } from './message.ts';

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
  /** Partitions whose acknowledgements, sent along with the request, were not taken. */
  readonly acknowledgeErrors?: { readonly [tp: string]: ErrorName };
  readonly messages?: readonly KafkaMessage[];
}
export interface ShareAcknowledgeRequest extends Exchange {
  readonly verb: 'ShareAcknowledge';
  readonly group: string;
  readonly memberId: string;
  readonly acknowledgements: readonly ShareAcknowledgement[];
  /** The member closes its session: what it still has is given back. */
  readonly isFinal?: boolean;
}
export interface ShareAcknowledgeResponse extends Answer {
  readonly verb: 'ShareAcknowledgeResponse';
}
