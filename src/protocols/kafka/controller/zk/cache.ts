import type { ControllerError } from '../errors.ts';
import { emptyImage, type MetadataImage, NO_LEADER, type PartitionRegistration, type TopicImage } from '../image.ts';
import { type ControlRequest, LEADER_DURING_DELETE } from './requests.ts';

/** What a ZooKeeper-era broker knows of the cluster, from its controllers' requests alone. Immutable. */
export interface ZkBrokerView {
  /** Of the latest controller heard of. */
  readonly controllerEpoch: number;
  readonly controllerId: number;
  /** Of this life of the broker. */
  readonly brokerEpoch: number;
  /** What it tells clients. */
  readonly image: MetadataImage;
}

export function newZkBrokerView(brokerEpoch: number): ZkBrokerView {
  return { controllerEpoch: 0, controllerId: NO_LEADER, brokerEpoch, image: emptyImage() };
}

/** Whether a broker obeys: not a controller that has been replaced, and not what was meant for its former life. */
export function checkControlRequest(view: ZkBrokerView, request: ControlRequest): ControllerError {
  if (request.brokerEpoch < view.brokerEpoch) return 'STALE_BROKER_EPOCH';
  return request.controllerEpoch < view.controllerEpoch ? 'STALE_CONTROLLER_EPOCH' : 'NONE';
}

/**
 * The view after a request that was accepted. UpdateMetadata names all living brokers but only the partitions that changed; the
 * other requests only tell who is in office.
 */
export function applyControlRequest(view: ZkBrokerView, request: ControlRequest): ZkBrokerView {
  const heard = { ...view, controllerEpoch: request.controllerEpoch, controllerId: request.controllerId };
  if (request.type !== 'UpdateMetadata') return heard;
  const brokers = new Map(
    request.liveBrokers.map(({ id, rack }) => [id, { id, epoch: 0, incarnation: '', rack, fenced: false, inControlledShutdown: false }]),
  );
  const topics = new Map(view.image.topics);
  const topicIds = new Map(view.image.topicIds);
  for (const { topic, partition, controllerEpoch: _, ...state } of request.partitions) {
    if (state.leader === LEADER_DURING_DELETE) {
      topics.delete(topic);
      topicIds.delete(topic);
      continue;
    }
    const known = topics.get(topic) ?? { name: topic, topicId: topic, partitions: [] };
    topics.set(topic, withPartition(known, partition, state));
    topicIds.set(topic, topic);
  }
  return { ...heard, image: { ...view.image, brokers, topics, topicIds } };
}

/** A partition that is not known yet has no leader. */
const UNKNOWN: PartitionRegistration = {
  replicas: [],
  isr: [],
  leader: NO_LEADER,
  leaderEpoch: 0,
  partitionEpoch: 0,
  leaderRecoveryState: 'RECOVERED',
  addingReplicas: [],
  removingReplicas: [],
  elr: [],
  lastKnownElr: [],
};

function withPartition(topic: TopicImage, index: number, state: PartitionRegistration): TopicImage {
  const partitions = [...topic.partitions];
  while (partitions.length < index) partitions.push(UNKNOWN);
  partitions[index] = state;
  return { ...topic, partitions };
}
