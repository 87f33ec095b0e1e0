import type { LineKind, PartKind } from '../../scenario/index.ts';
import { BROKER_FIELDS, CONSUMER_FIELDS, GROUP_FIELDS, PRODUCER_FIELDS, TOPIC_FIELDS } from './fields.ts';

export const BROKER = 'kafka/broker';
export const TOPIC = 'kafka/topic';
/** What another broker holds of a topic of the same name. */
export const REPLICA = 'kafka/replica';
export const PRODUCER = 'kafka/producer';
export const CONSUMER = 'kafka/consumer';
/** A box of consumers: what is set for it holds for all of them. */
export const GROUP = 'kafka/group';

export const PRODUCE = 'kafka/produce';
/** All members of a group read the topic. */
export const SUBSCRIBE = 'kafka/subscribe';
/** One consumer reads the topic: by itself, or as a member whose group shares what all of them read. */
export const READ = 'kafka/read';
/** Two brokers' connection, drawn so that it can be cut; all others are implied. */
export const LINK = 'kafka/link';
export const LINK_MESH = 'kafka/link-mesh';
/** A broker whose cluster keeps its metadata in ZooKeeper. */
export const ZOOKEEPER = 'kafka/zookeeper';
/** From a topic's lanes in any broker to each consumer that reads it. */
export const FETCH_WAY = 'kafka/fetch-way';
/** From a producer to a topic's lanes in any other broker. */
export const PRODUCE_WAY = 'kafka/produce-way';
/** A client's connection with a broker, for all that is no record. */
export const CONTROL_WAY = 'kafka/control-way';

export const ZOOKEEPER_SERVER = 'zookeeper/server';

const only = (id: string) => [{ id, config: {} }] as const;

const PARTS: readonly PartKind[] = [
  {
    kind: PRODUCER,
    role: 'node',
    shape: 'circle',
    fields: PRODUCER_FIELDS,
    palette: only('producer'),
    nameStem: 'producer',
    verbs: ['publish', 'pause', 'resume'],
  },
  { kind: BROKER, role: 'node', shape: 'region', fields: BROKER_FIELDS, palette: only('broker'), nameStem: 'broker', verbs: ['stop'] },
  {
    kind: TOPIC,
    role: 'place',
    shape: 'lanes',
    inside: BROKER,
    fields: TOPIC_FIELDS,
    palette: only('topic'),
    nameStem: 'topic',
    lanes: (config) => Number(config['partitions'] ?? 3),
    verbs: ['elect'],
  },
  {
    kind: REPLICA,
    role: 'place',
    shape: 'lanes',
    inside: BROKER,
    fields: [],
    palette: only('replica'),
    nameStem: 'topic',
    verbs: ['elect'],
  },
  { kind: GROUP, role: 'container', shape: 'region', fields: GROUP_FIELDS, palette: only('group'), nameStem: 'group', verbs: [] },
  {
    kind: CONSUMER,
    role: 'node',
    shape: 'circle',
    within: GROUP,
    fields: CONSUMER_FIELDS,
    palette: only('consumer'),
    nameStem: 'consumer',
    verbs: ['stop', 'freeze', 'pause', 'resume', 'commit', 'seekToBeginning', 'seekToEnd'],
  },
];

const LINES: readonly LineKind[] = [
  { kind: PRODUCE, from: [PRODUCER], to: [TOPIC], fields: [], cuttable: true },
  { kind: SUBSCRIBE, from: [TOPIC], to: [GROUP], fields: [], cuttable: false },
  { kind: READ, from: [TOPIC], to: [CONSUMER], fields: [], cuttable: true },
  { kind: LINK, from: [BROKER], to: [BROKER], fields: [], cuttable: true },
  { kind: ZOOKEEPER, from: [BROKER], to: [ZOOKEEPER_SERVER], fields: [], cuttable: true },
  { kind: LINK_MESH, from: [BROKER], to: [BROKER], fields: [], implied: true, hidden: true, cuttable: false },
  { kind: FETCH_WAY, from: [TOPIC, REPLICA], to: [CONSUMER], fields: [], implied: true, hidden: true, cuttable: false },
  { kind: PRODUCE_WAY, from: [PRODUCER], to: [REPLICA], fields: [], implied: true, hidden: true, cuttable: false },
  { kind: CONTROL_WAY, from: [PRODUCER, CONSUMER], to: [BROKER], fields: [], implied: true, hidden: true, cuttable: false },
];

export const PART_KINDS: ReadonlyMap<string, PartKind> = new Map(PARTS.map((kind) => [kind.kind, kind]));
export const LINE_KINDS: ReadonlyMap<string, LineKind> = new Map(LINES.map((kind) => [kind.kind, kind]));
