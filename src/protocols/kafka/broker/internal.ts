import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import { isActive, topicNamed } from '../controller/index.ts';
import { partitionFor } from '../group/index.ts';
import { appendAsLeader, type LogRecord, recordsOfSegment, segmentsOf } from '../log/index.ts';
import { partitionName } from '../message.ts';
import { askController } from './cluster/ask.ts';
import { advance, newsForFollowers, noteLevel } from './partition.ts';
import type { Broker, Replica } from './state.ts';

/*
 * Topics in which coordinators keep what must outlive them. What belongs to a key lives in one partition; that partition's
 * leader is the key's coordinator.
 */

export const OFFSETS_TOPIC = '__consumer_offsets';
export const TRANSACTIONS_TOPIC = '__transaction_state';
export const SHARE_TOPIC = '__share_group_state';

/** `transaction.state.log.num.partitions`, `share.coordinator.state.topic.num.partitions` */
export const STATE_PARTITIONS = 50;

/** Name of the partition that a key belongs to; undefined: there is no such topic yet. */
export function homeOf(broker: Broker, topic: string, key: string): string | undefined {
  const image = topicNamed(broker.image, topic);
  return image && partitionName(topic, partitionFor(key, image.partitions.length));
}

/** The replica that holds what belongs to a key, if this broker is its coordinator. */
export function ledHome(broker: Broker, topic: string, key: string): Replica | undefined {
  const tp = homeOf(broker, topic, key);
  const replica = tp === undefined ? undefined : broker.replicas.get(tp);
  return replica?.lead ? replica : undefined;
}

/** An internal topic comes into being when somebody first looks for a coordinator. */
export function ensureInternal(broker: Broker, topic: string, x: Context): void {
  if (topicNamed(broker.image, topic)) return;
  const isAsked = [...broker.cluster.asked.values()].some((request) => request.type === 'CreateTopic' && request.name === topic);
  if (isAsked) return;
  const { offsetsPartitions, offsetsReplicationFactor } = x.config<BrokerConfig>(x.wiring.self.id);
  const partitions = topic === OFFSETS_TOPIC ? offsetsPartitions : STATE_PARTITIONS;
  const alive = [...broker.image.brokers.keys()].filter((node) => isActive(broker.image, node)).length;
  if (alive === 0) return;
  askController(broker, { type: 'CreateTopic', name: topic, partitions, replicationFactor: Math.min(alive, offsetsReplicationFactor) }, x);
}

/** A producer whose transaction a coordinator's record belongs to. */
export interface RecordProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** What a coordinator writes down: `note` is what counts. Returns the high watermark at which it is safe. */
export function appendNote(
  broker: Broker,
  replica: Replica,
  record: { readonly key: string; readonly value: string | null; readonly note: unknown },
  x: Context,
  producer?: RecordProducer,
): number {
  const made = { message: 0, ...record, producer: broker.part, timestamp: x.now, weight: 0 };
  const { producerId = -1, producerEpoch = -1 } = producer ?? {};
  const batch = { producerId, producerEpoch, baseSequence: -1, isTransactional: producer !== undefined, records: [made] };
  noteLevel(broker, replica);
  appendAsLeader(replica.log, batch, { leaderEpoch: replica.leaderEpoch, now: x.now, settings: replica.settings }, 'coordinator');
  return replica.log.logEndOffset;
}

/** The followers shall have what was appended. */
export function replicate(broker: Broker, replica: Replica, x: Context): void {
  newsForFollowers(broker, replica);
  advance(broker, replica, x);
}

/** All that coordinators have written into a partition, in order; markers included. */
export function writtenRecords(replica: Replica): readonly LogRecord[] {
  return segmentsOf(replica.log).flatMap(recordsOfSegment);
}
