import type { Context } from '../../../../../engine/index.ts';
import {
  type Assignment,
  assignReplicasToBrokers,
  type ControllerError,
  type ControllerRequest,
  decodeConfigs,
  encodeConfigs,
  encodePartitions,
  encodeTopic,
  handleZkEvent,
  isActiveController,
  isPlacementError,
  type PlacementBroker,
  type PlacementError,
  topicConfigPath,
  topicNamed,
  topicPath,
  type ZkAnswer,
  type ZkEffect,
  ZNODES,
} from '../../../controller/index.ts';
import { drawOf } from '../../draw.ts';
import type { Broker } from '../../state.ts';
import { zkOf } from '../state.ts';
import { askZooKeeper } from './client.ts';
import type { ClientOp } from './frames.ts';
import type { ConfigWish, Purpose } from './state.ts';

/*
 * Topics are created and changed by writing znodes: the controller's watches do the rest. Since there are requests for it the
 * controller writes them; before, tools did, and here the broker that a person turns to stands for the tool.
 */

type Asks<T extends ControllerRequest['type']> = Extract<ControllerRequest, { readonly type: T }>;

function write(broker: Broker, op: ClientOp, purpose: Purpose, x: Context): void {
  askZooKeeper(zkOf(broker.cluster).client, op, purpose, x);
}

const NO_MOVES = { addingReplicas: [], removingReplicas: [] } as const;
const ERRORS: { readonly [E in PlacementError['exception']]: ControllerError } = {
  InvalidPartitionsException: 'INVALID_PARTITIONS',
  InvalidReplicationFactorException: 'INVALID_REPLICATION_FACTOR',
  AdminOperationException: 'INVALID_REQUEST',
};

/** At the beginning of the run the controller writes down what is drawn, when all brokers are there. */
export function writeDrawn(broker: Broker, x: Context): void {
  const { topics, topicConfigs } = broker.image;
  for (const { name, partitions } of topics.values()) {
    const configs = Object.fromEntries(topicConfigs.get(name) ?? []);
    writeTopic(broker, name, partitions, configs, { for: 'nothing' }, x);
  }
}

/** First its configs, then the topic itself. */
function writeTopic(
  broker: Broker,
  name: string,
  partitions: readonly Assignment[],
  configs: { readonly [name: string]: string },
  purpose: Purpose,
  x: Context,
): void {
  write(broker, { op: 'create', path: topicConfigPath(name), data: encodeConfigs(configs), mode: 'PERSISTENT' }, { for: 'nothing' }, x);
  write(broker, { op: 'create', path: topicPath(name), data: encodeTopic(partitions), mode: 'PERSISTENT' }, purpose, x);
}

/** Returns an error if it is wrong from the start. */
export function createTopic(broker: Broker, ticket: number, wish: Asks<'CreateTopic'>, x: Context): ControllerError | undefined {
  if (topicNamed(broker.image, wish.name)) return 'TOPIC_ALREADY_EXISTS';
  const { partitions = 1, replicationFactor = 1 } = wish;
  const lists = wish.assignments ?? place(broker, { partitions, replicationFactor }, x);
  if (typeof lists === 'string') return lists;
  const assignments = lists.map((replicas) => ({ replicas, ...NO_MOVES }));
  writeTopic(broker, wish.name, assignments, wish.configs ?? {}, { for: 'ticket', ticket, exists: 'TOPIC_ALREADY_EXISTS' }, x);
  return undefined;
}

function place(
  broker: Broker,
  wish: {
    readonly partitions: number;
    readonly replicationFactor: number;
    readonly fixedStartIndex?: number;
    readonly startPartition?: number;
  },
  x: Context,
): readonly (readonly number[])[] | ControllerError {
  const { controller } = zkOf(broker.cluster);
  const living = isActiveController(controller) ? controller.brokers : broker.image.brokers;
  const racked = [...living.values()].sort((a, b) => a.id - b.id);
  const brokers: readonly PlacementBroker[] = racked.every(({ rack }) => rack !== undefined) ? racked : racked.map(({ id }) => ({ id }));
  const placed = assignReplicasToBrokers({ ...wish, brokers }, drawOf(x));
  return isPlacementError(placed) ? ERRORS[placed.exception] : [...placed.values()];
}

