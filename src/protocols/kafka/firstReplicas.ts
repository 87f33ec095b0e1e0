import { replicasOf, type TopicConfig } from './configs.ts';
import { assignReplicasToBrokers, isPlacementError } from './controller/placement/zookeeper.ts';

/** A broker that may hold partitions; its rack is '' where none is set. */
export interface Placeable {
  readonly id: number;
  readonly rack: string;
}

/** Node ids of each partition of a topic that is there from the beginning: as its author wrote them, else as they are placed. */
export function firstReplicas(
  { partitions, replicationFactor, replicas }: Pick<TopicConfig, 'partitions' | 'replicationFactor' | 'replicas'>,
  brokers: readonly Placeable[],
): readonly (readonly number[])[] {
  const written = replicas === '' ? undefined : replicasOf(replicas);
  return written ?? place(partitions, replicationFactor, brokers);
}

/** Replicas go round the brokers from the first one on: real clusters begin at a broker of chance. */
export function place(partitions: number, factor: number, racked: readonly Placeable[]): readonly (readonly number[])[] {
  const brokers = racked.every(({ rack }) => rack !== '') ? racked : racked.map(({ id }) => ({ id }));
  const wish = { brokers, partitions, replicationFactor: Math.min(factor, brokers.length), fixedStartIndex: 0 };
  const placed = assignReplicasToBrokers(wish, () => 0);
  return isPlacementError(placed) ? [] : [...placed.values()];
}
