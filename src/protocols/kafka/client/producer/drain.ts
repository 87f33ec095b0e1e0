import { type Accumulator, busyQueues, countWaiting, queueOf, release, type SendSettings } from './accumulator.ts';
import { type Batch, hasSequence, isFull, type PartitionQueue } from './batch.ts';
import type { Cluster } from './cluster.ts';
import { insertInOrder, mustHold, number, type ProducerIds } from './sequences.ts';

/** What the next request may take. */
export interface Ready {
  /** Nodes with something to send to. */
  readonly nodes: readonly number[];
  /** How long until there may be more, as far as time alone decides; Infinity = not by time. */
  readonly delay: number;
  /** Something waits for a partition without a leader. */
  readonly isLeaderUnknown: boolean;
}

/** How long a batch that was put back rests: twice as long each time. Real clients add or take up to a fifth at random. */
export function backoff({ retryBackoff, retryBackoffMax }: SendSettings, attempts: number): number {
  let time = retryBackoff;
  for (let i = 1; i < attempts && time < retryBackoffMax; i++) time *= 2;
  return Math.min(time, retryBackoffMax);
}

function isBackingOff(batch: Batch, settings: SendSettings, leaderEpoch: number, now: number): boolean {
  if (leaderEpoch > batch.leaderEpoch) {
    batch.leaderEpoch = leaderEpoch;
    batch.attemptsAtLeader = batch.attempts;
  }
  if (batch.attempts === 0 || batch.attempts === batch.attemptsAtLeader) return false;
  return now - batch.lastAttemptAt < backoff(settings, batch.attempts);
}

/** How long a batch waits before it is tried again, or for company unless it is hurried; -1 = it can go now. */
function waitOf(first: Batch, settings: SendSettings, leaderEpoch: number, isHurried: boolean, now: number): number {
  const isResting = isBackingOff(first, settings, leaderEpoch, now);
  const left = (isResting ? backoff(settings, first.attempts) : settings.linger) - (now - first.lastAttemptAt);
  return isResting || !(isHurried || left <= 0) ? Math.max(0, left) : -1;
}

/** Nobody adds to it. */
const NO_NODES: number[] = [];

/** Looks at the first batch of each partition. `mustHurry`: nothing waits for company, as senders wait for memory or for the end. */
export function ready(acc: Accumulator, settings: SendSettings, cluster: Cluster, mustHurry: boolean, now: number): Ready {
  let nodes: number[] = NO_NODES;
  let delay = Number.POSITIVE_INFINITY;
  let isLeaderUnknown = false;
  if (acc.waiting === 0) return { nodes, delay, isLeaderUnknown };
  for (const [name, { queues, busy }] of acc.topics) {
    const topic = cluster.topics.get(name);
    for (const partition of busy) {
      const queue = queues[partition] as PartitionQueue;
      const first = queue.waiting[0];
      if (first === undefined) continue;
      const leader = topic?.leaders[partition] ?? -1;
      if (leader < 0) isLeaderUnknown = true;
      if (leader < 0 || queue.isMuted || nodes.includes(leader)) continue;
      const isHurried = mustHurry || acc.isFlushing || queue.waiting.length > 1 || isFull(first);
      const wait = waitOf(first, settings, topic?.epochs[partition] ?? -1, isHurried, now);
      if (wait >= 0) delay = Math.min(delay, wait);
      else if (nodes === NO_NODES) nodes = [leader];
      else nodes.push(leader);
    }
  }
  return { nodes, delay, isLeaderUnknown };
}

/**
 * Takes the batches of one request: at most one a partition, everything that this node leads, whether or not it would
 * have been sent by itself.
 */
export function drain(
  acc: Accumulator,
  settings: SendSettings,
  cluster: Cluster,
  node: number,
  ids: ProducerIds | undefined,
  gate: { mayGo(queue: PartitionQueue): boolean },
  now: number,
): readonly Batch[] {
  const led = cluster.led.get(node) ?? [];
  const taken: Batch[] = [];
  if (led.length === 0) return taken;
  let bytes = 0;
  const start = (acc.drainIndex.get(node) ?? 0) % led.length;
  let last = start;
  for (let i = 0; i < led.length; i++) {
    const at = (start + i) % led.length;
    const { topic, partition } = led[at] as { topic: string; partition: number };
    last = at;
    const queue = queueOf(acc, topic, partition);
    const first = queue?.waiting[0];
    if (queue === undefined || first === undefined || queue.isMuted) continue;
    if (isBackingOff(first, settings, cluster.topics.get(topic)?.epochs[partition] ?? -1, now)) continue;
    if (bytes + first.bytes > settings.requestBytes && taken.length > 0) break;
    if (!gate.mayGo(queue) || (ids && mustHold(queue, first, ids))) break;
    if (ids) number(queue, first, ids);
    queue.waiting.shift();
    first.isClosed = true;
    countWaiting(acc, -1);
    bytes += first.bytes;
    taken.push(first);
  }
  acc.drainIndex.set(node, last);
  return taken;
}

/** Puts a batch back to be sent again: to the front, or with sequence numbers to its place among them. */
export function putBack(acc: Accumulator, queue: PartitionQueue, batch: Batch, now: number): void {
  batch.attempts++;
  batch.lastAttemptAt = now;
  if (hasSequence(batch)) insertInOrder(queue.waiting, batch);
  else queue.waiting.unshift(batch);
  countWaiting(acc, 1);
}

/** Takes out batches whose time to be delivered is over, sent ones included. Their numbers are the caller's to settle. */
export function expire(
  acc: Accumulator,
  { deliveryTimeout }: SendSettings,
  now: number,
): readonly { queue: PartitionQueue; batch: Batch }[] {
  const expired: { queue: PartitionQueue; batch: Batch }[] = [];
  const isOver = (batch: Batch | undefined) => batch !== undefined && now - batch.createdAt >= deliveryTimeout;
  const take = (queue: PartitionQueue, batches: Batch[]) => {
    while (isOver(batches[0])) expired.push({ queue, batch: batches.shift() as Batch });
  };
  for (const queue of busyQueues(acc)) take(queue, queue.sent);
  for (const queue of busyQueues(acc)) {
    const before = queue.waiting.length;
    take(queue, queue.waiting);
    countWaiting(acc, queue.waiting.length - before);
  }
  for (const { batch } of expired) {
    batch.isClosed = true;
    release(acc, batch);
  }
  return expired;
}

/** When the first batch would run out of time; Infinity = there is none. */
export function nextExpiry(acc: Accumulator, { deliveryTimeout }: SendSettings): number {
  let earliest = Number.POSITIVE_INFINITY;
  if (acc.incomplete === 0) return earliest;
  for (const { queues, busy } of acc.topics.values())
    for (const partition of busy) {
      const { waiting, sent } = queues[partition] as PartitionQueue;
      if (waiting[0] && waiting[0].createdAt < earliest) earliest = waiting[0].createdAt;
      if (sent[0] && sent[0].createdAt < earliest) earliest = sent[0].createdAt;
    }
  return earliest + deliveryTimeout;
}
