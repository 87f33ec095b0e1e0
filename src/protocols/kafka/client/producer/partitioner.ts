import { crc32OfKey } from './crc32.ts';
import { fnv1aOfKey } from './fnv1a.ts';
import { murmur2OfKey, toPositive } from './murmur2.ts';

/**
 * How a producer chooses a partition. `default`: Kafka 3.3 and later (KIP-794); `sticky-batch`: 2.4 to 3.2 (KIP-480);
 * `round-robin`: up to 2.3. Those three differ in records without a key alone. `crc32` and `fnv1a` are librdkafka's
 * consistent_random and fnv1a_random.
 */
export type Partitioner = 'default' | 'sticky-batch' | 'round-robin' | 'crc32' | 'fnv1a';

/** A whole number in [0, below). */
export type Draw = (below: number) => number;

/** What a producer knows about a topic's partitions. */
export interface TopicInfo {
  readonly count: number;
  /** Partitions that have a leader, ascending. */
  readonly available: readonly number[];
}

/** The hash that a key's partition is the remainder of; not negative. */
export function hashOfKey(partitioner: Partitioner, key: string): number {
  if (partitioner === 'crc32') return crc32OfKey(key);
  if (partitioner === 'fnv1a') return fnv1aOfKey(key);
  return toPositive(murmur2OfKey(key));
}

/** True when a key decides nothing. librdkafka's default takes the empty key for none. */
export function isKeyless(partitioner: Partitioner, key: string, isKeyNull: boolean): boolean {
  return isKeyNull || (partitioner === 'crc32' && key === '');
}

/** Where records without a key go at present: one topic's. Mutable. */
export interface Stickiness {
  /** The partition that it stays with; -1 = none yet. */
  partition: number;
  /** Bytes that went there since it was chosen. */
  bytes: number;
  /** Shares of the partitions by how long their queues are; undefined = all alike. */
  load: PartitionLoad | undefined;
  /** Records so far, for round robin; -1 = none yet. */
  turn: number;
  /** When it was chosen (librdkafka stays for a time). */
  since: number;
}

export function newStickiness(): Stickiness {
  return { partition: -1, bytes: 0, load: undefined, turn: -1, since: 0 };
}

/** Running sums: a number drawn below the last of them falls into the share of the first partition whose sum is greater. */
export interface PartitionLoad {
  readonly sums: readonly number[];
  readonly partitions: readonly number[];
}

/**
 * Shares that are the smaller the longer a partition's queue is. Undefined when it makes no difference: all queues are
 * as long as one another, or there is no choice.
 */
export function loadOf(
  queueSizes: readonly number[],
  partitions: readonly number[],
  allPartitions = queueSizes.length,
): PartitionLoad | undefined {
  const { length } = queueSizes;
  if (length < 1 || allPartitions < 2) return undefined;
  let longest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const size of queueSizes) {
    if (size > longest) longest = size;
    if (size < shortest) shortest = size;
  }
  if (length === allPartitions && shortest === longest) return undefined;
  let sum = 0;
  const sums: number[] = [];
  for (const size of queueSizes) {
    sum += longest + 1 - size;
    sums.push(sum);
  }
  return { sums, partitions };
}

/** Any partition by its share; without shares any that has a leader; without leaders any. */
export function drawPartition(load: PartitionLoad | undefined, topic: TopicInfo, draw: Draw): number {
  if (load === undefined) return drawAvailable(topic, draw);
  const drawn = draw(load.sums.at(-1) as number);
  return load.partitions[load.sums.findIndex((sum) => sum > drawn)] as number;
}

function drawAvailable({ available, count }: TopicInfo, draw: Draw): number {
  return available.length > 0 ? (available[draw(available.length)] as number) : draw(count);
}

/** KIP-794: the partition that records without a key go to now. */
export function stickyPartition(state: Stickiness, topic: TopicInfo, draw: Draw): number {
  if (state.partition < 0) moveOn(state, topic, draw);
  return state.partition;
}

/**
 * KIP-794: bytes went to the present partition. After a batch's worth it moves on, but not while a batch is half full
 * (`isBatchReady` false): then at two batches' worth at the latest. True when it moved on.
 */
export function countSticky(
  state: Stickiness,
  bytes: number,
  batchBytes: number,
  isBatchReady: boolean,
  topic: TopicInfo,
  draw: Draw,
): boolean {
  state.bytes += bytes;
  if (state.bytes < batchBytes || (!isBatchReady && state.bytes < 2 * batchBytes)) return false;
  moveOn(state, topic, draw);
  return true;
}

function moveOn(state: Stickiness, topic: TopicInfo, draw: Draw): void {
  state.partition = drawPartition(state.load, topic, draw);
  state.bytes = 0;
}

/** KIP-480: as long as no new batch is begun it is the same partition. */
export function stickyBatchPartition(state: Stickiness, topic: TopicInfo, draw: Draw): number {
  if (state.partition < 0) state.partition = drawAvailable(topic, draw);
  return state.partition;
}

/** KIP-480: a record would have to begin a new batch in `partition`. If that is the present one, another one takes its place. */
export function onNewBatch(state: Stickiness, partition: number, topic: TopicInfo, draw: Draw): void {
  if (state.partition !== partition) return;
  const { available } = topic;
  if (available.length < 2) {
    state.partition = drawAvailable(topic, draw);
    return;
  }
  // Java draws until it is another one: the same as a draw among the others.
  const others = available.filter((one) => one !== partition);
  state.partition = others[draw(others.length)] as number;
}

const TURN_RANGE = 0x8000_0000;

/** Up to 2.3: one after the other from a random start, those with a leader only. */
export function roundRobinPartition(state: Stickiness, { available, count }: TopicInfo, draw: Draw): number {
  state.turn = state.turn < 0 ? draw(TURN_RANGE) : (state.turn + 1) % TURN_RANGE;
  return available.length > 0 ? (available[state.turn % available.length] as number) : state.turn % count;
}

/** librdkafka: a random partition for as long as `lingerTime` lasts or it loses its leader. */
export function stickyTimePartition(state: Stickiness, topic: TopicInfo, now: number, lingerTime: number, draw: Draw): number {
  const isOver = state.partition < 0 || now - state.since >= lingerTime || !topic.available.includes(state.partition);
  if (!isOver) return state.partition;
  state.since = now;
  state.partition = drawAvailable(topic, draw);
  return state.partition;
}
