import type { KafkaMessage } from '../../message.ts';
import { type Batch, bytesIn, copyQueue, hasRoomFor, isFull, newBatch, newQueue, type PartitionQueue } from './batch.ts';
import type { Cluster, TopicLeaders } from './cluster.ts';
import {
  countSticky,
  type Draw,
  loadOf,
  newStickiness,
  onNewBatch,
  type Partitioner,
  roundRobinPartition,
  type Stickiness,
  stickyBatchPartition,
  stickyPartition,
  stickyTimePartition,
} from './partitioner.ts';
import { bytesUpperBound } from './recordSize.ts';

/** Settings of a producer; sizes in bytes, times in the caller's unit. */
export interface SendSettings {
  readonly partitioner: Partitioner;
  readonly batchBytes: number;
  readonly bufferBytes: number;
  readonly requestBytes: number;
  readonly linger: number;
  readonly retries: number;
  readonly retryBackoff: number;
  readonly retryBackoffMax: number;
  readonly requestTimeout: number;
  readonly deliveryTimeout: number;
  readonly maxInFlight: number;
}

interface TopicQueues {
  readonly stickiness: Stickiness;
  /** By partition; none before its first record. */
  readonly queues: (PartitionQueue | undefined)[];
  /** Partitions with batches that wait or are sent, ascending: few of many, mostly. */
  busy: number[];
}

/** Records that are not acknowledged yet, in batches, partition by partition (Kafka's RecordAccumulator). */
export interface Accumulator {
  readonly topics: Map<string, TopicQueues>;
  /** Bytes of memory that batches hold until they are done. */
  used: number;
  nextBatch: number;
  /** Batches that wait to be sent, and those that have no fate yet: waiting or sent. */
  waiting: number;
  incomplete: number;
  /** Everything goes at once: somebody waits for it, or the producer closes. */
  isFlushing: boolean;
  /** Where the next request to a node begins to look, so that no partition starves. */
  readonly drainIndex: Map<number, number>;
  /** The cluster for which the queues, as long as they are now, have been weighed; undefined = not yet. */
  weighedFor: Cluster | undefined;
}

export function newAccumulator(): Accumulator {
  return {
    topics: new Map(),
    used: 0,
    nextBatch: 1,
    waiting: 0,
    incomplete: 0,
    isFlushing: false,
    drainIndex: new Map(),
    weighedFor: undefined,
  };
}

export function copyAccumulator(acc: Accumulator): Accumulator {
  const topics = new Map<string, TopicQueues>();
  for (const [name, { stickiness, queues, busy }] of acc.topics)
    topics.set(name, { stickiness: { ...stickiness }, queues: queues.map((queue) => queue && copyQueue(queue)), busy: busy.slice() });
  return { ...acc, topics, drainIndex: new Map(acc.drainIndex) };
}

/** All partitions that had a record, in order of topic's first use and number. */
export function* queuesOf(acc: Accumulator): Generator<PartitionQueue> {
  for (const { queues } of acc.topics.values()) for (const queue of queues) if (queue) yield queue;
}

/** Those with batches that wait or are sent, in the same order. */
export function busyQueues(acc: Accumulator): readonly PartitionQueue[] {
  const found: PartitionQueue[] = [];
  for (const { queues, busy } of acc.topics.values()) for (const partition of busy) found.push(queues[partition] as PartitionQueue);
  return found;
}

function isIdle({ waiting, sent }: PartitionQueue): boolean {
  return waiting.length === 0 && sent.length === 0;
}

export function queueOf(acc: Accumulator, topic: string, partition: number): PartitionQueue | undefined {
  return acc.topics.get(topic)?.queues[partition];
}

/** Where a record will go. */
export interface Place {
  readonly queue: PartitionQueue;
  /** True when nobody else has said which partition: its bytes count for the stay there. */
  readonly isSticky: boolean;
}

function topicQueues(acc: Accumulator, topic: string): TopicQueues {
  let found = acc.topics.get(topic);
  if (found === undefined) {
    found = { stickiness: newStickiness(), queues: [], busy: [] };
    acc.topics.set(topic, found);
  }
  return found;
}

function getQueue(acc: Accumulator, { queues }: TopicQueues, topic: string, partition: number): PartitionQueue {
  let queue = queues[partition];
  if (queue === undefined) {
    // No holes: they would be slow, and copies skip them.
    while (queues.length < partition) queues.push(undefined);
    queue = newQueue(topic, partition);
    acc.weighedFor = undefined;
    queues[partition] = queue;
  }
  return queue;
}

/** The partition of a record: the given one, or (-1) the one that records without a key go to now. */
export function placeFor(
  acc: Accumulator,
  settings: SendSettings,
  topic: string,
  info: TopicLeaders,
  partition: number,
  content: number,
  now: number,
  draw: Draw,
): Place {
  const all = topicQueues(acc, topic);
  if (partition >= 0) {
    const queue = getQueue(acc, all, topic, partition);
    if (settings.partitioner === 'sticky-batch' && !fits(queue, content, now)) onNewBatch(all.stickiness, partition, info, draw);
    return { queue, isSticky: false };
  }
  const { stickiness } = all;
  switch (settings.partitioner) {
    case 'default':
      return { queue: stickyQueue(acc, all, settings, topic, info, draw), isSticky: true };
    case 'round-robin':
      return { queue: getQueue(acc, all, topic, roundRobinPartition(stickiness, info, draw)), isSticky: false };
    case 'sticky-batch': {
      const queue = getQueue(acc, all, topic, stickyBatchPartition(stickiness, info, draw));
      if (fits(queue, content, now)) return { queue, isSticky: false };
      // A batch has to be begun, so it is begun elsewhere; even the first record finds its partition so.
      onNewBatch(stickiness, queue.partition, info, draw);
      return { queue: getQueue(acc, all, topic, stickiness.partition), isSticky: false };
    }
    default:
      return { queue: getQueue(acc, all, topic, stickyTimePartition(stickiness, info, now, 2 * settings.linger, draw)), isSticky: false };
  }
}

