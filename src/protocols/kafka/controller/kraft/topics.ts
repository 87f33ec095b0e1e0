import { isRefusal, type Refusal, refuse } from '../errors.ts';
import { type BrokerId, isActive, type MetadataImage, newTopicId, type PartitionRegistration, type Random, topicNamed } from '../image.ts';
import { placeReplicas, type UsableBroker } from '../placement/kraft.ts';
import type { ConfigRecord, MetadataRecord, PartitionRecord } from '../records.ts';
import type { BrokerSessions } from './heartbeats.ts';
import type { KraftSettings } from './settings.ts';

export interface CreateTopic {
  readonly name: string;
  /** The brokers' default unless given. */
  readonly partitions?: number;
  readonly replicationFactor?: number;
  /** Replica lists by partition, instead of the two above. */
  readonly assignments?: readonly (readonly BrokerId[])[];
  readonly configs?: { readonly [name: string]: string };
}

/** Brokers that may be given replicas: registered and not on their way out. */
export function usableBrokers(image: MetadataImage, sessions: BrokerSessions): readonly UsableBroker[] {
  return [...image.brokers.values()].filter((broker) => (sessions.get(broker.id)?.controlledShutdownOffset ?? -1) < 0);
}

/** Records of a new topic: the topic, its configs, its partitions. ISR = those replicas that are alive, the first of them leads. */
export function createTopic(
  image: MetadataImage,
  settings: KraftSettings,
  brokers: readonly UsableBroker[],
  wish: CreateTopic,
  random: Random,
): readonly MetadataRecord[] | Refusal {
  const invalid = validateName(image, wish.name);
  if (invalid) return invalid;
  const lists = wish.assignments ? checkAssignments(image, wish.assignments) : placeNew(settings, brokers, wish, random);
  if (isRefusal(lists)) return lists;
  const topicId = newTopicId(random);
  const manual = wish.assignments !== undefined;
  const partitions = partitionRecords(image, topicId, 0, lists, manual);
  if (isRefusal(partitions)) return partitions;
  const configs = Object.entries(wish.configs ?? {}).map(
    ([name, value]): ConfigRecord => ({ type: 'ConfigRecord', resourceType: 'TOPIC', resourceName: wish.name, name, value }),
  );
  return [{ type: 'TopicRecord', name: wish.name, topicId }, ...configs, ...partitions];
}

