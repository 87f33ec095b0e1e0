import type { ControllerError } from '../errors.ts';
import { type BrokerId, type MetadataImage, type PartitionRegistration, partitionOf, type TopicImage, topicNamed } from '../image.ts';
import { mergeChange, type PartitionChangeRecord } from '../records.ts';
import { buildPartitionChange } from './change.ts';
import { electionOf, type KraftSettings, targetOf } from './settings.ts';

/** A leader's wish to change the ISR of one of its partitions. */
export interface AlterPartition {
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly newIsr: readonly BrokerId[];
  /** Epochs of the brokers in `newIsr`, as the leader knows them from their fetches (KIP-903, since 3.5). */
  readonly isrBrokerEpochs?: readonly number[];
  readonly leaderRecoveryState?: PartitionRegistration['leaderRecoveryState'];
}

export interface AlterPartitionRequest {
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
  readonly partitions: readonly AlterPartition[];
}

/** `state` is the partition after the change, without an error. */
export interface AlterPartitionAnswer {
  readonly topic: string;
  readonly partition: number;
  readonly error: ControllerError;
  readonly state?: PartitionRegistration;
}

interface Outcome {
  readonly answer: AlterPartitionAnswer;
  readonly record?: PartitionChangeRecord;
}

/** Shrinks or expands one ISR, if the leader's picture of the partition is the present one. Source: alterPartition. */
export function alterPartition(image: MetadataImage, settings: KraftSettings, broker: BrokerId, wish: AlterPartition): Outcome {
  const { topic: name, partition: index } = wish;
  const answer = (error: ControllerError): Outcome => ({ answer: { topic: name, partition: index, error } });
  const topic = topicNamed(image, name);
  if (!topic) return answer('UNKNOWN_TOPIC_ID');
  const partition = partitionOf(image, name, index);
  if (!partition) return answer('UNKNOWN_TOPIC_OR_PARTITION');
  const error = validate(image, broker, partition, wish);
  if (error !== 'NONE') return answer(error);
  const record = changeOf(image, settings, topic, partition, wish);
  const state = record ? mergeChange(partition, record) : partition;
  const moved = record?.leader !== undefined && record.leader !== broker;
  const result: AlterPartitionAnswer = moved
    ? // The ISR completed a reassignment that takes the partition from its leader: an error although it is done.
      { topic: name, partition: index, error: 'NEW_LEADER_ELECTED' }
    : { topic: name, partition: index, error: 'NONE', state };
  return record ? { answer: result, record } : { answer: result };
}

function changeOf(
  image: MetadataImage,
  settings: KraftSettings,
  topic: TopicImage,
  partition: PartitionRegistration,
  wish: AlterPartition,
): PartitionChangeRecord | undefined {
  return buildPartitionChange({
    ...targetOf(image, settings, topic, wish.partition, partition, electionOf(image, settings, topic.name)),
    isr: wish.newIsr,
    leaderRecoveryState: wish.leaderRecoveryState ?? 'RECOVERED',
  });
}

function validate(image: MetadataImage, broker: BrokerId, partition: PartitionRegistration, wish: AlterPartition): ControllerError {
  // Whoever knows more than this controller has met its successor.
  if (wish.leaderEpoch > partition.leaderEpoch || wish.partitionEpoch > partition.partitionEpoch) return 'NOT_CONTROLLER';
  if (wish.leaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (broker !== partition.leader) return 'INVALID_REQUEST';
  if (wish.partitionEpoch < partition.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  const isSet = new Set(wish.newIsr).size === wish.newIsr.length;
  if (!isSet || !wish.newIsr.every((id) => partition.replicas.includes(id))) return 'INVALID_REQUEST';
  if (!wish.newIsr.includes(partition.leader)) return 'INVALID_REQUEST';
  const isRecovering = wish.leaderRecoveryState === 'RECOVERING';
  if (isRecovering && (wish.newIsr.length > 1 || partition.leaderRecoveryState === 'RECOVERED')) return 'INVALID_REQUEST';
  return wish.newIsr.every((id, i) => isEligible(image, id, wish.isrBrokerEpochs?.[i])) ? 'NONE' : 'INELIGIBLE_REPLICA';
}

/** A replica of a broker that is fenced, shutting down or of another life than the leader thinks may not join. */
function isEligible(image: MetadataImage, id: BrokerId, epoch: number | undefined): boolean {
  const broker = image.brokers.get(id);
  if (!broker || broker.inControlledShutdown || broker.fenced) return false;
  return epoch === undefined || epoch === -1 || epoch === broker.epoch;
}
