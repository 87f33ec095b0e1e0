import type { JsonObject, MessageId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';

/** One copy of a lane: a partition's log in one node. */
export interface Copy {
  /** Message by number, ascending. Marks that the system itself wrote are not in it. */
  readonly records: Map<number, MessageId>;
  /** What the node has said last of its part in this lane. */
  role: string;
  epoch: number;
  /** As its leader: who is in sync, by node number, and the high watermark that it has told in this epoch. */
  isr: readonly number[];
  watermark: number;
}

/** One partition of a log, with all its copies, as facts tell it. */
export interface Lane {
  readonly key: string;
  readonly copies: Map<NodeId, Copy>;
  /** By number: every message that any leader has ever given that number. */
  readonly written: Map<number, Set<MessageId>>;
  /** Below the high watermark: what a clean election must not lose. */
  readonly committed: Map<number, MessageId>;
  /** The highest that any leader has told: watermark, and end of the log. */
  watermark: number;
  end: number;
  epoch: number;
}

export function newLane(key: string): Lane {
  return { key, copies: new Map(), written: new Map(), committed: new Map(), watermark: 0, end: 0, epoch: -1 };
}

export function copyIn(lane: Lane, node: NodeId): Copy {
  let copy = lane.copies.get(node);
  if (copy === undefined) {
    copy = { records: new Map(), role: '', epoch: -1, isr: [], watermark: -1 };
    lane.copies.set(node, copy);
  }
  return copy;
}

/** Behind the last record of a copy: its log ends here, or later where the system has written marks. */
export function endOf({ records }: Copy): number {
  let end = 0;
  for (const index of records.keys()) end = index + 1;
  return end;
}

/** Which lane a fact of a log speaks of; undefined: of none. */
export function laneKey({ data }: Fact): string | undefined {
  const { topic, partition } = data ?? {};
  return typeof topic === 'string' && typeof partition === 'number' && partition >= 0 ? `${topic}-${partition}` : undefined;
}

/** Also where it names the lane as a whole. */
export function laneOf(fact: Fact): string | undefined {
  const partition = fact.data?.['partition'];
  return laneKey(fact) ?? (typeof partition === 'string' ? partition : undefined);
}

export function numberIn(data: JsonObject | undefined, name: string): number {
  return Number(data?.[name] ?? -1);
}

export function numbersIn(data: JsonObject | undefined, name: string): readonly number[] {
  const list = data?.[name];
  return Array.isArray(list) ? list.map(Number) : [];
}
