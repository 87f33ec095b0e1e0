import type { Json } from '../../../../base/index.ts';
import type { GroupError } from '../errors.ts';

/** Whatever the caller knows a request by, to find it again when its answer comes later. */
export type RequestToken = number | string;
/** What members tell one another through the coordinator: it carries subscriptions and assignments and does not look into them. */
export type Opaque = Json;

/** One assignor that a member offers, in its order of preference, with its subscription for it. */
export interface JoinProtocol {
  readonly name: string;
  /** An object with `topics` tells the coordinator what the member is subscribed to. */
  readonly metadata: Opaque;
}

export interface JoinGroupRequest {
  readonly token: RequestToken;
  /** Empty: not a member yet. */
  readonly memberId: string;
  /** The id that the coordinator gives if it has to make one up (the caller makes it: client id, dash, random). */
  readonly newMemberId: string;
  readonly instanceId?: string;
  readonly clientId: string;
  /** `consumer` for consumers. */
  readonly protocolType: string;
  readonly protocols: readonly JoinProtocol[];
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
  /** False: JoinGroup before version 4 (clients older than 2.2): a new dynamic member is not sent back to come again with its id. */
  readonly isMemberIdRequired?: boolean;
  /** False: JoinGroup before version 9 (clients older than 3.2), which does not know `skipAssignment`. */
  readonly knowsSkipAssignment?: boolean;
}
export interface JoinedMember {
  readonly memberId: string;
  readonly instanceId?: string;
  readonly metadata: Opaque;
}
export interface JoinGroupResponse {
  readonly error: GroupError;
  readonly memberId: string;
  readonly generation: number;
  readonly leader?: string;
  readonly protocol?: string;
  /** Told to the leader alone. */
  readonly members: readonly JoinedMember[];
  /** A static leader came back: it is to keep the assignment and must not make a new one. */
  readonly skipAssignment: boolean;
}

export interface SyncGroupRequest {
  readonly token: RequestToken;
  readonly memberId: string;
  readonly instanceId?: string;
  readonly generation: number;
  readonly protocolType?: string;
  readonly protocolName?: string;
  /** The leader's; empty for the others. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Opaque }[];
}
export interface SyncGroupResponse {
  readonly error: GroupError;
  /** Null: nothing was assigned. */
  readonly assignment: Opaque;
  readonly protocol?: string;
}

export interface HeartbeatRequest {
  readonly token: RequestToken;
  readonly memberId: string;
  readonly instanceId?: string;
  readonly generation: number;
}
export interface LeaveGroupRequest {
  readonly token: RequestToken;
  /** A member, or a static one by its instance id alone (an administrator removes it). */
  readonly members: readonly LeavingMember[];
}
export interface LeavingMember {
  readonly memberId: string;
  readonly instanceId?: string;
}
export interface LeaveGroupResponse {
  readonly error: GroupError;
  readonly members: readonly { readonly memberId: string; readonly instanceId?: string; readonly error: GroupError }[];
}
