import {
  type Accumulator,
  busyQueues,
  copyAccumulator,
  countWaiting,
  newAccumulator,
  queueOf,
  queuesOf,
  release,
  type SendSettings,
  weigh,
} from './accumulator.ts';
import type { Batch, PartitionQueue } from './batch.ts';
import type { Cluster } from './cluster.ts';
import { drain, expire, putBack, ready } from './drain.ts';
import { isRetriable } from './errors.ts';
import { acked, bumpIfDue, failed, markUnresolved, mayRetryNumbers, newProducerIds, type ProducerIds, resolve } from './sequences.ts';

/** A Produce request without an answer. Its batches are in `sent` of their queues. */
export interface InFlight {
  readonly correlation: number;
  readonly node: number;
  readonly topic: string;
  readonly batches: readonly { readonly tp: string; readonly partition: number; readonly id: number }[];
  /** One request of a real client, which this one is a part of: frames go topic by topic, along the topic's own line. */
  readonly slot: number;
  readonly deadline: number;
}

/** What sends batches and hears of them. */
export interface Sender {
  readonly acc: Accumulator;
  /** Undefined without idempotence. */
  readonly ids: ProducerIds | undefined;
  /** In order of sending. */
  readonly inFlight: InFlight[];
}

export function newSender(kind: 'plain' | 'idempotent' | 'transactional'): Sender {
  return { acc: newAccumulator(), ids: kind === 'plain' ? undefined : newProducerIds(kind === 'transactional'), inFlight: [] };
}

export function copySender({ acc, ids, inFlight }: Sender): Sender {
  return { acc: copyAccumulator(acc), ids: ids && { ...ids }, inFlight: inFlight.slice() };
}

/** What became of a batch. */
export interface Fate {
  readonly batch: Batch;
  readonly result: 'acked' | 'retried' | 'failed';
  readonly error: string;
  /** Of its first record; -1 = not known. */
  readonly baseOffset: number;
}

/** The request that an answer belongs to, which is not on its way any more; undefined when it was given up. */
export function takeInFlight({ inFlight }: Sender, correlation: number): InFlight | undefined {
  let at = 0;
  while (at < inFlight.length && inFlight[at]?.correlation !== correlation) at++;
  const request = inFlight[at];
  if (request) inFlight.splice(at, 1);
  return request;
}

/** Requests of this node that are on their way. */
export function inFlightOf(sender: Sender, node: number): number {
  let count = 0;
  let slot = -1;
  // Parts of one request follow one another.
  for (const request of sender.inFlight) {
    if (request.node !== node || request.slot === slot) continue;
    slot = request.slot;
    count++;
  }
  return count;
}

/** Checks that come before a pass: open questions about sequence numbers. True when the transaction has to be aborted. */
export function settleNumbers({ acc, ids }: Sender): boolean {
  if (ids === undefined || !(ids.hasUnresolved || ids.isBumpDue)) return false;
  const mustAbort = resolve(queuesOf(acc), ids);
  bumpIfDue(queuesOf(acc), ids);
  return mustAbort;
}

export interface Pass {
  readonly requests: readonly { readonly node: number; readonly batches: readonly Batch[] }[];
  /** How long until there may be more; Infinity = not by time. */
  readonly delay: number;
  /** Something waits for a partition without a leader, or whose leader can't be reached: there may be another one. */
  readonly isLeaderUnknown: boolean;
}

/** What may keep a pass from sending, besides the batches themselves. */
export interface Gate {
  /** A connection stands. */
  isReachable(node: number): boolean;
  /** A transaction knows of the partition. */
  mayGo(queue: PartitionQueue): boolean;
  /** Nothing waits for company. */
  readonly mustHurry: boolean;
}

/** Nobody adds to it. */
const NO_REQUESTS: { readonly node: number; readonly batches: readonly Batch[] }[] = [];

/** One turn of the sender: takes what can go now. The caller sends it and tells with `took` under which correlation. */
export function sendPass(sender: Sender, settings: SendSettings, cluster: Cluster, gate: Gate, now: number): Pass {
  const { acc, ids } = sender;
  if (acc.waiting === 0) {
    if (settings.partitioner === 'default') weigh(acc, cluster);
    return { requests: NO_REQUESTS, delay: Number.POSITIVE_INFINITY, isLeaderUnknown: false };
  }
  const { nodes, delay, isLeaderUnknown } = ready(acc, settings, cluster, gate.mustHurry, now);
  let isLeaderAway = false;
  let requests = NO_REQUESTS;
  for (const node of nodes) {
    if (!gate.isReachable(node)) {
      isLeaderAway = true;
      continue;
    }
    if (inFlightOf(sender, node) >= settings.maxInFlight) continue;
    const batches = drain(acc, settings, cluster, node, ids, gate, now);
    if (batches.length === 0) continue;
    if (requests === NO_REQUESTS) requests = [{ node, batches }];
    else requests.push({ node, batches });
    for (const batch of batches) {
      const queue = queueOf(acc, batch.topic, batch.partition) as PartitionQueue;
      queue.sent.push(batch);
      if (settings.maxInFlight === 1) queue.isMuted = true;
    }
  }
  if (settings.partitioner === 'default') weigh(acc, cluster);
  return { requests, delay, isLeaderUnknown: isLeaderUnknown || isLeaderAway };
}

