import type { Opaque } from './classic/messages.ts';
import type { Partitions } from './partitions.ts';

/*
 * What a coordinator writes into its partition of `__consumer_offsets`: all that a new coordinator knows when it takes over.
 * A value of null is a tombstone. Records of one key replace one another (the topic is compacted).
 */

/** The classic group as of its last completed rebalance: what happens while it rebalances is written nowhere. */
export interface ClassicGroupValue {
  readonly protocolType: string | undefined;
  readonly protocol: string | undefined;
  readonly generation: number;
  readonly leader: string | undefined;
  readonly since: number;
  readonly members: readonly {
    readonly memberId: string;
    readonly instanceId?: string;
    readonly clientId: string;
    readonly rebalanceTimeout: number;
    readonly sessionTimeout: number;
    readonly subscription: Opaque;
    readonly assignment: Opaque;
  }[];
}
export interface OffsetValue {
  /** The next offset to read. */
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
  readonly committedAt: number;
}
/** What a member of the consumer or share protocol has said about itself. */
export interface MemberValue {
  readonly instanceId?: string;
  readonly rackId?: string;
  readonly clientId: string;
  readonly rebalanceTimeout: number;
  readonly subscribedTopics: readonly string[];
  readonly serverAssignor?: string;
}
export type MemberState = 'STABLE' | 'UNREVOKED_PARTITIONS' | 'UNRELEASED_PARTITIONS';
export interface CurrentAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: MemberState;
  readonly assigned: Partitions;
  readonly pendingRevocation: Partitions;
}
export type ModernProtocol = 'consumer' | 'share';

/** Types are Kafka's own names of the records; `ConsumerGroup…` and `ShareGroup…` records differ in `protocol` alone. */
export type ModernRecord = { readonly protocol: ModernProtocol; readonly groupId: string } & (
  | { readonly type: 'GroupEpoch'; readonly value: { readonly epoch: number } | null }
  | { readonly type: 'MemberMetadata'; readonly memberId: string; readonly value: MemberValue | null }
  | {
      readonly type: 'PartitionMetadata';
      readonly value: { readonly topics: readonly { readonly topic: string; readonly partitions: number }[] } | null;
    }
  /** `at`: when it was computed, for the next one may have to wait. */
  | { readonly type: 'TargetAssignmentMetadata'; readonly value: { readonly epoch: number; readonly at: number } | null }
  | { readonly type: 'TargetAssignmentMember'; readonly memberId: string; readonly value: { readonly partitions: Partitions } | null }
  | { readonly type: 'CurrentMemberAssignment'; readonly memberId: string; readonly value: CurrentAssignmentValue | null }
);
export interface GroupMetadataRecord {
  readonly type: 'GroupMetadata';
  readonly groupId: string;
  readonly value: ClassicGroupValue | null;
}
export interface OffsetCommitRecord {
  readonly type: 'OffsetCommit';
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly value: OffsetValue | null;
  /** Part of this producer's open transaction: it counts once a commit marker of the producer follows. */
  readonly producerId?: number;
}
export type GroupRecord = GroupMetadataRecord | OffsetCommitRecord | ModernRecord;

/** The record's key as text: two records of one key replace one another when the topic is compacted. */
export function recordKey(record: GroupRecord): string {
  if (record.type === 'GroupMetadata') return `GroupMetadata:${record.groupId}`;
  if (record.type === 'OffsetCommit') return `OffsetCommit:${record.groupId}:${record.topic}:${record.partition}`;
  const member = 'memberId' in record ? `:${record.memberId}` : '';
  return `${record.protocol}:${record.type}:${record.groupId}${member}`;
}
