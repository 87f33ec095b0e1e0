import type { Context } from '../../../engine/index.ts';
import { isActive } from '../controller/index.ts';
import type { InitProducerIdResponse, ListOffsetsRequest, ListOffsetsResponse, MetadataResponse, PartitionMetadata } from '../frames.ts';
import { listOffset } from '../log/index.ts';
import { isInternal, topicOf } from '../message.ts';
import { answer } from './answer.ts';
import { nextProducerId } from './producerIds.ts';
import type { Broker, Return } from './state.ts';

/** What this broker knows of the cluster: maybe less than there is to know. */
export function metadataOf({ image, features }: Broker): Pick<MetadataResponse, 'brokers' | 'topics' | 'racks'> {
  const brokers = [...image.brokers.keys()].filter((node) => isActive(image, node));
  const topics: { [topic: string]: readonly PartitionMetadata[] } = {};
  // Of old, replicas of brokers that are away were left out.
  const listed = (nodes: readonly number[]) => (features.hidesAwayReplicas ? nodes.filter((node) => brokers.includes(node)) : nodes);
  for (const { name, partitions } of image.topics.values()) {
    if (isInternal(name)) continue;
    topics[name] = partitions.map(({ leader, leaderEpoch, replicas, isr }) => ({
      leader,
      leaderEpoch,
      replicas: listed(replicas),
      isr: listed(isr),
    }));
  }
  const racks: { [node: string]: string } = {};
  for (const { id, rack } of image.brokers.values()) if (rack !== undefined) racks[id] = rack;
  return { brokers, topics, racks };
}

export function answerMetadata(broker: Broker, back: Return, x: Context): void {
  const response: MetadataResponse = { verb: 'MetadataResponse', correlation: back.correlation, error: '', ...metadataOf(broker) };
  answer(back, response, x);
}

export function listOffsets(broker: Broker, { partitions, isolation }: ListOffsetsRequest, back: Return, x: Context): void {
  const results = partitions.map(({ tp, at }): ListOffsetsResponse['results'][number] => {
    const replica = broker.replicas.get(tp);
    if (replica?.lead) return { tp, error: '', offset: listOffset(replica.log, at, isolation) };
    return { tp, error: broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION', offset: -1 };
  });
  const response: ListOffsetsResponse = { verb: 'ListOffsetsResponse', correlation: back.correlation, results };
  answer(back, response, x);
}

/** An id for idempotence alone. */
export function initProducerId(broker: Broker, back: Return, x: Context): void {
  const producerId = nextProducerId(broker);
  const response: InitProducerIdResponse = {
    verb: 'InitProducerIdResponse',
    correlation: back.correlation,
    error: '',
    producerId,
    producerEpoch: 0,
  };
  answer(back, response, x);
}
