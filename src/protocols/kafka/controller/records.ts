import { assert } from '../../../base/index.ts';
import type { BrokerId, BrokerRegistration, MetadataImage, PartitionRegistration, TopicImage } from './image.ts';

/** What the metadata log holds, with the names of Kafka's own record types. Plain frozen data. */
export type MetadataRecord =
  | RegisterBrokerRecord
  | UnregisterBrokerRecord
  | BrokerRegistrationChangeRecord
  | TopicRecord
  | RemoveTopicRecord
  | PartitionRecord
  | PartitionChangeRecord
  | ConfigRecord
  | { readonly type: 'NoOpRecord' };

export interface RegisterBrokerRecord {
  readonly type: 'RegisterBrokerRecord';
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
  readonly incarnationId: string;
  readonly rack?: string;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
}

export interface UnregisterBrokerRecord {
  readonly type: 'UnregisterBrokerRecord';
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
}

export interface BrokerRegistrationChangeRecord {
  readonly type: 'BrokerRegistrationChangeRecord';
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
  readonly fenced?: boolean;
  readonly inControlledShutdown?: true;
}

export interface TopicRecord {
  readonly type: 'TopicRecord';
  readonly name: string;
  readonly topicId: string;
}

export interface RemoveTopicRecord {
  readonly type: 'RemoveTopicRecord';
  readonly topicId: string;
}

export interface PartitionRecord extends PartitionRegistration {
  readonly type: 'PartitionRecord';
  readonly topicId: string;
  readonly partitionId: number;
}

/** Only what changes. A leader that is named, even the same one, raises the leader epoch. */
export interface PartitionChangeRecord {
  readonly type: 'PartitionChangeRecord';
  readonly topicId: string;
  readonly partitionId: number;
  readonly isr?: readonly BrokerId[];
  readonly leader?: BrokerId;
  readonly replicas?: readonly BrokerId[];
  readonly removingReplicas?: readonly BrokerId[];
  readonly addingReplicas?: readonly BrokerId[];
  readonly leaderRecoveryState?: PartitionRegistration['leaderRecoveryState'];
  readonly eligibleLeaderReplicas?: readonly BrokerId[];
  readonly lastKnownElr?: readonly BrokerId[];
}

/** A topic's config, or ('' as name) the cluster's default. A null value deletes. */
export interface ConfigRecord {
  readonly type: 'ConfigRecord';
  readonly resourceType: 'TOPIC' | 'BROKER';
  readonly resourceName: string;
  readonly name: string;
  readonly value: string | null;
}

/** The partition after a change record. */
export function mergeChange(partition: PartitionRegistration, change: PartitionChangeRecord): PartitionRegistration {
  return {
    replicas: change.replicas ?? partition.replicas,
    isr: change.isr ?? partition.isr,
    leader: change.leader ?? partition.leader,
    leaderEpoch: partition.leaderEpoch + (change.leader === undefined ? 0 : 1),
    partitionEpoch: partition.partitionEpoch + 1,
    leaderRecoveryState: change.leaderRecoveryState ?? partition.leaderRecoveryState,
    addingReplicas: change.addingReplicas ?? partition.addingReplicas,
    removingReplicas: change.removingReplicas ?? partition.removingReplicas,
    elr: change.eligibleLeaderReplicas ?? partition.elr,
    lastKnownElr: change.lastKnownElr ?? partition.lastKnownElr,
  };
}

/** The image after one record; records come from a log, so one that does not fit is a bug. */
export function applyRecord(image: MetadataImage, record: MetadataRecord): MetadataImage {
  switch (record.type) {
    case 'RegisterBrokerRecord':
      return withBroker(image, {
        id: record.brokerId,
        epoch: record.brokerEpoch,
        incarnation: record.incarnationId,
        rack: record.rack,
        fenced: record.fenced,
        inControlledShutdown: record.inControlledShutdown,
      });
    case 'UnregisterBrokerRecord': {
      const brokers = new Map(image.brokers);
      brokers.delete(record.brokerId);
      return { ...image, brokers };
    }
    case 'BrokerRegistrationChangeRecord':
      return changeBroker(image, record);
    case 'TopicRecord':
      return {
        ...image,
        topics: new Map(image.topics).set(record.topicId, { name: record.name, topicId: record.topicId, partitions: [] }),
        topicIds: new Map(image.topicIds).set(record.name, record.topicId),
      };
    case 'RemoveTopicRecord':
      return removeTopic(image, record.topicId);
    case 'PartitionRecord': {
      const { type: _, topicId, partitionId, ...partition } = record;
      return withPartition(image, topicId, partitionId, partition);
    }
    case 'PartitionChangeRecord': {
      const partition = image.topics.get(record.topicId)?.partitions[record.partitionId];
      assert(partition !== undefined, 'a change follows its partition');
      return withPartition(image, record.topicId, record.partitionId, mergeChange(partition, record));
    }
    case 'ConfigRecord':
      return withConfig(image, record);
    case 'NoOpRecord':
      return image;
  }
}

export function applyRecords(image: MetadataImage, records: readonly MetadataRecord[]): MetadataImage {
  return records.reduce(applyRecord, image);
}

function withBroker(image: MetadataImage, broker: BrokerRegistration): MetadataImage {
  const brokers = new Map(image.brokers).set(broker.id, broker);
  return { ...image, brokers: image.brokers.has(broker.id) ? brokers : new Map([...brokers].sort(([a], [b]) => a - b)) };
}

function changeBroker(image: MetadataImage, record: BrokerRegistrationChangeRecord): MetadataImage {
  const broker = image.brokers.get(record.brokerId);
  assert(broker !== undefined && broker.epoch === record.brokerEpoch, 'a change follows its registration');
  return withBroker(image, {
    ...broker,
    fenced: record.fenced ?? broker.fenced,
    // Only a new registration ends a controlled shutdown.
    inControlledShutdown: record.inControlledShutdown ?? broker.inControlledShutdown,
  });
}

function removeTopic(image: MetadataImage, topicId: string): MetadataImage {
  const topic = image.topics.get(topicId);
  assert(topic !== undefined, 'a removal follows its topic');
  const [topics, topicIds, topicConfigs] = [new Map(image.topics), new Map(image.topicIds), new Map(image.topicConfigs)];
  topics.delete(topicId);
  topicIds.delete(topic.name);
  topicConfigs.delete(topic.name);
  return { ...image, topics, topicIds, topicConfigs };
}

function withPartition(image: MetadataImage, topicId: string, index: number, partition: PartitionRegistration): MetadataImage {
  const topic = image.topics.get(topicId);
  assert(topic !== undefined && index <= topic.partitions.length, 'partitions follow their topic and one another');
  const partitions = [...topic.partitions];
  partitions[index] = partition;
  const changed: TopicImage = { ...topic, partitions };
  return { ...image, topics: new Map(image.topics).set(topicId, changed) };
}

function withConfig(image: MetadataImage, { resourceType, resourceName, name, value }: ConfigRecord): MetadataImage {
  if (resourceType === 'BROKER' && resourceName !== '') return image;
  const configs = new Map(resourceType === 'TOPIC' ? image.topicConfigs.get(resourceName) : image.clusterConfigs);
  if (value === null) configs.delete(name);
  else configs.set(name, value);
  if (resourceType === 'BROKER') return { ...image, clusterConfigs: configs };
  return { ...image, topicConfigs: new Map(image.topicConfigs).set(resourceName, configs) };
}
