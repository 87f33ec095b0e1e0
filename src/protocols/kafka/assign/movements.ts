import type { Layout } from './layout.ts';

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
}

export function noMovements(layout: Layout): Movements {
  return { layout, byPair: new Map(), pairOf: new Map() };
}

function pairNumber({ layout }: Movements, from: number, to: number): number {
  return from * layout.members.length + to;
}

export function noteMovement(movements: Movements, partition: number, from: number, to: number): void {
  const topic = movements.layout.topicOf[partition] as number;
  const before = movements.pairOf.get(partition);
  let source = from;
  if (before !== undefined) {
    source = Math.floor(before / movements.layout.members.length);
    movements.pairOf.delete(partition);
    const pairs = movements.byPair.get(topic);
    const moved = pairs?.get(before);
    moved?.delete(partition);
    if (moved?.size === 0) pairs?.delete(before);
    if (pairs?.size === 0) movements.byPair.delete(topic);
    if (source === to) return;
  }
  const pair = pairNumber(movements, source, to);
  movements.pairOf.set(partition, pair);
  const pairs = movements.byPair.get(topic) ?? new Map<number, Set<number>>();
  movements.byPair.set(topic, pairs);
  const moved = pairs.get(pair);
  if (moved) moved.add(partition);
  else pairs.set(pair, new Set([partition]));
}

/** The partition to move when `partition` should go from one member to another. */
export function partitionToMove(movements: Movements, partition: number, from: number, to: number): number {
  const pairs = movements.byPair.get(movements.layout.topicOf[partition] as number);
  if (!pairs) return partition;
  const before = movements.pairOf.get(partition);
  const source = before === undefined ? from : Math.floor(before / movements.layout.members.length);
  const back = pairs.get(pairNumber(movements, to, source));
  for (const first of back ?? []) return first;
  return partition;
}
