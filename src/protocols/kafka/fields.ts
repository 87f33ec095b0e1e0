import type { Field, FieldTable, FieldUnit } from '../../scenario/index.ts';

const NAME_MAX = 249;
const DAY_MILLIS = 86_400_000;
const MINUTE_MILLIS = 60_000;
/** Stands for "no such limit", as Kafka's own settings have it. */
const NONE = -1;

type Integer = Extract<Field, { readonly type: 'integer' }>;
type More = Pick<Integer, 'advanced' | 'essential' | 'when'>;
function integer<N extends string>(name: N, initial: number, unit: FieldUnit, min: number, max: number, more: More = {}) {
  return { name, type: 'integer', min, max, initial, unit, ...more } as const;
}
const millis = <N extends string>(name: N, initial: number, more: More = {}) => integer(name, initial, 'ms', 0, 7 * DAY_MILLIS, more);
const ADVANCED = { advanced: true } as const;

/** What a person says about a record: templates and records published by hand have the same fields. */
const RECORD_FIELDS = [
  { name: 'key', type: 'text', maxLength: 255, initial: '', essential: true },
  { name: 'body', type: 'text', maxLength: 1_000, initial: '' },
  integer('partition', NONE, 'none', NONE, 9_999),
  integer('weight', 1, 'none', 0, 1_000),
  /** A value of null: the key shall be forgotten by compaction. */
  { name: 'isTombstone', type: 'boolean', initial: false, ...ADVANCED },
  /** Without a key no partition follows from it; with this the empty text is a key. */
  { name: 'isEmptyKey', type: 'boolean', initial: false, ...ADVANCED },
  integer('bytes', 100, 'bytes', 1, 1_000_000, ADVANCED),
  { name: 'headers', type: 'table', maxEntries: 16, ...ADVANCED },
] as const satisfies FieldTable;

const COUNT_MAX = 10_000;
export const PUBLISH_FIELDS = [...RECORD_FIELDS, integer('count', 1, 'messages', 1, COUNT_MAX)] as const satisfies FieldTable;
const LISTED_FIELDS = [millis('atMillis', 0, { essential: true }), ...RECORD_FIELDS] as const satisfies FieldTable;

const RATE = { when: { field: 'mode', is: ['rate'] } } as const;
const BURST = { when: { field: 'mode', is: ['burst'] } } as const;

export const PRODUCER_FIELDS = [
  { name: 'mode', type: 'choice', options: ['rate', 'burst', 'list'], initial: 'rate' },
  integer('everyMillis', 1_000, 'ms', 1, DAY_MILLIS, { essential: true, ...RATE }),
  integer('count', 10, 'messages', 1, COUNT_MAX, { essential: true, ...BURST }),
  integer('limit', 0, 'messages', 0, 1_000_000, RATE),
  millis('startMillis', 0, { when: { field: 'mode', is: ['rate', 'burst'] } }),
  { name: 'templates', type: 'list', of: RECORD_FIELDS, maxEntries: 64, initial: [{}], when: { field: 'mode', is: ['rate', 'burst'] } },
  { name: 'list', type: 'list', of: LISTED_FIELDS, maxEntries: 256, initial: [{}], when: { field: 'mode', is: ['list'] } },
  { name: 'acks', type: 'choice', options: ['0', '1', 'all'], initial: 'all', essential: true },
  {
    name: 'partitioner',
    type: 'choice',
    options: ['default', 'sticky-batch', 'round-robin', 'crc32', 'fnv1a'],
    initial: 'default',
  },
  { name: 'idempotence', type: 'boolean', initial: true },
  millis('lingerMillis', 5),
  integer('batchBytes', 16_384, 'bytes', 1, 1_000_000, ADVANCED),
  integer('maxInFlight', 5, 'none', 1, 100, ADVANCED),
  integer('retries', 2_147_483_647, 'none', 0, 2_147_483_647, ADVANCED),
  millis('retryBackoffMillis', 100, ADVANCED),
  millis('requestTimeoutMillis', 30_000, ADVANCED),
  millis('deliveryTimeoutMillis', 120_000, ADVANCED),
  integer('bufferBytes', 33_554_432, 'bytes', 1_000, 1_000_000_000, ADVANCED),
  millis('maxBlockMillis', MINUTE_MILLIS, ADVANCED),
  millis('metadataMaxAgeMillis', 5 * MINUTE_MILLIS, ADVANCED),
  { name: 'transactionalId', type: 'text', maxLength: NAME_MAX, initial: '', ...ADVANCED },
  /** Records in a transaction; every so many-th is aborted (0 = none). */
  integer('transactionRecords', 3, 'messages', 1, 10_000, ADVANCED),
  integer('abortEvery', 0, 'none', 0, 1_000, ADVANCED),
  millis('transactionTimeoutMillis', MINUTE_MILLIS, ADVANCED),
] as const satisfies FieldTable;

const SHARE = { when: { field: 'protocol', is: ['share'] } } as const;
const CLASSIC = { when: { field: 'protocol', is: ['classic'] } } as const;

