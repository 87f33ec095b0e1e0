import { type JsonObject, remembered } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import { type KafkaMessage, partitionName } from '../../message.ts';
import { append, hasMemory, type Place, placeFor } from './accumulator.ts';
import { isAtEnd } from './application.ts';
import type { TopicLeaders } from './cluster.ts';
import { configOf, type RecordTemplate, type Settings } from './config.ts';
import { abortTransaction } from './fates.ts';
import { wantMetadata } from './metadata.ts';
import { type Draw, hashOfKey, isKeyless, type Partitioner } from './partitioner.ts';
import { bytesUpperBound, contentBytes } from './recordSize.ts';
import type { Producer, Send } from './state.ts';
import { begin, include } from './transaction.ts';

/**
 * Calls of send() return one after the other, each as soon as its record lies in the buffer. What keeps one waiting:
 * metadata that is not there yet, memory, the beginning or end of a transaction.
 */
export function makeSends(state: Producer, settings: Settings, x: Context): Sent {
  let sent: Sent = 'nothing';
  while (state.sends.length > 0) {
    const send = state.sends[0] as Send;
    if (state.blockedSince < 0) state.blockedSince = x.now;
    const done = trySend(state, settings, send, x);
    if (done === 'nothing') break;
    if (sent !== 'news') sent = done;
    state.blockedSince = -1;
    state.sends.shift();
  }
  if (state.sends.length === 0) state.blockedSince = -1;
  return sent;
}

/** What a call has done: nothing yet, as it waits; it has put its record to others; or the sender has something to look at. */
type Sent = 'nothing' | 'joined' | 'news';

function trySend(state: Producer, settings: Settings, send: Send, x: Context): Sent {
  state.isShortOfMemory = false;
  const { transaction } = state;
  if (transaction?.state === 'failed') return fail(state, send, 'client-failed', x);
  if (transaction && transaction.state !== 'open' && transaction.state !== 'ready') {
    // It is in commitTransaction() and has not called send() yet: that one's time does not run.
    state.blockedSince = -1;
    return 'nothing';
  }
  const { template, topic } = send;
  const info = state.cluster.topics.get(topic);
  const isOver = x.now - state.blockedSince >= settings.maxBlock;
  if (!info || info.count === 0 || template.partition >= info.count) {
    if (isOver) return fail(state, send, info && info.count > 0 ? 'no-such-partition' : 'no-metadata', x);
    wantMetadata(state);
    return 'nothing';
  }
  const plan = planOf(template, settings.partitioner);
  const { content, bound, hash } = plan;
  if (bound > settings.requestBytes || bound > settings.bufferBytes) return fail(state, send, 'record-too-large', x);
  const chosen = template.partition >= 0 ? template.partition : hash >= 0 ? hash % info.count : -1;
  const draw = drawFrom(x);
  const place = placeFor(state.sender.acc, settings, topic, info, chosen, content, x.now, draw);
  if (!hasMemory(state.sender.acc, settings, place, content, x.now)) {
    if (isOver) return fail(state, send, 'buffer-exhausted', x);
    state.isShortOfMemory = true;
    return 'nothing';
  }
  if (transaction?.state === 'ready') begin(transaction);
  const message = publish(state, plan, send, place, info, x);
  const { isNewBatch, isBatchFull } = append(state.sender.acc, settings, place, message, content, info, x.now, draw);
  if (transaction) includeRecord(state, send, place, x);
  return isNewBatch || isBatchFull ? 'news' : 'joined';
}

/** One for each context: every record may need it. */
const drawFrom = remembered(
  (x: Context): Draw =>
    (below) =>
      x.random(below),
);

/** What is the same for all records of a template. */
interface Plan {
  readonly partitioner: Partitioner;
  readonly isKeyNull: boolean;
  readonly headers: JsonObject | undefined;
  readonly content: number;
  /** Most bytes that a batch of one such record takes. */
  readonly bound: number;
  /** Of its key; -1 = another rule decides. */
  readonly hash: number;
}

const known = new WeakMap<RecordTemplate, Plan>();

