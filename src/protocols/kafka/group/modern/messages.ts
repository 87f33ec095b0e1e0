import type { RequestToken } from '../classic/messages.ts';
import type { GroupError } from '../errors.ts';
import type { Partitions } from '../partitions.ts';

/** Epoch by which a member says that it goes. */
export const LEAVE_EPOCH = -1;
/** Epoch by which a static member says that it goes for a while. */
export const LEAVE_STATIC_EPOCH = -2;

/** ConsumerGroupHeartbeat and ShareGroupHeartbeat. What is undefined has not changed since the last one. */
export interface HeartbeatRequest {
  readonly token: RequestToken;
  /** Empty: the coordinator gives `newMemberId`. */
  readonly memberId: string;
  readonly newMemberId: string;
  /** 0 joins, -1 leaves, -2 leaves for a while. */
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly instanceId?: string;
  readonly rackId?: string;
  readonly rebalanceTimeout?: number;
  readonly subscribedTopics?: readonly string[];
  readonly serverAssignor?: string;
  /** What the member holds now; absence from it tells that a revoked partition is free. */
  readonly ownedPartitions?: Partitions;
}
export interface HeartbeatResponse {
  readonly error: GroupError;
  readonly memberId?: string;
  readonly memberEpoch?: number;
  readonly heartbeatInterval?: number;
  /** Undefined: unchanged. */
  readonly assignment?: Partitions;
}