/** The present partition of KIP-794; a move that had to wait for a full batch is made up for. */
function stickyQueue(
  acc: Accumulator,
  all: TopicQueues,
  { batchBytes }: SendSettings,
  topic: string,
  info: TopicLeaders,
  draw: Draw,
): PartitionQueue {
  for (;;) {
    const queue = getQueue(acc, all, topic, stickyPartition(all.stickiness, info, draw));
    if (!isLastFull(queue) || !countSticky(all.stickiness, 0, batchBytes, true, info, draw)) return queue;
  }
}

function isLastFull({ waiting }: PartitionQueue): boolean {
  const last = waiting.at(-1);
  return last === undefined || isFull(last);
}

function fits({ waiting }: PartitionQueue, content: number, now: number): boolean {
  const last = waiting.at(-1);
  return last !== undefined && hasRoomFor(last, content, now);
}

/** Memory that a new batch for this record takes. Less than `batch.size` only where that is more than there is at all. */
function allocation({ batchBytes, bufferBytes }: SendSettings, content: number): number {
  return Math.min(Math.max(batchBytes, bytesUpperBound(content)), bufferBytes);
}

/** False when the sender of this record has to wait until memory is given back. */
export function hasMemory(acc: Accumulator, settings: SendSettings, { queue }: Place, content: number, now: number): boolean {
  return fits(queue, content, now) || acc.used + allocation(settings, content) <= settings.bufferBytes;
}

export interface Appended {
  readonly isNewBatch: boolean;
  /** Something is ready to go. */
  readonly isBatchFull: boolean;
}

/** Puts a record into the last batch of its partition, or into a new one behind it. */
export function append(
  acc: Accumulator,
  settings: SendSettings,
  { queue, isSticky }: Place,
  message: KafkaMessage,
  content: number,
  info: TopicLeaders,
  now: number,
  draw: Draw,
): Appended {
  const { waiting } = queue;
  let last = waiting.at(-1);
  let added = 0;
  const isNewBatch = last === undefined || !hasRoomFor(last, content, message.timestamp);
  if (isNewBatch) {
    if (last) last.isClosed = true;
    if (isIdle(queue)) markBusy(topicQueues(acc, queue.topic), queue.partition);
    last = newBatch(acc.nextBatch++, queue, allocation(settings, content), now);
    waiting.push(last);
    acc.used += last.allocated;
    countWaiting(acc, 1);
    acc.incomplete++;
    added = last.bytes;
  }
  const batch = last as Batch;
  const bytes = bytesIn(batch, content, message.timestamp);
  batch.records.push(message);
  batch.bytes += bytes;
  if (isSticky) {
    const { stickiness } = topicQueues(acc, queue.topic);
    countSticky(stickiness, added + bytes, settings.batchBytes, isFull(batch), info, draw);
  }
  return { isNewBatch, isBatchFull: waiting.length > 1 || isFull(batch) };
}

/** Batches have begun or ceased to wait. */
export function countWaiting(acc: Accumulator, more: number): void {
  acc.waiting += more;
  acc.weighedFor = undefined;
}

function markBusy({ busy }: TopicQueues, partition: number): void {
  let at = busy.length;
  while (at > 0 && (busy[at - 1] as number) > partition) at--;
  busy.splice(at, 0, partition);
}

/** A batch that is taken out of its queue has its fate: its memory is free again. */
export function release(acc: Accumulator, { topic, partition, allocated }: Batch): void {
  acc.used -= allocated;
  acc.incomplete--;
  const all = topicQueues(acc, topic);
  if (!isIdle(getQueue(acc, all, topic, partition))) return;
  const at = all.busy.indexOf(partition);
  if (at >= 0) all.busy.splice(at, 1);
}

/** Spreads records without a key by how long the queues are (adaptive partitioning), as soon as each partition has had a record. */
export function weigh(acc: Accumulator, cluster: Cluster): void {
  if (acc.weighedFor === cluster) return;
  acc.weighedFor = cluster;
  for (const [name, { stickiness, queues }] of acc.topics) {
    if (acc.waiting === 0) {
      stickiness.load = undefined;
      continue;
    }
    const topic = cluster.topics.get(name);
    stickiness.load = topic && queues.length >= topic.count && hasQueues(queues) ? loadNow(queues, topic) : undefined;
  }
}

function hasQueues(queues: TopicQueues['queues']): boolean {
  let isAnyLong = false;
  for (const queue of queues) {
    if (queue === undefined) return false;
    isAnyLong ||= queue.waiting.length > 0;
  }
  return isAnyLong;
}

function loadNow(queues: TopicQueues['queues'], topic: TopicLeaders) {
  const sizes: number[] = [];
  const partitions: number[] = [];
  for (const queue of queues) {
    if (!queue || (topic.leaders[queue.partition] ?? -1) < 0) continue;
    sizes.push(queue.waiting.length);
    partitions.push(queue.partition);
  }
  return loadOf(sizes, partitions, queues.length);
}
