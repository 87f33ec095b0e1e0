import type { Context } from '../../../engine/index.ts';
import { isActive } from '../controller/index.ts';
import type { InitProducerIdResponse, ListOffsetsRequest, ListOffsetsResponse, MetadataResponse, PartitionMetadata } from '../frames.ts';
import { listOffset } from '../log/index.ts';
import { isInternal, topicOf } from '../message.ts';
import { answer } from './answer.ts';
import { nextProducerId } from './producerIds.ts';
import type { Broker, Return } from './state.ts';

/** What this broker knows of the cluster: maybe less than there is to know. */
export function answerMetadata(broker: Broker, back: Return, x: Context): void {
  const { image } = broker;
  const topics: { [topic: string]: readonly PartitionMetadata[] } = {};
  for (const { name, partitions } of image.topics.values())
    if (!isInternal(name))
      topics[name] = partitions.map(({ leader, leaderEpoch, replicas, isr }) => ({ leader, leaderEpoch, replicas, isr }));
  const brokers = [...image.brokers.keys()].filter((node) => isActive(image, node));
  const racks: { [node: string]: string } = {};
  for (const { id, rack } of image.brokers.values()) if (rack !== undefined) racks[id] = rack;
  const response: MetadataResponse = { verb: 'MetadataResponse', correlation: back.correlation, error: '', brokers, topics, racks };
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