function planOf(template: RecordTemplate, partitioner: Partitioner): Plan {
  let plan = known.get(template);
  if (plan === undefined || plan.partitioner !== partitioner) {
    plan = makePlan(template, partitioner);
    known.set(template, plan);
  }
  return plan;
}

function makePlan(template: RecordTemplate, partitioner: Partitioner): Plan {
  const { key, isEmptyKey, isTombstone, bytes, partition } = template;
  const isKeyNull = key === '' && !isEmptyKey;
  const headers = Object.keys(template.headers).length > 0 ? template.headers : undefined;
  const content = contentBytes({ key, isKeyNull, isTombstone, bytes, headers });
  const hash = partition >= 0 || isKeyless(partitioner, key, isKeyNull) ? -1 : hashOfKey(partitioner, key);
  return { partitioner, isKeyNull, headers, content, bound: bytesUpperBound(content), hash };
}

function publish(state: Producer, plan: Plan, send: Send, { queue }: Place, info: TopicLeaders, x: Context): KafkaMessage {
  const { template, topic, line } = send;
  const { hash, partitioner } = plan;
  const { partition } = queue;
  const message = messageOf(template, plan, topic, partition, x);
  state.published += 1;
  const { key } = message;
  const data = hash < 0 ? { topic, partition, key } : { topic, partition, key, hash, hashedBy: hashName(partitioner), count: info.count };
  x.fact('message.published', message.producer, message.id, line, whyHere(template.partition, hash, partitioner), data);
  return message;
}

function messageOf(template: RecordTemplate, plan: Plan, topic: string, partition: number, x: Context): KafkaMessage {
  return {
    id: x.mint(),
    key: template.key,
    producer: x.wiring.self.id,
    body: template.body,
    weight: template.weight,
    isKeyNull: plan.isKeyNull,
    isTombstone: template.isTombstone,
    topic,
    partition,
    headers: plan.headers,
    bytes: template.bytes,
    timestamp: x.now,
  };
}

function hashName(partitioner: Partitioner): string {
  return partitioner === 'crc32' || partitioner === 'fnv1a' ? partitioner : 'murmur2';
}

const WHY: { readonly [partitioner in Partitioner]: string } = {
  default: 'partition-sticky',
  'sticky-batch': 'partition-sticky-batch',
  'round-robin': 'partition-round-robin',
  crc32: 'partition-random',
  fnv1a: 'partition-random',
};

function whyHere(explicit: number, hash: number, partitioner: Partitioner): string {
  return explicit >= 0 ? 'partition-explicit' : hash >= 0 ? 'partition-by-key' : WHY[partitioner];
}

/** send() throws: the record never came into the buffer. */
function fail(state: Producer, { template, topic, line }: Send, why: string, x: Context): Sent {
  const message = messageOf(template, planOf(template, configOf(x).partitioner), topic, -1, x);
  state.published += 1;
  state.refused += 1;
  x.fact('message.published', message.producer, message.id, line, 'partition-unknown', { topic, partition: -1, key: message.key });
  x.fact('message.refused', message.producer, message.id, line, why, { topic, partition: -1 });
  return 'news';
}

/** The coordinator must hear of the partition; after so many records the application ends the transaction. */
function includeRecord(state: Producer, { isLast }: Send, { queue }: Place, x: Context): void {
  const { transaction } = state;
  if (!transaction) return;
  include(transaction, partitionName(queue.topic, queue.partition));
  if (!isLast) return;
  transaction.records++;
  if (transaction.records >= configOf(x).transactionRecords) endTransaction(state, x);
}

/** Every so many-th transaction is aborted, the others are committed. */
function endTransaction(state: Producer, x: Context): void {
  const { transaction } = state;
  if (!transaction) return;
  const { abortEvery } = configOf(x);
  if (abortEvery > 0 && transaction.number % abortEvery === 0) abortTransaction(state, '', x);
  else transaction.state = 'committing';
}

/** An application that has nothing more to send does not leave its transaction open. */
export function endLastTransaction(state: Producer, x: Context): void {
  if (state.transaction?.state === 'open' && isAtEnd(state, x)) endTransaction(state, x);
}
