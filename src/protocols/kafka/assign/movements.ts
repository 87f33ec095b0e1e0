import { type Layout, NONE } from './layout.ts';
import type { ClientLibrary } from './types.ts';

/**
 * Who got what from whom during one rebalance, so that two members do not swap partitions of one topic: instead of
 * moving a partition from B to A after another one of the topic went from A to B, that other one goes back.
 */
export interface Movements {
  readonly layout: Layout;
  /** By topic and pair of members: the partitions that went that way, in order. */
  readonly byPair: Map<number, Map<number, Set<number>>>;
  /** By partition: the pair of members it went between, all in all. */
  readonly pairOf: Map<number, number>;
  readonly library: ClientLibrary;
}

export function noMovements(layout: Layout, library: ClientLibrary): Movements {
  return { layout, byPair: new Map(), pairOf: new Map(), library };
}

function pairNumber({ layout }: Movements, from: number, to: number): number {
  return from * layout.members.length + to;
}

function sourceOf({ layout }: Movements, pair: number): number {
  return Math.floor(pair / layout.members.length);
}

function firstOf(partitions: ReadonlySet<number> | undefined): number {
  for (const partition of partitions ?? []) return partition;
  return NONE;
}

/**
 * The partition to move instead when `partition` should go from one member to another: the first that went the other
 * way, `NONE` if none did. Java asks who had the partition before this rebalance, librdkafka who has it now.
 */
export function partitionToReturn(movements: Movements, partition: number, from: number, to: number): number {
  const pairs = movements.byPair.get(movements.layout.topicOf[partition] as number);
  const before = movements.library === 'java' ? movements.pairOf.get(partition) : undefined;
  const source = before === undefined ? from : sourceOf(movements, before);
  return firstOf(pairs?.get(pairNumber(movements, to, source)));
}

/**
 * Notes that a partition moves. Returns the one that takes its place in the record it was in, `NONE` if there is none:
 * librdkafka points into that record when it sends a partition back, so after striking it out there it means the next.
 */
export function noteMovement(movements: Movements, partition: number, from: number, to: number): number {
  const topic = movements.layout.topicOf[partition] as number;
  const before = movements.pairOf.get(partition);
  let next = NONE;
  let source = from;
  if (before !== undefined) {
    source = sourceOf(movements, before);
    const pairs = movements.byPair.get(topic);
    const moved = pairs?.get(before);
    moved?.delete(partition);
    next = firstOf(moved);
    if (moved?.size === 0) pairs?.delete(before);
    if (pairs?.size === 0) movements.byPair.delete(topic);
    if (source === to) {
      // Back where it was it has not moved at all; librdkafka goes on to take it for moved.
      if (movements.library === 'java') movements.pairOf.delete(partition);
      return next;
    }
  }
  const pair = pairNumber(movements, source, to);
  movements.pairOf.set(partition, pair);
  const pairs = movements.byPair.get(topic) ?? new Map<number, Set<number>>();
  movements.byPair.set(topic, pairs);
  const moved = pairs.get(pair) ?? new Set<number>();
  pairs.set(pair, moved.add(partition));
  return next;
}
