import type { ControllerError } from '../errors.ts';
import type { BrokerId, PartitionRegistration } from '../image.ts';
import type { AlterPartition, AlterPartitionAnswer } from '../kraft/alterPartition.ts';
import type { ControlRequest } from './requests.ts';
import type { TopicPartition, ZkOp } from './zookeeper.ts';

/** What the controller works off, one after another. Requests carry the ticket that their answer names. */
export type ZkEvent =
  /** The broker has a session with ZooKeeper and registers. */
  | { readonly type: 'startup'; readonly session: number }
  | { readonly type: 'registerAndReelect'; readonly session: number }
  | { readonly type: 'controllerChange' }
  | { readonly type: 'reelect' }
  | { readonly type: 'brokerChange' }
  | { readonly type: 'topicChange' }
  | { readonly type: 'partitionModifications'; readonly topic: string }
  | { readonly type: 'topicDeletion' }
  | { readonly type: 'isrChange' }
  | { readonly type: 'preferredElectionNode' }
  | { readonly type: 'uncleanElectionEnabled' }
  | { readonly type: 'rebalance' }
  | { readonly type: 'controlledShutdown'; readonly ticket: number; readonly brokerId: BrokerId; readonly brokerEpoch: number }
  | {
      readonly type: 'alterPartition';
      readonly ticket: number;
      readonly brokerId: BrokerId;
      readonly brokerEpoch: number;
      readonly partitions: readonly AlterPartition[];
    }
  | {
      readonly type: 'electLeaders';
      readonly ticket: number;
      readonly election: 'PREFERRED' | 'UNCLEAN';
      readonly partitions: readonly TopicPartition[];
    }
  | {
      readonly type: 'reassign';
      readonly ticket: number;
      readonly partitions: readonly (TopicPartition & { readonly replicas: readonly BrokerId[] })[];
    };

export interface ZkControllerAnswer {
  readonly error: ControllerError;
  /** ControlledShutdown: partitions that the broker still leads. It tries again while there are any. */
  readonly remaining?: readonly TopicPartition[];
  readonly partitions?: readonly AlterPartitionAnswer[];
  /** ElectLeaders, reassignments. */
  readonly results?: readonly (TopicPartition & { readonly error: ControllerError })[];
}

export type ZkEffect =
  | { readonly type: 'zookeeper'; readonly xid: number; readonly op: ZkOp }
  | { readonly type: 'request'; readonly to: BrokerId; readonly request: ControlRequest }
  | { readonly type: 'answer'; readonly ticket: number; readonly answer: ZkControllerAnswer }
  | { readonly type: 'registered'; readonly brokerEpoch: number }
  /** The znode of this id belongs to another session: the broker can't start before that has ended. */
  | { readonly type: 'registrationRefused' }
  | { readonly type: 'controller'; readonly active: boolean; readonly epoch: number }
  /** What the controller made of a partition; `why` is the strategy or the state machine that did it. */
  | {
      readonly type: 'elected';
      readonly topic: string;
      readonly partition: number;
      readonly why: string;
      readonly state: PartitionRegistration;
    }
  | { readonly type: 'electionFailed'; readonly topic: string; readonly partition: number; readonly why: string };
