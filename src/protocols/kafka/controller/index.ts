export * from './errors.ts';
export * from './image.ts';
export * from './kraft/alterPartition.ts';
export * from './kraft/controller.ts';
export * from './kraft/elections.ts';
export type { HeartbeatRequest } from './kraft/heartbeats.ts';
export * from './kraft/node.ts';
export * from './kraft/replica.ts';
export * from './kraft/settings.ts';
export * from './kraft/topics.ts';
export * from './kraft/updates.ts';
export * from './placement/kraft.ts';
export * from './placement/zookeeper.ts';
export * from './quorum/quorum.ts';
export * from './quorum/types.ts';
export * from './records.ts';
export * from './zk/cache.ts';
export {
  copyZkController,
  isActiveController,
  type Known,
  newZkController,
  type ZkController,
  type ZkSettings,
} from './zk/context.ts';
export * from './zk/controller.ts';
export * from './zk/elections.ts';
export * from './zk/events.ts';
export * from './zk/requests.ts';
export * from './zk/zookeeper.ts';
