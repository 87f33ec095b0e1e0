import type { Context, Part } from '../../../engine/index.ts';
import type { BrokerConfig, GroupConfig, TopicConfig } from '../configs.ts';
import { type MetadataRecord, newPartition } from '../controller/index.ts';
import { firstReplicas, place } from '../firstReplicas.ts';
import { GROUP, PRODUCER, TOPIC } from '../kinds.ts';
import { servingBrokers } from '../routes.ts';
import { OFFSETS_TOPIC, SHARE_TOPIC, STATE_PARTITIONS, TRANSACTIONS_TOPIC } from './internal.ts';
import { controllerConfigs } from './topics.ts';

/** What the metadata of the drawn cluster says at the beginning. */
export function firstRecords(x: Context): readonly MetadataRecord[] {
  const brokers = [...servingBrokers(x.wiring)];
  const records: MetadataRecord[] = brokers.map(([brokerId, { id }]) => {
    const { rack } = x.config<BrokerConfig>(id);
    const registered = { type: 'RegisterBrokerRecord', brokerId, brokerEpoch: brokerId, incarnationId: `${id}@0` } as const;
    return { ...registered, fenced: false, inControlledShutdown: false, ...(rack === '' ? {} : { rack }) };
  });
  for (const topic of x.wiring.partsOf(TOPIC)) records.push(...topicRecords(topic, brokers, x));
  records.push(...internalRecords(brokers, x));
  return records;
}

function topicRecords(topic: Part, brokers: readonly (readonly [number, Part])[], x: Context): readonly MetadataRecord[] {
  const config = x.config<TopicConfig>(topic.id);
  const lists = firstReplicas(config, placeable(brokers, x));
  const configs = Object.entries(controllerConfigs(config)).map(
    ([name, value]): MetadataRecord => ({ type: 'ConfigRecord', resourceType: 'TOPIC', resourceName: topic.name, name, value }),
  );
  return [...created(topic.name, lists), ...configs];
}

/** Topics of coordinators that somebody in the drawing will need: they are there from the beginning, as in a cluster that was used before. */
function internalRecords(brokers: readonly (readonly [number, Part])[], x: Context): readonly MetadataRecord[] {
  const { offsetsPartitions, offsetsReplicationFactor } = x.config<BrokerConfig>(x.wiring.self.id);
  const groups = x.wiring.partsOf(GROUP);
  const hasTransactions = x.wiring.partsOf(PRODUCER).some(({ id }) => x.config<{ transactionalId: string }>(id).transactionalId !== '');
  const hasShares = groups.some(({ id }) => x.config<GroupConfig>(id).protocol === 'share');
  const topics: (readonly [name: string, partitions: number])[] = [];
  if (groups.length > 0) topics.push([OFFSETS_TOPIC, offsetsPartitions]);
  if (hasTransactions) topics.push([TRANSACTIONS_TOPIC, STATE_PARTITIONS]);
  if (hasShares) topics.push([SHARE_TOPIC, STATE_PARTITIONS]);
  return topics.flatMap(([name, partitions]) => created(name, place(partitions, offsetsReplicationFactor, placeable(brokers, x))));
}

function created(name: string, lists: readonly (readonly number[])[]): readonly MetadataRecord[] {
  const partitions = lists.map(
    (replicas, partitionId): MetadataRecord => ({
      type: 'PartitionRecord',
      topicId: name,
      partitionId,
      ...newPartition(replicas, replicas),
    }),
  );
  return [{ type: 'TopicRecord', name, topicId: name }, ...partitions];
}

function placeable(drawn: readonly (readonly [number, Part])[], x: Context) {
  return drawn.map(([id, part]) => ({ id, rack: x.config<BrokerConfig>(part.id).rack }));
}
