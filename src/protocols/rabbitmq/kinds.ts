import type { LineKind, PartKind } from '../../scenario/index.ts';
import {
  BINDING_FIELDS,
  BROKER_FIELDS,
  CONSUME_VIA_FIELDS,
  CONSUMER_FIELDS,
  DISK_FIELDS,
  EXCHANGE_FIELDS,
  PRODUCER_FIELDS,
  PUBLISH_VIA_FIELDS,
  QUEUE_FIELDS,
} from './fields.ts';

export const BROKER = 'rabbitmq/broker';
export const EXCHANGE = 'rabbitmq/exchange';
export const QUEUE = 'rabbitmq/queue';
export const PRODUCER = 'rabbitmq/producer';
export const CONSUMER = 'rabbitmq/consumer';
/** Another member of a queue of the same name, in another node's box: shows what that node has of it. */
export const REPLICA = 'rabbitmq/replica';
/** Where a broker keeps what shall survive it; drawn to see when a message is safe. */
export const DISK = 'rabbitmq/disk';
/** A client that plays a recorded script; conformance runs alone have it. */
export const CLIENT = 'rabbitmq/client';

export const PUBLISH = 'rabbitmq/publish';
/** To a node of a cluster, whatever it is that is published to. */
export const PUBLISH_VIA = 'rabbitmq/publish-via';
export const CONSUME_VIA = 'rabbitmq/consume-via';
export const BINDING = 'rabbitmq/binding';
export const CONSUME = 'rabbitmq/consume';
export const CONNECTION = 'rabbitmq/connection';
/** Two brokers are nodes of one cluster; with the implied lines everyone is joined with everyone. */
export const CLUSTER = 'rabbitmq/cluster';
export const CLUSTER_MESH = 'rabbitmq/cluster-mesh';
export const IMPLICIT = 'rabbitmq/implicit';
export const ALTERNATE = 'rabbitmq/alternate';
/** From a queue to the exchange that gets what dies in it. */
export const DEAD_LETTER = 'rabbitmq/dead-letter';

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
  {
    kind: EXCHANGE,
    role: 'place',
    shape: 'hexagon',
    inside: BROKER,
    fields: EXCHANGE_FIELDS,
    palette: ['direct', 'fanout', 'topic', 'headers'].map((type) => ({ id: type, config: { type } })),
    nameStem: 'exchange',
    verbs: ['publish'],
  },
  {
    kind: QUEUE,
    role: 'place',
    shape: 'rail',
    inside: BROKER,
    fields: QUEUE_FIELDS,
    palette: only('queue'),
    nameStem: 'queue',
    verbs: ['purge'],
  },
  { kind: DISK, role: 'place', shape: 'rail', inside: BROKER, fields: DISK_FIELDS, palette: only('disk'), nameStem: 'disk', verbs: [] },
  {
    kind: REPLICA,
    role: 'place',
    shape: 'rail',
    inside: BROKER,
    fields: [],
    palette: only('replica'),
    nameStem: 'queue',
    verbs: [],
  },
  {
    kind: CONSUMER,
    role: 'node',
    shape: 'circle',
    fields: CONSUMER_FIELDS,
    palette: only('consumer'),
    nameStem: 'consumer',
    verbs: ['pause', 'resume'],
  },
  { kind: BROKER, role: 'node', shape: 'region', fields: BROKER_FIELDS, palette: only('broker'), nameStem: 'rabbit', verbs: ['stop'] },
  { kind: CLIENT, role: 'node', shape: 'circle', fields: [], palette: [], nameStem: 'client', verbs: ['do'] },
];

const LINES: readonly LineKind[] = [
  { kind: PUBLISH, from: [PRODUCER, CONSUMER], to: [EXCHANGE], fields: [], cuttable: true },
  { kind: BINDING, from: [EXCHANGE], to: [QUEUE, EXCHANGE], fields: BINDING_FIELDS, cuttable: false },
  { kind: PUBLISH_VIA, from: [PRODUCER, CONSUMER], to: [BROKER], fields: PUBLISH_VIA_FIELDS, cuttable: true },
  { kind: CONSUME_VIA, from: [BROKER], to: [CONSUMER], fields: CONSUME_VIA_FIELDS, cuttable: true },
  { kind: CONSUME, from: [QUEUE], to: [CONSUMER], fields: [], cuttable: true },
  { kind: CONNECTION, from: [CLIENT], to: [BROKER], fields: [], cuttable: true },
  { kind: CLUSTER, from: [BROKER], to: [BROKER], fields: [], cuttable: true },
  { kind: CLUSTER_MESH, from: [BROKER], to: [BROKER], fields: [], implied: true, cuttable: false },
  { kind: IMPLICIT, from: [EXCHANGE], to: [QUEUE], fields: [], implied: true, cuttable: false },
  { kind: ALTERNATE, from: [EXCHANGE], to: [EXCHANGE], fields: [], implied: true, cuttable: false },
  { kind: DEAD_LETTER, from: [QUEUE], to: [EXCHANGE], fields: [], implied: true, cuttable: false },
];

export const PART_KINDS: ReadonlyMap<string, PartKind> = new Map(PARTS.map((kind) => [kind.kind, kind]));
export const LINE_KINDS: ReadonlyMap<string, LineKind> = new Map(LINES.map((kind) => [kind.kind, kind]));
