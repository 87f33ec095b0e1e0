export type {
  HeartbeatRequest,
  JoinedMember,
  JoinGroupRequest,
  JoinGroupResponse,
  JoinProtocol,
  LeaveGroupRequest,
  LeaveGroupResponse,
  LeavingMember,
  Opaque,
  RequestToken,
  SyncGroupRequest,
  SyncGroupResponse,
} from './classic/messages.ts';
export { type ClassicConfig, type ClassicGroup, type ClassicMember, type ClassicState, waitingToRejoin } from './classic/state.ts';
export {
  type Coordinator,
  type CoordinatorEnv,
  commitOffsets,
  consumerGroupHeartbeat,
  copyCoordinator,
  createCoordinator,
  expire,
  fetchOffsets,
  type Group,
  heartbeat,
  joinGroup,
  leaveGroup,
  nextDeadline,
  noteTopicsChanged,
  type OffsetFetchRequest,
  shareGroupHeartbeat,
  syncGroup,
} from './coordinator.ts';
export type { GroupError } from './errors.ts';
export { javaHashCode, partitionFor } from './javaHash.ts';
export { brokerAssignors } from './modern/assignors.ts';
export type { ModernEnv, TargetAssignor, TargetMember } from './modern/heartbeat.ts';
export {
  type HeartbeatRequest as ModernHeartbeatRequest,
  type HeartbeatResponse as ModernHeartbeatResponse,
  LEAVE_EPOCH,
  LEAVE_STATIC_EPOCH,
} from './modern/messages.ts';
export type { ModernConfig, ModernGroup, ModernMember, ModernState } from './modern/state.ts';
export type { CommittedOffset, FetchedOffset, OffsetCommitRequest, OffsetCommitResponse, Offsets } from './offsets.ts';
export type { Answer, EpochReason, GroupEvent, LeaveReason, Outcome, RebalanceReason } from './outcome.ts';
export type { Partitions } from './partitions.ts';
export { type GroupRecord, type MemberState, type OffsetValue, recordKey } from './records.ts';
export { simpleShareAssignor } from './share/assignor.ts';
export {
  type AcknowledgementBatch,
  type AcknowledgeType,
  type AcquiredRecords,
  acknowledge,
  acquire,
  canAcquire,
  copySharePartition,
  createSharePartition,
  expireLocks,
  fromSnapshot,
  moveLogStart,
  nextFetchOffset,
  nextLockDeadline,
  type RecordState,
  releaseMember,
  type ShareChange,
  type ShareConfig,
  type SharePartition,
  type ShareRecord,
  type ShareSnapshot,
  snapshotOf,
} from './share/partition.ts';
export { deleteGroup, endTransaction, type LoggedRecord, load, removeExpired, unload } from './upkeep.ts';
