import { broken } from '../../../../base/index.ts';
import type { BrokerId, Random } from '../image.ts';

export interface PlacementBroker {
  readonly id: BrokerId;
  readonly rack?: string | undefined;
}

export interface ZkPlacement {
  /** Brokers in ascending order of id, as ZooKeeper's children are read. */
  readonly brokers: readonly PlacementBroker[];
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Where the first partition's first replica sits; drawn unless given (adding partitions continues where the topic began). */
  readonly fixedStartIndex?: number;
  /** Number of the first partition, for partitions that are added. */
  readonly startPartition?: number;
}

/** Kafka's exception and its sentence. */
export interface PlacementError {
  readonly exception: 'InvalidPartitionsException' | 'InvalidReplicationFactorException' | 'AdminOperationException';
  readonly message: string;
}

/**
 * Replica lists by partition number, ZooKeeper era: first replicas go round the brokers from a random one, the others follow at
 * a distance that grows with each round; with racks, no two replicas share one before all have one. Source: AdminUtils.
 */
export function assignReplicasToBrokers(wish: ZkPlacement, random: Random): ReadonlyMap<number, readonly BrokerId[]> | PlacementError {
  const { brokers, partitions, replicationFactor } = wish;
  const fail = (exception: PlacementError['exception'], message: string): PlacementError => ({ exception, message });
  if (partitions <= 0) return fail('InvalidPartitionsException', 'Number of partitions must be larger than 0.');
  if (replicationFactor <= 0) return fail('InvalidReplicationFactorException', 'Replication factor must be larger than 0.');
  if (replicationFactor > brokers.length) {
    const message = `Replication factor: ${replicationFactor} larger than available brokers: ${brokers.length}.`;
    return fail('InvalidReplicationFactorException', message);
  }
  const racked = brokers.filter((broker) => broker.rack !== undefined);
  if (racked.length > 0 && racked.length < brokers.length)
    return fail('AdminOperationException', 'Not all brokers have rack information for replica rack aware assignment.');
  const order = racked.length > 0 ? rackAlternated(brokers) : brokers;
  const start = wish.fixedStartIndex ?? random(order.length);
  let shift = wish.fixedStartIndex ?? random(order.length);
  const assignment = new Map<number, readonly BrokerId[]>();
  const from = Math.max(0, wish.startPartition ?? 0);
  for (let partition = from; partition < from + partitions; partition += 1) {
    if (partition > 0 && partition % order.length === 0) shift += 1;
    const first = (partition + start) % order.length;
    const replicas = racked.length > 0 ? spread(order, first, shift, replicationFactor) : follow(order, first, shift, replicationFactor);
    assignment.set(partition, replicas);
  }
  return assignment;
}

export function isPlacementError(outcome: ReadonlyMap<number, readonly BrokerId[]> | PlacementError): outcome is PlacementError {
  return 'exception' in outcome;
}

/** Index of the nth further replica: it skips the first one's place. */
function replicaIndex(first: number, shift: number, nth: number, count: number): number {
  return count === 1 ? 0 : (first + 1 + ((shift + nth) % (count - 1))) % count;
}

function at(order: readonly PlacementBroker[], index: number): PlacementBroker {
  return order[index] ?? broken('an index lies in the circle');
}

function follow(order: readonly PlacementBroker[], first: number, shift: number, factor: number): readonly BrokerId[] {
  const replicas = [at(order, first).id];
  for (let nth = 0; nth < factor - 1; nth += 1) replicas.push(at(order, replicaIndex(first, shift, nth, order.length)).id);
  return replicas;
}

function spread(order: readonly PlacementBroker[], first: number, shift: number, factor: number): readonly BrokerId[] {
  const rackCount = new Set(order.map((broker) => broker.rack)).size;
  const leader = at(order, first);
  const [racks, replicas] = [new Set([leader.rack]), [leader.id]];
  for (let nth = 0; replicas.length < factor; nth += 1) {
    const broker = at(order, replicaIndex(first, shift * rackCount, nth, order.length));
    const isRackFree = !racks.has(broker.rack) || racks.size === rackCount;
    if (!isRackFree || replicas.includes(broker.id)) continue;
    racks.add(broker.rack);
    replicas.push(broker.id);
  }
  return replicas;
}

/** One broker of each rack in turn: a1 b1 c1 a2 b2 c2 … */
function rackAlternated(brokers: readonly PlacementBroker[]): readonly PlacementBroker[] {
  const byRack = new Map<string, PlacementBroker[]>();
  for (const broker of [...brokers].sort((a, b) => a.id - b.id)) {
    const rack = broker.rack ?? '';
    byRack.set(rack, [...(byRack.get(rack) ?? []), broker]);
  }
  const racks = [...byRack].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
  const order: PlacementBroker[] = [];
  for (let round = 0; order.length < brokers.length; round += 1)
    for (const members of racks) {
      const broker = members[round];
      if (broker) order.push(broker);
    }
  return order;
}