/** What all members of a group have in common; a consumer outside any group has the same of its own. */
export const GROUP_FIELDS = [
  { name: 'protocol', type: 'choice', options: ['classic', 'consumer', 'share'], initial: 'classic', essential: true },
  {
    name: 'assignor',
    type: 'choice',
    options: ['range', 'roundrobin', 'sticky', 'cooperative-sticky', 'range,cooperative-sticky'],
    initial: 'range,cooperative-sticky',
    essential: true,
    ...CLASSIC,
  },
  {
    name: 'serverAssignor',
    type: 'choice',
    options: ['uniform', 'range'],
    initial: 'uniform',
    when: { field: 'protocol', is: ['consumer'] },
  },
  { name: 'library', type: 'choice', options: ['java', 'librdkafka'], initial: 'java', ...ADVANCED },
  millis('sessionTimeoutMillis', 45_000, CLASSIC),
  millis('heartbeatMillis', 3_000, CLASSIC),
  millis('maxPollIntervalMillis', 300_000, { when: { field: 'protocol', is: ['classic', 'consumer'] } }),
  { name: 'shareOffsetReset', type: 'choice', options: ['earliest', 'latest'], initial: 'latest', essential: true, ...SHARE },
  millis('shareLockMillis', 30_000, SHARE),
  integer('shareDeliveryLimit', 5, 'none', 1, 1_000, SHARE),
] as const satisfies FieldTable;

export const CONSUMER_FIELDS = [
  integer('maxPollRecords', 500, 'messages', 1, 100_000, { essential: true }),
  { name: 'work', type: 'choice', options: ['fixed', 'weight'], initial: 'fixed' },
  millis('workMillis', 1_000, { essential: true }),
  { name: 'commit', type: 'choice', options: ['auto', 'after', 'before', 'async', 'never'], initial: 'auto', essential: true },
  millis('autoCommitMillis', 5_000, { when: { field: 'commit', is: ['auto'] } }),
  /** Every so many-th record's work fails: its commit is left out, or in a share group it is released. */
  integer('failEvery', 0, 'messages', 0, 10_000),
  { name: 'offsetReset', type: 'choice', options: ['earliest', 'latest', 'none'], initial: 'latest', essential: true },
  { name: 'isolation', type: 'choice', options: ['read_uncommitted', 'read_committed'], initial: 'read_uncommitted' },
  { name: 'instanceId', type: 'text', maxLength: NAME_MAX, initial: '' },
  /** Without a group: the partitions to read, e.g. `orders-0, orders-1`; empty = all of what lines lead to. */
  { name: 'assigned', type: 'text', maxLength: 1_000, initial: '' },
  millis('startMillis', 0, ADVANCED),
  millis('fetchMaxWaitMillis', 500, ADVANCED),
  integer('fetchMinBytes', 1, 'bytes', 1, 100_000_000, ADVANCED),
  integer('partitionFetchBytes', 1_048_576, 'bytes', 1, 100_000_000, ADVANCED),
  { name: 'rack', type: 'text', maxLength: 100, initial: '', ...ADVANCED },
  { name: 'remembers', type: 'boolean', initial: false, ...ADVANCED },
] as const satisfies FieldTable;

export const TOPIC_FIELDS = [
  integer('partitions', 3, 'none', 1, 1_000, { essential: true }),
  integer('replicationFactor', 1, 'none', 1, 100, { essential: true }),
  integer('minInsyncReplicas', 1, 'none', 1, 100),
  /** Broker ids by hand, a partition each: `1:2:3, 2:3:1`; empty = placed by the controller. */
  { name: 'replicas', type: 'text', maxLength: 5_000, initial: '', ...ADVANCED },
  { name: 'cleanup', type: 'choice', options: ['delete', 'compact', 'compact,delete'], initial: 'delete' },
  integer('retentionMillis', 7 * DAY_MILLIS, 'ms', NONE, 100 * DAY_MILLIS),
  integer('retentionBytes', NONE, 'bytes', NONE, 1_000_000_000),
  integer('segmentBytes', 1_073_741_824, 'bytes', 14, 1_073_741_824),
  millis('segmentMillis', 7 * DAY_MILLIS, ADVANCED),
  integer('minCleanableRatio', 500, 'none', 0, 1_000, ADVANCED),
  millis('minCompactionLagMillis', 0, ADVANCED),
  millis('deleteRetentionMillis', DAY_MILLIS, ADVANCED),
  { name: 'uncleanElection', type: 'boolean', initial: false },
] as const satisfies FieldTable;

export const BROKER_FIELDS = [
  { name: 'version', type: 'choice', options: ['0.9', '2.8', '3.9', '4.0', '4.1', '4.3'], initial: '4.1' },
  /** 0 = the number at the end of its name, else its place in the drawing. */
  integer('nodeId', 0, 'none', 0, 1_000, ADVANCED),
  { name: 'roles', type: 'choice', options: ['broker,controller', 'broker', 'controller'], initial: 'broker,controller', ...ADVANCED },
  { name: 'rack', type: 'text', maxLength: 100, initial: '', ...ADVANCED },
  millis('replicaLagMillis', 30_000, ADVANCED),
  millis('replicaFetchWaitMillis', 500, ADVANCED),
  millis('sessionTimeoutMillis', 9_000, ADVANCED),
  millis('heartbeatMillis', 2_000, ADVANCED),
  millis('zookeeperSessionMillis', 18_000, ADVANCED),
  millis('initialRebalanceDelayMillis', 3_000),
  // Of the consumer protocol, where the broker decides them.
  millis('consumerSessionMillis', 45_000, ADVANCED),
  millis('consumerHeartbeatMillis', 5_000, ADVANCED),
  millis('retentionCheckMillis', 300_000, ADVANCED),
  millis('cleanerMillis', 15_000, ADVANCED),
  { name: 'autoRebalance', type: 'boolean', initial: true, ...ADVANCED },
  millis('rebalanceCheckMillis', 300_000, ADVANCED),
  integer('offsetsPartitions', 50, 'none', 1, 1_000, ADVANCED),
  integer('offsetsReplicationFactor', 3, 'none', 1, 100, ADVANCED),
  millis('minSessionTimeoutMillis', 6_000, ADVANCED),
] as const satisfies FieldTable;
