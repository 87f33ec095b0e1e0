import type { FieldTable } from '../../scenario/index.ts';

/** A short string on the wire holds at most 255 bytes: names and routing keys alike. */
const SHORT_STRING = 255;
const HOUR_MILLIS = 3_600_000;
/** Stands for "no such limit" where 0 has a meaning of its own. */
const NONE = -1;

/** What a person says about a message: a producer's templates and messages published by hand have the same fields. */
const MESSAGE_FIELDS = [
  { name: 'key', type: 'text', maxLength: SHORT_STRING, initial: '', essential: true },
  { name: 'body', type: 'text', maxLength: 1_000, initial: '' },
  { name: 'weight', type: 'integer', min: 0, max: 1_000, initial: 1, unit: 'none' },
  { name: 'headers', type: 'table', maxEntries: 16 },
  { name: 'mandatory', type: 'boolean', initial: false },
  { name: 'persistent', type: 'boolean', initial: false, advanced: true },
  { name: 'priority', type: 'integer', min: 0, max: 255, initial: 0, unit: 'none', advanced: true },
  { name: 'cc', type: 'text', maxLength: SHORT_STRING, initial: '', advanced: true },
  { name: 'bcc', type: 'text', maxLength: SHORT_STRING, initial: '', advanced: true },
  { name: 'expiration', type: 'integer', min: NONE, max: 24 * HOUR_MILLIS, initial: NONE, unit: 'ms', advanced: true },
] as const satisfies FieldTable;

const MESSAGE_COUNT_MAX = 10_000;

/** Arguments of the verb `publish`: one message, and how many of it. */
export const PUBLISH_FIELDS = [
  ...MESSAGE_FIELDS,
  { name: 'count', type: 'integer', min: 1, max: MESSAGE_COUNT_MAX, initial: 1, unit: 'messages' },
] as const satisfies FieldTable;

const LISTED_FIELDS = [
  { name: 'atMillis', type: 'integer', min: 0, max: 24 * HOUR_MILLIS, initial: 0, unit: 'ms', essential: true },
  ...MESSAGE_FIELDS,
] as const satisfies FieldTable;

export const PRODUCER_FIELDS = [
  { name: 'mode', type: 'choice', options: ['rate', 'burst', 'list'], initial: 'rate' },
  {
    name: 'everyMillis',
    type: 'integer',
    min: 1,
    max: HOUR_MILLIS,
    initial: 1_000,
    unit: 'ms',
    essential: true,
    when: { field: 'mode', is: ['rate'] },
  },
  {
    name: 'count',
    type: 'integer',
    min: 1,
    max: MESSAGE_COUNT_MAX,
    initial: 10,
    unit: 'messages',
    essential: true,
    when: { field: 'mode', is: ['burst'] },
  },
  { name: 'limit', type: 'integer', min: 0, max: 1_000_000, initial: 0, unit: 'messages', when: { field: 'mode', is: ['rate'] } },
  {
    name: 'startMillis',
    type: 'integer',
    min: 0,
    max: 24 * HOUR_MILLIS,
    initial: 0,
    unit: 'ms',
    when: { field: 'mode', is: ['rate', 'burst'] },
  },
  { name: 'guarantee', type: 'choice', options: ['none', 'confirms', 'transactions'], initial: 'none' },
  {
    name: 'batch',
    type: 'integer',
    min: 1,
    max: 1_000,
    initial: 1,
    unit: 'messages',
    when: { field: 'guarantee', is: ['confirms', 'transactions'] },
  },
  {
    name: 'attempts',
    type: 'integer',
    min: 1,
    max: 100,
    initial: 3,
    unit: 'none',
    advanced: true,
    when: { field: 'guarantee', is: ['confirms'] },
  },
  {
    name: 'retryMillis',
    type: 'integer',
    min: 1,
    max: HOUR_MILLIS,
    initial: 1_000,
    unit: 'ms',
    advanced: true,
    when: { field: 'guarantee', is: ['confirms'] },
  },
  {
    name: 'multiplier',
    type: 'integer',
    min: 1,
    max: 10,
    initial: 2,
    unit: 'none',
    advanced: true,
    when: { field: 'guarantee', is: ['confirms'] },
  },
  { name: 'expectsReplies', type: 'boolean', initial: false, advanced: true },
  { name: 'templates', type: 'list', of: MESSAGE_FIELDS, maxEntries: 64, initial: [{}], when: { field: 'mode', is: ['rate', 'burst'] } },
  { name: 'list', type: 'list', of: LISTED_FIELDS, maxEntries: 256, initial: [{}], when: { field: 'mode', is: ['list'] } },
] as const satisfies FieldTable;

export const CONSUMER_FIELDS = [
  { name: 'prefetch', type: 'integer', min: 0, max: 65_535, initial: 0, unit: 'messages', essential: true },
  { name: 'ackMode', type: 'choice', options: ['manual', 'auto', 'never'], initial: 'manual', essential: true },
  { name: 'work', type: 'choice', options: ['fixed', 'weight'], initial: 'fixed' },
  { name: 'workMillis', type: 'integer', min: 0, max: HOUR_MILLIS, initial: 1_000, unit: 'ms', essential: true },
  { name: 'failEvery', type: 'integer', min: 0, max: 10_000, initial: 0, unit: 'messages' },
  { name: 'requeue', type: 'boolean', initial: true, when: { field: 'ackMode', is: ['manual'] } },
  { name: 'forwardKey', type: 'text', maxLength: SHORT_STRING, initial: '' },
  { name: 'replies', type: 'boolean', initial: false, advanced: true },
  { name: 'remembers', type: 'boolean', initial: false, advanced: true },
  { name: 'priority', type: 'integer', min: -1_000, max: 1_000, initial: 0, unit: 'none', advanced: true },
  { name: 'exclusive', type: 'boolean', initial: false, advanced: true },
  { name: 'prefetchGlobal', type: 'boolean', initial: false, advanced: true },
] as const satisfies FieldTable;