function validateName(image: MetadataImage, name: string): Refusal | undefined {
  if (image.topicIds.has(name)) return refuse('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
  const isLegal = /^[a-zA-Z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..';
  if (!isLegal) return refuse('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: '${name}'`);
  // Names of metrics write a dot as an underscore: two such topics could not be told apart.
  const colliding = [...image.topicIds.keys()].find((other) => other.replaceAll('.', '_') === name.replaceAll('.', '_'));
  return colliding ? refuse('INVALID_TOPIC_EXCEPTION', `Topic '${name}' collides with existing topic: ${colliding}`) : undefined;
}

function placeNew(
  settings: KraftSettings,
  brokers: readonly UsableBroker[],
  wish: CreateTopic,
  random: Random,
): readonly (readonly BrokerId[])[] | Refusal {
  const factor = wish.replicationFactor ?? settings.defaultReplicationFactor;
  const partitions = wish.partitions ?? settings.numPartitions;
  if (factor <= 0) return refuse('INVALID_REPLICATION_FACTOR', 'Replication factor must be larger than 0, or -1 to use the default value.');
  if (partitions <= 0) return refuse('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
  const placed = placeReplicas(brokers, partitions, factor, random);
  return isRefusal(placed) ? refuse(placed.error, `Unable to replicate the partition ${factor} time(s): ${placed.message}`) : placed;
}

/** Replica lists by hand: known brokers, nobody twice, all of one length (`factor`, if the topic has one already). */
export function checkAssignments(
  image: MetadataImage,
  assignments: readonly (readonly BrokerId[])[],
  factor = assignments[0]?.length,
): readonly (readonly BrokerId[])[] | Refusal {
  const fail = (message: string): Refusal => refuse('INVALID_REPLICA_ASSIGNMENT', message);
  for (const replicas of assignments) {
    if (replicas.length === 0) return fail('The manual partition assignment includes an empty replica list.');
    const unknown = replicas.find((id) => !image.brokers.has(id));
    if (unknown !== undefined) return fail(`The manual partition assignment includes broker ${unknown}, but no such broker is registered.`);
    const twice = replicas.find((id, i) => replicas.indexOf(id) !== i);
    if (twice !== undefined) return fail(`The manual partition assignment includes the broker ${twice} more than once.`);
    if (replicas.length !== factor) {
      const others = `but this is not consistent with previous partitions, which have ${factor} replica(s).`;
      return fail(`The manual partition assignment includes a partition with ${replicas.length} replica(s), ${others}`);
    }
  }
  return assignments;
}

function partitionRecords(
  image: MetadataImage,
  topicId: string,
  from: number,
  lists: readonly (readonly BrokerId[])[],
  manual: boolean,
): readonly PartitionRecord[] | Refusal {
  const records: PartitionRecord[] = [];
  for (const [i, replicas] of lists.entries()) {
    const isr = replicas.filter((id) => isActive(image, id));
    if (isr.length === 0)
      return manual
        ? refuse('INVALID_REPLICA_ASSIGNMENT', `All brokers specified for partition ${from + i} are fenced or in controlled shutdown.`)
        : refuse('INVALID_REPLICATION_FACTOR', 'All brokers are currently fenced or in controlled shutdown.');
    records.push({ type: 'PartitionRecord', topicId, partitionId: from + i, ...newPartition(replicas, isr) });
  }
  return records;
}

/** A partition as it begins: every living replica is in sync, there is nothing to copy yet. */
export function newPartition(replicas: readonly BrokerId[], isr: readonly BrokerId[]): PartitionRegistration {
  const none: readonly BrokerId[] = [];
  const reassignment = { addingReplicas: none, removingReplicas: none, elr: none, lastKnownElr: none };
  return { replicas, isr, leader: isr[0] ?? -1, leaderEpoch: 0, partitionEpoch: 0, leaderRecoveryState: 'RECOVERED', ...reassignment };
}

/** More partitions for a topic, up to `count`. Keys go elsewhere from now on; what is there stays. */
export function createPartitions(
  image: MetadataImage,
  brokers: readonly UsableBroker[],
  wish: { readonly topic: string; readonly count: number; readonly assignments?: readonly (readonly BrokerId[])[] },
  random: Random,
): readonly MetadataRecord[] | Refusal {
  const topic = topicNamed(image, wish.topic);
  if (!topic) return refuse('UNKNOWN_TOPIC_OR_PARTITION');
  const present = topic.partitions.length;
  if (wish.count === present) return refuse('INVALID_PARTITIONS', `Topic already has ${present} partition(s).`);
  if (wish.count < present) {
    const message = `currently has ${present} partition(s); ${wish.count} would not be an increase.`;
    return refuse('INVALID_PARTITIONS', `The topic ${wish.topic} ${message}`);
  }
  const added = wish.count - present;
  const factor = topic.partitions[0]?.replicas.length ?? 1;
  if (wish.assignments && wish.assignments.length !== added) {
    const message = `Attempted to add ${added} additional partition(s), but only ${wish.assignments.length} assignment(s) were specified.`;
    return refuse('INVALID_REPLICA_ASSIGNMENT', message);
  }
  const lists = wish.assignments ? checkAssignments(image, wish.assignments, factor) : placeReplicas(brokers, added, factor, random);
  return isRefusal(lists) ? lists : partitionRecords(image, topic.topicId, present, lists, wish.assignments !== undefined);
}

export function deleteTopic(image: MetadataImage, name: string): readonly MetadataRecord[] | Refusal {
  const topic = topicNamed(image, name);
  return topic ? [{ type: 'RemoveTopicRecord', topicId: topic.topicId }] : refuse('UNKNOWN_TOPIC_OR_PARTITION');
}
