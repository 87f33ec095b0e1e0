import type { BrokerId, PartitionRegistration } from '../image.ts';

/** The leader of a partition that is being deleted: clients lose sight of it. */
export const LEADER_DURING_DELETE = -2;

/** A partition as the controller tells brokers of it. `controllerEpoch`: of the controller that wrote the state last. */
export interface ControlledPartition extends PartitionRegistration {
  readonly topic: string;
  readonly partition: number;
  readonly controllerEpoch: number;
}

interface From {
  readonly controllerId: BrokerId;
  /** Requests of a controller that has been replaced are refused (STALE_CONTROLLER_EPOCH). */
  readonly controllerEpoch: number;
  /** The life of the receiver that is meant (STALE_BROKER_EPOCH). */
  readonly brokerEpoch: number;
}

/** What a ZooKeeper-era controller orders. */
export type ControlRequest =
  /** Lead or follow these partitions. `isNew`: the replica did not exist before. */
  | ({ readonly type: 'LeaderAndIsr'; readonly partitions: readonly (ControlledPartition & { readonly isNew: boolean })[] } & From)
  /** What clients are to be told: living brokers and the partitions that changed. Leader -2 means being deleted. */
  | ({
      readonly type: 'UpdateMetadata';
      readonly liveBrokers: readonly { readonly id: BrokerId; readonly rack: string | undefined }[];
      readonly partitions: readonly ControlledPartition[];
    } & From)
  | ({
      readonly type: 'StopReplica';
      readonly partitions: readonly {
        readonly topic: string;
        readonly partition: number;
        readonly leaderEpoch: number;
        readonly deletePartition: boolean;
      }[];
    } & From);