/** The default exchange has a name of its own ('') and no settings. */
const DECLARED = { field: 'type', is: ['direct', 'fanout', 'topic', 'headers'] } as const;

export const EXCHANGE_FIELDS = [
  { name: 'type', type: 'choice', options: ['direct', 'fanout', 'topic', 'headers', 'default'], initial: 'direct', essential: true },
  { name: 'durable', type: 'boolean', initial: true, when: DECLARED },
  { name: 'autoDelete', type: 'boolean', initial: false, when: DECLARED },
  { name: 'internal', type: 'boolean', initial: false, when: DECLARED },
  { name: 'alternate', type: 'text', maxLength: SHORT_STRING, initial: '', when: DECLARED },
] as const satisfies FieldTable;

export const QUEUE_FIELDS = [
  { name: 'queueType', type: 'choice', options: ['classic', 'quorum', 'stream'], initial: 'classic', essential: true },
  { name: 'durable', type: 'boolean', initial: true },
  { name: 'exclusive', type: 'boolean', initial: false },
  { name: 'autoDelete', type: 'boolean', initial: false },
  { name: 'messageTtl', type: 'integer', min: NONE, max: 24 * HOUR_MILLIS, initial: NONE, unit: 'ms', advanced: true },
  { name: 'maxLength', type: 'integer', min: NONE, max: 1_000_000, initial: NONE, unit: 'messages', advanced: true },
  {
    name: 'overflow',
    type: 'choice',
    options: ['drop-head', 'reject-publish', 'reject-publish-dlx'],
    initial: 'drop-head',
    advanced: true,
  },
  { name: 'isDeadLettered', type: 'boolean', initial: false, advanced: true },
  {
    name: 'deadLetterExchange',
    type: 'text',
    maxLength: SHORT_STRING,
    initial: '',
    advanced: true,
    when: { field: 'isDeadLettered', is: [true] },
  },
  {
    name: 'deadLetterKey',
    type: 'text',
    maxLength: SHORT_STRING,
    initial: '',
    advanced: true,
    when: { field: 'isDeadLettered', is: [true] },
  },
  { name: 'maxPriority', type: 'integer', min: 0, max: 255, initial: 0, unit: 'none', advanced: true },
  {
    name: 'deliveryLimit',
    type: 'integer',
    min: NONE,
    max: 1_000,
    initial: NONE,
    unit: 'none',
    advanced: true,
    when: { field: 'queueType', is: ['quorum'] },
  },
  { name: 'singleActive', type: 'boolean', initial: false, advanced: true },
  { name: 'arguments', type: 'table', maxEntries: 16, advanced: true },
] as const satisfies FieldTable;

export const BINDING_FIELDS = [
  { name: 'key', type: 'text', maxLength: SHORT_STRING, initial: '', essential: true },
  { name: 'headers', type: 'table', maxEntries: 16, essential: true },
  { name: 'xMatch', type: 'choice', options: ['all', 'any', 'all-with-x', 'any-with-x'], initial: 'all' },
] as const satisfies FieldTable;

/** Of a broker's disk: how long what is written stays in the buffer before it is forced onto the disk. */
export const DISK_FIELDS = [
  { name: 'fsyncMillis', type: 'integer', min: 0, max: 60_000, initial: 200, unit: 'ms', essential: true },
] as const satisfies FieldTable;

/** Of a line to a node of a cluster: what is meant there. */
export const PUBLISH_VIA_FIELDS = [
  { name: 'exchange', type: 'text', maxLength: SHORT_STRING, initial: '', essential: true },
] as const satisfies FieldTable;
export const CONSUME_VIA_FIELDS = [
  { name: 'queue', type: 'text', maxLength: SHORT_STRING, initial: '', essential: true },
] as const satisfies FieldTable;

const POLICY_FIELDS = [
  { name: 'name', type: 'text', maxLength: SHORT_STRING, initial: '', essential: true },
  { name: 'pattern', type: 'text', maxLength: 1_000, initial: '.*', essential: true },
  {
    name: 'applyTo',
    type: 'choice',
    options: ['all', 'queues', 'classic_queues', 'quorum_queues', 'streams', 'exchanges'],
    initial: 'all',
  },
  { name: 'priority', type: 'integer', min: -1_000_000, max: 1_000_000, initial: 0, unit: 'none' },
  { name: 'definition', type: 'table', maxEntries: 16 },
] as const satisfies FieldTable;

export const BROKER_FIELDS = [
  { name: 'version', type: 'choice', options: ['3.10', '4.2'], initial: '3.10' },
  { name: 'ackTimeoutMillis', type: 'integer', min: 1, max: 24 * HOUR_MILLIS, initial: HOUR_MILLIS / 2, unit: 'ms', advanced: true },
  { name: 'policies', type: 'list', of: POLICY_FIELDS, maxEntries: 64, initial: [], advanced: true },
] as const satisfies FieldTable;
