import type { JoinGroupResponse, LeaveGroupResponse, Opaque, RequestToken, SyncGroupResponse } from './classic/messages.ts';
import type { GroupError } from './errors.ts';
import type { HeartbeatResponse } from './modern/messages.ts';
import type { OffsetCommitResponse } from './offsets.ts';
import type { Partitions } from './partitions.ts';
import type { GroupRecord } from './records.ts';

/** An answer to the request of the token: to the one at hand, or to one that was parked earlier. */
export type Answer = { readonly token: RequestToken } & (
  | { readonly api: 'JoinGroup'; readonly response: JoinGroupResponse }
  | { readonly api: 'SyncGroup'; readonly response: SyncGroupResponse }
  | { readonly api: 'Heartbeat'; readonly response: { readonly error: GroupError } }
  | { readonly api: 'LeaveGroup'; readonly response: LeaveGroupResponse }
  | { readonly api: 'ConsumerGroupHeartbeat' | 'ShareGroupHeartbeat'; readonly response: HeartbeatResponse }
  | { readonly api: 'OffsetCommit' | 'TxnOffsetCommit'; readonly response: OffsetCommitResponse }
);

/** Why a group rebalances or a member goes: keys of texts. */
export type RebalanceReason =
  | 'member-added'
  | 'member-rejoined'
  | 'leader-rejoined'
  | 'metadata-changed'
  | 'static-member-replaced'
  | 'left'
  | 'session-expired'
  | 'sync-expired'
  | 'over-capacity';
export type LeaveReason =
  | 'left'
  | 'session-expired'
  | 'rebalance-expired'
  | 'sync-expired'
  | 'replaced'
  | 'group-full'
  | 'unloaded'
  /** It was sent away to come again with its id, and did not. */
  | 'never-joined';

/** What happened to a group: the broker tells each as a fact. */
export type GroupEvent = { readonly groupId: string } & (
  | { readonly what: 'state'; readonly from: string; readonly to: string; readonly epoch: number }
  | { readonly what: 'rebalance'; readonly reason: RebalanceReason; readonly memberId?: string; readonly epoch: number }
  /** Nobody answers yet: the window for further first members is open until `until`. */
  | { readonly what: 'delay'; readonly until: number; readonly isExtension: boolean }
  | { readonly what: 'member-id'; readonly memberId: string }
  | { readonly what: 'member-added'; readonly memberId: string; readonly instanceId?: string }
  | { readonly what: 'member-replaced'; readonly memberId: string; readonly oldMemberId: string; readonly instanceId: string }
  | { readonly what: 'member-removed'; readonly memberId: string; readonly instanceId?: string; readonly reason: LeaveReason }
  /** A static member went for a while: its place is kept. */
  | { readonly what: 'member-away'; readonly memberId: string; readonly instanceId: string }
  | { readonly what: 'leader'; readonly memberId: string }
  | {
      readonly what: 'generation';
      readonly generation: number;
      readonly protocol?: string;
      readonly members: readonly string[];
      readonly leader?: string;
    }
  | {
      readonly what: 'assigned';
      readonly generation: number;
      readonly assignments: readonly { readonly memberId: string; readonly assignment: Opaque }[];
    }
  | { readonly what: 'epoch'; readonly epoch: number; readonly reason: EpochReason; readonly memberId?: string }
  | {
      readonly what: 'target';
      readonly epoch: number;
      readonly assignor: string;
      readonly members: readonly { readonly memberId: string; readonly partitions: Partitions }[];
    }
  | {
      readonly what: 'reconciled';
      readonly memberId: string;
      readonly memberEpoch: number;
      readonly state: string;
      readonly assigned: Partitions;
      readonly pendingRevocation: Partitions;
    }
  | {
      readonly what: 'offset-committed';
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
      readonly producerId?: number;
    }
  | { readonly what: 'offset-expired'; readonly topic: string; readonly partition: number }
  | { readonly what: 'group-removed' }
);
/** Why a group of the consumer or share protocol got a new epoch. */
export type EpochReason = 'subscription-changed' | 'topics-changed' | 'member-removed';

/**
 * What one call brought about. The state has changed already; the answers may leave once `records` are in the log of
 * `__consumer_offsets` and its followers have them, for which the caller waits.
 */
export interface Outcome {
  readonly answers: Answer[];
  readonly events: GroupEvent[];
  readonly records: GroupRecord[];
}

export function nothingYet(): Outcome {
  return { answers: [], events: [], records: [] };
}
