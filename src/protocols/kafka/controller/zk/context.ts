import type { BrokerId } from '../image.ts';
import { NO_LEADER } from '../image.ts';
import type { ZkEvent } from './events.ts';
import type { ControlledPartition } from './requests.ts';
import type { Task } from './tasks.ts';
import type { TopicPartition, ZkAnswer, ZkOp } from './zookeeper.ts';

export type PartitionState = 'NewPartition' | 'OnlinePartition' | 'OfflinePartition';
export type ReplicaState = 'NewReplica' | 'OnlineReplica' | 'OfflineReplica' | 'ReplicaDeletionIneligible';

export interface LiveBroker {
  readonly id: BrokerId;
  /** The transaction that created its znode. */
  readonly epoch: number;
  readonly rack: string | undefined;
}

/** What the controller remembers of a partition. Without leadership its state znode is not there yet. */
export interface Known extends ControlledPartition {
  readonly hasLeadership: boolean;
}

export interface ZkSettings {
  readonly brokerId: BrokerId;
  readonly rack: string | undefined;
  readonly uncleanLeaderElection: boolean;
  readonly autoLeaderRebalance: boolean;
  /** `leader.imbalance.check.interval.seconds` (300 s); the first look comes `firstRebalance` (5 s) after the election. */
  readonly rebalanceInterval: number;
  readonly firstRebalance: number;
  /** `leader.imbalance.per.broker.percentage` (10). */
  readonly imbalancePercent: number;
  /** A new controller takes replicas of dead brokers out of their ISRs; of old it left that to the leaders. */
  readonly retiresAtFailover: boolean;
}

/** A request that is being put together for brokers: one send for everything that one change of states causes. */
export interface RequestBatch {
  readonly leaderAndIsr: ReadonlyMap<BrokerId, ReadonlyMap<string, ControlledPartition & { readonly isNew: boolean }>>;
  readonly stop: ReadonlyMap<
    BrokerId,
    ReadonlyMap<string, TopicPartition & { readonly leaderEpoch: number; readonly deletePartition: boolean }>
  >;
  readonly updateBrokers: readonly BrokerId[];
  readonly updatePartitions: ReadonlyMap<string, ControlledPartition>;
}

export const EMPTY_BATCH: RequestBatch = { leaderAndIsr: new Map(), stop: new Map(), updateBrokers: [], updatePartitions: new Map() };

/** The controller part of one ZooKeeper-era broker: active in one of them, waiting in all others. Plain data. */
export interface ZkController {
  readonly settings: ZkSettings;
  /** The broker that has /controller, -1 if nobody or unknown. */
  activeId: BrokerId;
  epoch: number;
  epochZkVersion: number;
  /** Paths whose watches this broker wants: what it reads there it watches. */
  childHandlers: readonly string[];
  nodeHandlers: readonly string[];
  readonly brokers: Map<BrokerId, LiveBroker>;
  shuttingDown: readonly BrokerId[];
  /** By `topic-partition`, in the order in which they became known. */
  readonly partitions: Map<string, Known>;
  readonly partitionStates: Map<string, PartitionState>;
  /** By `topic-partition@broker`. */
  readonly replicaStates: Map<string, ReplicaState>;
  batch: RequestBatch;
  /** Events that wait for the one in hand to be done, and what is left to do for that. */
  queue: readonly ZkEvent[];
  tasks: readonly Task[];
  /** Requests under way in ZooKeeper; the task goes on when all are answered. */
  awaiting:
    | {
        readonly firstXid: number;
        readonly ops: readonly ZkOp[];
        readonly answers: readonly (ZkAnswer | undefined)[];
        readonly resume: Task;
      }
    | undefined;
  nextXid: number;
  rebalanceAt: number;
}

export function newZkController(settings: ZkSettings): ZkController {
  return {
    settings,
    activeId: NO_LEADER,
    epoch: 0,
    epochZkVersion: 0,
    childHandlers: [],
    nodeHandlers: [],
    brokers: new Map(),
    shuttingDown: [],
    partitions: new Map(),
    partitionStates: new Map(),
    replicaStates: new Map(),
    batch: EMPTY_BATCH,
    queue: [],
    tasks: [],
    awaiting: undefined,
    nextXid: 1,
    rebalanceAt: Number.MAX_SAFE_INTEGER,
  };
}

export function copyZkController(state: ZkController): ZkController {
  return {
    ...state,
    brokers: new Map(state.brokers),
    partitions: new Map(state.partitions),
    partitionStates: new Map(state.partitionStates),
    replicaStates: new Map(state.replicaStates),
  };
}

export function isActiveController(state: ZkController): boolean {
  return state.activeId === state.settings.brokerId;
}

export function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

export function replicaKey(key: string, broker: BrokerId): string {
  return `${key}@${broker}`;
}

/** Alive, and not on its way out unless that does not matter. */
export function isReplicaOnline(state: ZkController, broker: BrokerId, orShuttingDown = false): boolean {
  return state.brokers.has(broker) && (orShuttingDown || !state.shuttingDown.includes(broker));
}

export function partitionsOn(state: ZkController, broker: BrokerId): readonly Known[] {
  return [...state.partitions.values()].filter((known) => known.replicas.includes(broker));
}

/** Forgets everything that only an active controller knows. */
export function forget(state: ZkController): void {
  for (const map of [state.brokers, state.partitions, state.partitionStates, state.replicaStates]) map.clear();
  state.shuttingDown = [];
  state.childHandlers = [];
  state.nodeHandlers = state.nodeHandlers.filter((path) => path === '/controller');
  state.batch = EMPTY_BATCH;
  state.epoch = 0;
  state.epochZkVersion = 0;
  state.rebalanceAt = Number.MAX_SAFE_INTEGER;
}
