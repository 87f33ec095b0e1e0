import { assert } from '../../../base/index.ts';

export type BrokerId = number;
/** A draw of a whole number in [0, below). */
export type Random = (below: number) => number;

/** The leader of a partition that has none: it is offline. */
export const NO_LEADER = -1;

/**
 * One partition as the cluster's metadata has it. `leaderEpoch` grows with every change of leader, `partitionEpoch` with
 * every change at all (in ZooKeeper mode it is the version of the state znode).
 */
export interface PartitionRegistration {
  /** In order of preference: the first is the preferred leader. */
  readonly replicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  readonly leader: BrokerId;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** `RECOVERING`: elected uncleanly, and the new leader has not said yet that it is through with it. */
  readonly leaderRecoveryState: 'RECOVERED' | 'RECOVERING';
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
  /** Eligible leader replicas (KIP-966): outside the ISR, yet they hold everything that was ever committed. */
  readonly elr: readonly BrokerId[];
  /** With ELR on: the last leader of a partition that has nobody left in ISR and ELR. */
  readonly lastKnownElr: readonly BrokerId[];
}

export interface TopicImage {
  readonly name: string;
  readonly topicId: string;
  /** By partition number, without gaps. */
  readonly partitions: readonly PartitionRegistration[];
}

export interface BrokerRegistration {
  readonly id: BrokerId;
  /** Grows with every registration: tells a restarted broker's requests from those of its former life. */
  readonly epoch: number;
  /** Tells two processes with the same id apart. */
  readonly incarnation: string;
  readonly rack: string | undefined;
  /** Registered but not allowed to lead: not caught up yet, or its heartbeats stopped. */
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
}

export type Configs = ReadonlyMap<string, string>;

/**
 * All that brokers and controllers agree on. Immutable: a change is a new image that shares what did not change, so nodes and
 * checkpoints may keep as many as they like.
 */
export interface MetadataImage {
  /** In ascending order of id. */
  readonly brokers: ReadonlyMap<BrokerId, BrokerRegistration>;
  /** By topic id, in order of creation. */
  readonly topics: ReadonlyMap<string, TopicImage>;
  readonly topicIds: ReadonlyMap<string, string>;
  readonly topicConfigs: ReadonlyMap<string, Configs>;
  /** Dynamic defaults of the whole cluster (`kafka-configs --entity-default`). */
  readonly clusterConfigs: Configs;
}

const NO_CONFIGS: Configs = new Map();

export function emptyImage(): MetadataImage {
  return { brokers: new Map(), topics: new Map(), topicIds: new Map(), topicConfigs: new Map(), clusterConfigs: NO_CONFIGS };
}

export function topicNamed(image: MetadataImage, name: string): TopicImage | undefined {
  const id = image.topicIds.get(name);
  return id === undefined ? undefined : image.topics.get(id);
}

export function partitionOf(image: MetadataImage, topic: string, partition: number): PartitionRegistration | undefined {
  return topicNamed(image, topic)?.partitions[partition];
}

/** Registered, unfenced and not on its way out: it may lead and be in ISRs. */
export function isActive(image: MetadataImage, broker: BrokerId): boolean {
  const registration = image.brokers.get(broker);
  return registration !== undefined && !registration.fenced && !registration.inControlledShutdown;
}

export function preferredLeader(partition: PartitionRegistration): BrokerId {
  const [first] = partition.replicas;
  assert(first !== undefined, 'a partition has replicas');
  return first;
}

export function isBeingReassigned(partition: PartitionRegistration): boolean {
  return partition.addingReplicas.length > 0 || partition.removingReplicas.length > 0;
}

/** The value in force: the topic's own, else the cluster's dynamic default, else what the servers' files say. */
export function topicConfig(image: MetadataImage, topic: string, name: string, fallback: string): string {
  return image.topicConfigs.get(topic)?.get(name) ?? image.clusterConfigs.get(name) ?? fallback;
}

/** `min.insync.replicas` in force, never more than the topic has replicas. */
export function effectiveMinIsr(image: MetadataImage, topic: TopicImage, fallback: number): number {
  const configured = Number(topicConfig(image, topic.name, 'min.insync.replicas', `${fallback}`));
  return Math.min(configured, topic.partitions[0]?.replicas.length ?? configured);
}

export function isUncleanElectionEnabled(image: MetadataImage, topic: string, fallback: boolean): boolean {
  return topicConfig(image, topic, 'unclean.leader.election.enable', `${fallback}`) === 'true';
}

/** Partitions in order of their topics' creation. */
export function* allPartitions(
  image: MetadataImage,
): Generator<{ readonly topic: TopicImage; readonly index: number; readonly partition: PartitionRegistration }> {
  for (const topic of image.topics.values()) for (const [index, partition] of topic.partitions.entries()) yield { topic, index, partition };
}

export function sameIds(a: readonly BrokerId[], b: readonly BrokerId[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

/** Kafka shows topic ids as 22 characters of base64url; drawn by the caller's source of chance. */
export function newTopicId(random: Random): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let id = '';
  while (id.length < 22) id += alphabet.charAt(random(alphabet.length));
  return id;
}