/** The answer about one batch of a request. Undefined when the batch was given up meanwhile. */
export function settle(
  sender: Sender,
  settings: SendSettings,
  topic: string,
  partition: number,
  id: number,
  error: string,
  baseOffset: number,
  now: number,
): Fate | undefined {
  const { acc, ids } = sender;
  const queue = queueOf(acc, topic, partition);
  if (queue === undefined) return undefined;
  queue.isMuted = false;
  let at = 0;
  while (at < queue.sent.length && queue.sent[at]?.id !== id) at++;
  const batch = queue.sent[at];
  if (batch === undefined) return undefined;
  if (at === 0) queue.sent.shift();
  else queue.sent.splice(at, 1);
  // A number that the broker has passed already: it has the batch, and no longer knows where.
  if (error === '' || error === 'DUPLICATE_SEQUENCE_NUMBER') {
    if (ids) acked(queue, batch);
    release(acc, batch);
    return { batch, result: 'acked', error, baseOffset: error === '' ? baseOffset : -1 };
  }
  if (mayRetry(queue, batch, settings, error, ids, now)) {
    putBack(acc, queue, batch, now);
    return { batch, result: 'retried', error, baseOffset: -1 };
  }
  if (ids) failed(queue, batch, error, batch.attempts < settings.retries, ids);
  release(acc, batch);
  return { batch, result: 'failed', error, baseOffset: -1 };
}

function mayRetry(
  queue: PartitionQueue,
  batch: Batch,
  { deliveryTimeout, retries }: SendSettings,
  error: string,
  ids: ProducerIds | undefined,
  now: number,
): boolean {
  if (now - batch.createdAt >= deliveryTimeout || batch.attempts >= retries) return false;
  return isRetriable(error) || (ids !== undefined && mayRetryNumbers(queue, batch, error, ids));
}

/** Without answers (acks=0) a batch is done when it is sent. */
export function sentForGood(sender: Sender, batch: Batch): void {
  const queue = queueOf(sender.acc, batch.topic, batch.partition) as PartitionQueue;
  queue.sent = queue.sent.filter((one) => one !== batch);
  queue.isMuted = false;
  release(sender.acc, batch);
}

/** The connection with a node is gone: all its requests end with an error, oldest first. */
export function disconnect(sender: Sender, settings: SendSettings, node: number, error: string, now: number): readonly Fate[] {
  const fates: Fate[] = [];
  const lost = sender.inFlight.filter((request) => request.node === node);
  for (const request of lost) {
    takeInFlight(sender, request.correlation);
    for (const { partition, id } of request.batches) {
      const fate = settle(sender, settings, request.topic, partition, id, error, -1, now);
      if (fate) fates.push(fate);
    }
  }
  return fates;
}

/** Batches that could not be delivered in time are given up. */
export function expireBatches(sender: Sender, settings: SendSettings, now: number): readonly Fate[] {
  const { acc, ids } = sender;
  return expire(acc, settings, now).map(({ queue, batch }) => {
    if (ids && batch.attempts > 0) markUnresolved(queue, batch, ids);
    if (settings.maxInFlight === 1 && queue.sent.length === 0) queue.isMuted = false;
    return { batch, result: 'failed', error: 'DELIVERY_TIMEOUT', baseOffset: -1 } as const;
  });
}

/** Gives up what waits: all of it, or what was never sent (a transaction is aborted). */
export function abandon(sender: Sender, isAll: boolean): readonly Batch[] {
  const { acc } = sender;
  const given: Batch[] = [];
  for (const queue of busyQueues(acc)) {
    const kept: Batch[] = [];
    for (const batch of queue.waiting) (isAll || batch.baseSequence < 0 ? given : kept).push(batch);
    countWaiting(acc, kept.length - queue.waiting.length);
    queue.waiting = kept;
    if (isAll) {
      given.push(...queue.sent);
      queue.sent = [];
    }
  }
  for (const batch of given) release(acc, batch);
  if (isAll) sender.inFlight.length = 0;
  return given;
}