export function createPartitions(broker: Broker, ticket: number, wish: Asks<'CreatePartitions'>, x: Context): ControllerError | undefined {
  const topic = topicNamed(broker.image, wish.topic);
  const [first] = topic?.partitions ?? [];
  if (!topic || !first) return 'UNKNOWN_TOPIC_OR_PARTITION';
  const startPartition = topic.partitions.length;
  const added = wish.count - startPartition;
  if (added <= 0) return 'INVALID_PARTITIONS';
  const ids = [...broker.image.brokers.keys()];
  const fixedStartIndex = Math.max(0, ids.indexOf(first.replicas[0] ?? -1));
  const lists =
    wish.assignments ?? place(broker, { partitions: added, replicationFactor: first.replicas.length, fixedStartIndex, startPartition }, x);
  if (typeof lists === 'string') return lists;
  const all: readonly Assignment[] = [...topic.partitions, ...lists.map((replicas) => ({ replicas, ...NO_MOVES }))];
  const purpose: Purpose = { for: 'ticket', ticket, exists: 'INVALID_REQUEST' };
  write(broker, { op: 'set', path: topicPath(wish.topic), data: encodeTopic(all), version: -1 }, purpose, x);
  return undefined;
}

export function deleteTopic(broker: Broker, ticket: number, { name }: Asks<'DeleteTopic'>, x: Context): ControllerError | undefined {
  if (!topicNamed(broker.image, name)) return 'UNKNOWN_TOPIC_OR_PARTITION';
  const op: ClientOp = { op: 'create', path: `${ZNODES.deleteTopics}/${name}`, data: '', mode: 'PERSISTENT' };
  write(broker, op, { for: 'ticket', ticket, exists: 'INVALID_REQUEST' }, x);
  return undefined;
}

/** Before there was a request for it, elections were asked for by a znode; one at a time. */
export function writeElection(broker: Broker, ticket: number, { partitions }: Asks<'ElectLeaders'>, x: Context): undefined {
  const data = encodePartitions(partitions ?? everyPartition(broker));
  const op: ClientOp = { op: 'create', path: ZNODES.preferredElection, data, mode: 'PERSISTENT' };
  write(broker, op, { for: 'ticket', ticket, exists: 'INVALID_REQUEST' }, x);
}

export function everyPartition({ image }: Broker): readonly { readonly topic: string; readonly partition: number }[] {
  return [...image.topics.values()].flatMap(({ name, partitions }) => partitions.map((_, partition) => ({ topic: name, partition })));
}

/** Configs of a topic are one znode: it is read, changed and written, again if somebody else was faster. */
export function alterConfig(broker: Broker, wish: ConfigWish, x: Context): void {
  write(broker, { op: 'get', path: topicConfigPath(wish.topic), watch: false }, { ...wish, for: 'config' }, x);
}

export function configRead(broker: Broker, wish: ConfigWish, answer: ZkAnswer, x: Context): void {
  const path = topicConfigPath(wish.topic);
  const { [wish.name]: _, ...others } = decodeConfigs(answer.data ?? '');
  const data = encodeConfigs(wish.value === null ? others : { ...others, [wish.name]: wish.value });
  const op: ClientOp = answer.stat
    ? { op: 'set', path, data, version: answer.stat.version }
    : { op: 'create', path, data, mode: 'PERSISTENT' };
  write(broker, op, { ...wish, for: 'configWritten' }, x);
}

/** Where unclean elections are allowed from now on, the controller looks at once whether one is due. */
export function configWritten(broker: Broker, { name, value }: ConfigWish, x: Context): readonly ZkEffect[] {
  const { controller } = zkOf(broker.cluster);
  if (name !== 'unclean.leader.election.enable' || value !== 'true' || !isActiveController(controller)) return [];
  return handleZkEvent(controller, { type: 'uncleanElectionEnabled' }, x.now);
}
