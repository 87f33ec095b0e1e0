import type { TopicPartition } from './partitions.ts';

/** Assignors that a client names in `partition.assignment.strategy`. */
export type ClientAssignor = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky';
/** Assignors that a broker names in `group.consumer.assignors` (KIP-848). */
export type ServerAssignor = 'uniform' | 'range';
/** Whose code assigns: the library of the group's leader. */
export type ClientLibrary = 'java' | 'librdkafka';

/** What a leader (or a broker) knows of one member when it assigns. */
export interface AssignMember {
  readonly memberId: string;
  /** `group.instance.id` of a static member. */
  readonly groupInstanceId?: string | undefined;
  /** Names of the topics it subscribes to; ones that do not exist are allowed. */
  readonly topics: readonly string[];
  /** Partitions it says it owns, or for brokers its target assignment so far. */
  readonly owned: readonly TopicPartition[];
  /** Generation in which it got `owned`; -1 when it has none. */
  readonly generation: number;
  /**
   * Generation in the Subscription itself where that differs from the one beside `owned`: the eager sticky assignor
   * keeps its own beside its last assignment, and a member whose generation was reset has -1 here.
   */
  readonly subscriptionGeneration?: number | undefined;
  /** `client.rack`. */
  readonly rackId?: string | undefined;
}

export interface AssignInput {
  /** Number of partitions of each topic; topics that nobody subscribes to do no harm. */
  readonly partitionsPerTopic: ReadonlyMap<string, number>;
  readonly members: readonly AssignMember[];
  /** Racks of the replicas: by topic, then by partition. */
  readonly partitionRacks?: ReadonlyMap<string, readonly (readonly string[])[]> | undefined;
  /** Highest generation that the leader's assignor object has met before: a Java sticky assignor remembers it. */
  readonly maxGenerationSeen?: number | undefined;
  /** Match racks even where every partition has replicas in all racks: a switch of Kafka's own unit tests. */
  readonly preferRackAwareLogic?: boolean | undefined;
}

/** By member id, in ascending order of the ids; every member is there; partitions in ascending order. */
export type GroupAssignment = ReadonlyMap<string, readonly TopicPartition[]>;
