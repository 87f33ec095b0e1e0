import { fromMillis } from '../../../base/index.ts';
import type { Context, Part } from '../../../engine/index.ts';
import { type BrokerConfig, type GroupConfig, replicasOf, type TopicConfig } from '../configs.ts';
import {
  applyRecords,
  assignReplicasToBrokers,
  emptyImage,
  isPlacementError,
  type MetadataRecord,
  newPartition,
} from '../controller/index.ts';
import { type KraftNode, type KraftNodeSettings, startKraftNode } from '../controller/kraft/node.ts';
import { BROKER, GROUP, PRODUCER, TOPIC } from '../kinds.ts';
import { brokersOf, nodeIdOf } from '../routes.ts';
import { featuresOf } from '../versions.ts';
import { newCoordinators } from './coordinators.ts';
import { drawOf } from './draw.ts';
import { OFFSETS_TOPIC, SHARE_TOPIC, STATE_PARTITIONS, TRANSACTIONS_TOPIC } from './internal.ts';
import { newShares } from './share/state.ts';
import type { Broker } from './state.ts';
import { controllerConfigs } from './topics.ts';
import { newTransactions } from './transactions/state.ts';

const FIRST_EPOCH = 1;

/** A broker as it starts. At time 0 the cluster stands already: its metadata is the same everywhere. */
export function newBroker(x: Context): Broker {
  const { wiring } = x;
  const node = nodeIdOf(wiring, wiring.self.id);
  const kraft = x.booting ? bootedNode(node, x) : startKraftNode(node, voters(x), settings(x), x.now, drawOf(x));
  return {
    ...{ node, part: wiring.self.id, epoch: x.booting ? node : -1, features: clusterFeatures(x), image: emptyImage() },
    ...{ replicas: new Map(), fetches: new Map(), produces: new Map(), sessions: new Map(), fetchers: new Map() },
    ...{
      hasStragglers: true,
      unreachable: new Set<number>(),
      stirred: new Set<string>(),
      sweepAt: 0,
      next: 1,
      coordinators: newCoordinators(),
      transactions: newTransactions(),
      shares: newShares(),
      nextProducer: 0,
      produced: 0,
      fetched: 0,
    },
    cluster: {
      kraft,
      asked: new Map(),
      tickets: new Map(),
      outbox: [],
      wakeAt: 0,
      incarnation: `${wiring.self.id}@${x.now}`,
      refusals: 0,
      isFenced: !x.booting,
    },
  };
}

/** The cluster goes by its oldest broker. */
export function clusterFeatures(x: Context) {
  return featuresOf(x.wiring.partsOf(BROKER).map(({ id }) => x.config<BrokerConfig>(id).version));
}

/** Node ids of the controllers. */
function voters(x: Context): readonly number[] {
  const all = [...brokersOf(x.wiring)];
  return all.filter(([, { id }]) => x.config<BrokerConfig>(id).roles !== 'broker').map(([node]) => node);
}

function settings(x: Context): KraftNodeSettings {
  const config = x.config<BrokerConfig>(x.wiring.self.id);
  const features = clusterFeatures(x);
  return {
    sessionTimeout: fromMillis(config.sessionTimeoutMillis),
    eligibleLeaderReplicas: features.hasElr,
    raisesEpochOnIsrShrink: false,
    numPartitions: 1,
    defaultReplicationFactor: 1,
    minInsyncReplicas: 1,
    uncleanLeaderElection: false,
    autoLeaderRebalance: config.autoRebalance,
    balanceInterval: fromMillis(config.rebalanceCheckMillis),
    uncleanInterval: fromMillis(300_000),
    quorum: {
      electionTimeout: fromMillis(1_000),
      fetchTimeout: fromMillis(2_000),
      electionBackoffMax: fromMillis(1_000),
      backoffBase: fromMillis(100),
      requestTimeout: fromMillis(2_000),
      retryBackoff: fromMillis(20),
      fetchMaxWait: fromMillis(500),
      fetchAwaitsHighWatermark: features.hasElr,
    },
  };
}

/** A member of a quorum that has long been at work: its first controller leads, everyone has all that was written. */
function bootedNode(node: number, x: Context): KraftNode {
  const records = firstRecords(x);
  const all = voters(x);
  const leader = all[0] ?? node;
  const log = [{ baseOffset: 0, epoch: FIRST_EPOCH, records }];
  const started = startKraftNode(node, all, settings(x), x.now, drawOf(x), {
    epoch: FIRST_EPOCH,
    votedFor: undefined,
    leaderId: leader,
    log,
  });
  const { quorum } = started;
  quorum.highWatermark = records.length;
  quorum.leaderId = leader;
  started.committed = applyRecords(emptyImage(), records);
  if (node === leader) {
    const { fetchTimeout } = quorum.settings;
    const others = all.filter((id) => id !== node);
    quorum.role = {
      ...{ name: 'leader', epochStart: 0, ends: new Map(others.map((id) => [id, records.length])), fetched: [], parked: [] },
      ...{ checkQuorumAt: x.now + Math.floor(fetchTimeout * 1.5), beginAgainAt: Number.MAX_SAFE_INTEGER },
    };
  }
  return started;
}

/** What the metadata log of the drawn cluster says at the beginning. */
function firstRecords(x: Context): readonly MetadataRecord[] {
  const brokers = [...brokersOf(x.wiring)];
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
  const { partitions, replicationFactor, replicas } = config;
  const written = replicas === '' ? undefined : replicasOf(replicas);
  const lists = written ?? place(partitions, replicationFactor, brokers, x);
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
  return topics.flatMap(([name, partitions]) => created(name, place(partitions, offsetsReplicationFactor, brokers, x)));
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

/** Replicas go round the brokers from the first one on: real clusters begin at a broker of chance. */
function place(
  partitions: number,
  factor: number,
  drawn: readonly (readonly [number, Part])[],
  x: Context,
): readonly (readonly number[])[] {
  const racked = drawn.map(([id, part]) => ({ id, rack: x.config<BrokerConfig>(part.id).rack }));
  const brokers = racked.every(({ rack }) => rack !== '') ? racked : racked.map(({ id }) => ({ id }));
  const wish = { brokers, partitions, replicationFactor: Math.min(factor, brokers.length), fixedStartIndex: 0 };
  const placed = assignReplicasToBrokers(wish, () => 0);
  return isPlacementError(placed) ? [] : [...placed.values()];
}
