import type { Json, JsonObject } from '../../../../base/index.ts';
import type { BrokerId, PartitionRegistration } from '../image.ts';

/** What Kafka asks of ZooKeeper. `version` -1 matches any. A watch fires once. */
export type ZkOp =
  | { readonly op: 'create'; readonly path: string; readonly data: string; readonly mode: 'PERSISTENT' | 'EPHEMERAL' }
  | { readonly op: 'set'; readonly path: string; readonly data: string; readonly version: number }
  | { readonly op: 'delete' | 'check'; readonly path: string; readonly version: number }
  | { readonly op: 'exists' | 'get' | 'children'; readonly path: string; readonly watch: boolean }
  | { readonly op: 'multi'; readonly ops: readonly ZkOp[] };

export interface ZkAnswer {
  /** '' = all is well, else NO_NODE, NODE_EXISTS, BAD_VERSION … */
  readonly err: string;
  readonly data?: string | null;
  readonly children?: readonly string[];
  readonly stat?: { readonly version: number; readonly czxid: number; readonly ephemeralOwner: number };
  /** Of a multi, by op; in a failed one only the culprit has a telling error. */
  readonly results?: readonly ZkAnswer[];
}

export type ZkWatchEvent = 'NODE_CREATED' | 'NODE_DELETED' | 'NODE_DATA_CHANGED' | 'NODE_CHILDREN_CHANGED';

/** Kafka's part of the tree. */
export const ZNODES = {
  controller: '/controller',
  controllerEpoch: '/controller_epoch',
  brokerIds: '/brokers/ids',
  topics: '/brokers/topics',
  deleteTopics: '/admin/delete_topics',
  isrChanges: '/isr_change_notification',
  logDirEvents: '/log_dir_event_notification',
  preferredElection: '/admin/preferred_replica_election',
  reassignment: '/admin/reassign_partitions',
} as const;

/** Persistent nodes that every broker makes sure of when it starts, parents first. */
export const PERSISTENT_ZNODES: readonly string[] = [
  '/consumers',
  '/brokers',
  '/brokers/ids',
  '/brokers/topics',
  '/config',
  '/config/changes',
  '/config/topics',
  '/config/clients',
  '/config/users',
  '/config/brokers',
  '/admin',
  '/admin/delete_topics',
  '/isr_change_notification',
  '/latest_producer_id_block',
  '/log_dir_event_notification',
];

export const brokerPath = (id: BrokerId): string => `${ZNODES.brokerIds}/${id}`;
export const topicPath = (topic: string): string => `${ZNODES.topics}/${topic}`;
export const partitionPath = (topic: string, partition: number): string => `${topicPath(topic)}/partitions/${partition}`;
export const statePath = (topic: string, partition: number): string => `${partitionPath(topic, partition)}/state`;
export const topicConfigPath = (topic: string): string => `/config/topics/${topic}`;

/** What /brokers/topics/t/partitions/p/state says; its version is the partition epoch. */
export interface StateData {
  readonly leader: BrokerId;
  readonly leaderEpoch: number;
  readonly isr: readonly BrokerId[];
  readonly controllerEpoch: number;
  readonly leaderRecoveryState: PartitionRegistration['leaderRecoveryState'];
}

export function encodeState({ controllerEpoch, leader, leaderEpoch, isr, leaderRecoveryState }: StateData): string {
  const recovery = leaderRecoveryState === 'RECOVERING' ? { leader_recovery_state: 1 } : {};
  return JSON.stringify({ controller_epoch: controllerEpoch, leader, version: 1, leader_epoch: leaderEpoch, isr, ...recovery });
}

export function decodeState(data: string): StateData {
  const node = parse(data);
  return {
    leader: number(node.leader),
    leaderEpoch: number(node.leader_epoch),
    isr: numbers(node.isr),
    controllerEpoch: number(node.controller_epoch),
    leaderRecoveryState: node.leader_recovery_state === 1 ? 'RECOVERING' : 'RECOVERED',
  };
}

/** Replicas of a topic's partitions; those of a running reassignment, too. */
export interface Assignment {
  readonly replicas: readonly BrokerId[];
  readonly addingReplicas: readonly BrokerId[];
  readonly removingReplicas: readonly BrokerId[];
}

export function encodeTopic(partitions: readonly Assignment[]): string {
  const by = (pick: (one: Assignment) => readonly BrokerId[]): JsonObject =>
    Object.fromEntries(partitions.flatMap((one, i) => (pick(one).length > 0 ? [[`${i}`, pick(one)]] : [])));
  const partitionsByNumber = by((one) => one.replicas);
  const [removing_replicas, adding_replicas] = [by((one) => one.removingReplicas), by((one) => one.addingReplicas)];
  return JSON.stringify({ removing_replicas, partitions: partitionsByNumber, adding_replicas, version: 3 });
}

export function decodeTopic(data: string): readonly Assignment[] {
  const node = parse(data);
  const [replicas, adding, removing] = [record(node.partitions), record(node.adding_replicas), record(node.removing_replicas)];
  return Object.keys(replicas)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => ({
      replicas: numbers(replicas[key]),
      addingReplicas: numbers(adding[key]),
      removingReplicas: numbers(removing[key]),
    }));
}

export function encodeBroker(rack: string | undefined): string {
  return JSON.stringify({ ...(rack !== undefined && { rack }), version: 5 });
}

export function decodeRack(data: string): string | undefined {
  const { rack } = parse(data);
  return typeof rack === 'string' ? rack : undefined;
}

export function encodeController(brokerid: BrokerId): string {
  return JSON.stringify({ version: 2, brokerid });
}

export function decodeController(data: string): BrokerId {
  return number(parse(data).brokerid);
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Of /admin/preferred_replica_election and of an /isr_change_notification. */
export function encodePartitions(partitions: readonly TopicPartition[]): string {
  return JSON.stringify({ version: 1, partitions: partitions.map(({ topic, partition }) => ({ topic, partition })) });
}

export function decodePartitions(data: string): readonly TopicPartition[] {
  const { partitions } = parse(data);
  return (Array.isArray(partitions) ? partitions : []).map(record).map((one) => ({
    topic: String(one.topic),
    partition: number(one.partition),
  }));
}

/** Of /config/topics/t. */
export function encodeConfigs(config: { readonly [name: string]: string }): string {
  return JSON.stringify({ version: 1, config });
}

export function decodeConfigs(data: string): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(record(parse(data).config)).map(([name, value]) => [name, String(value)]));
}

function parse(data: string): JsonObject {
  return record(data === '' ? {} : (JSON.parse(data) as Json));
}

function record(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : -1;
}

function numbers(value: Json | undefined): readonly number[] {
  return Array.isArray(value) ? value.map((one) => number(one as Json)) : [];
}
