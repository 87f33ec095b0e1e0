import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import type { NodeOf } from '../types.ts';
import { type Copy, copyIn, endOf, type Lane, laneKey, newLane, numberIn, numbersIn } from './lane.ts';

/**
 * Partitions that are kept in several nodes. A leader gives each number once and upward; a follower has at a number what a
 * leader has given it; the high watermark of an epoch never falls, and everybody in sync has what lies below; and what once lay below it
 * is in the log of every later leader, unless that one was elected although it was not in sync.
 */
export class Replication {
  readonly lanes = new Map<string, Lane>();
  private readonly nodes = new Map<number, NodeId>();

  constructor(private readonly nodeOf: NodeOf) {}

  watch(fact: Fact): string | undefined {
    if (fact.kind === 'part.left' && fact.line === '') return this.leave(fact.at);
    const key = laneKey(fact);
    if (key === undefined || !KINDS.has(fact.kind)) return undefined;
    let lane = this.lanes.get(key);
    if (lane === undefined) {
      lane = newLane(key);
      this.lanes.set(key, lane);
    }
    const node = this.nodeOf.get(fact.at) ?? fact.at;
    return this.take(lane, node, copyIn(lane, node), fact);
  }

  /** What a node has of a lane, by number; undefined: facts have told nothing of it. */
  recordsAt(node: NodeId, key: string): ReadonlyMap<number, MessageId> | undefined {
    return this.lanes.get(key)?.copies.get(node)?.records;
  }

  private take(lane: Lane, node: NodeId, copy: Copy, fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'replica.role':
        return this.role(lane, node, copy, fact);
      case 'message.appended':
        return append(lane, copy, fact);
      case 'message.replicated':
        return replicate(lane, copy, fact);
      case 'isr.changed':
        copy.isr = numbersIn(fact.data, 'isr');
        return undefined;
      case 'watermark.advanced':
        return this.rise(lane, copy, fact);
      case 'message.removed':
        return remove(lane, copy, fact);
      case 'log.truncated':
        truncate(copy, numberIn(fact.data, 'start'), numberIn(fact.data, 'index'));
        return undefined;
      default:
        lane.copies.delete(node);
        return undefined;
    }
  }

  private role(lane: Lane, node: NodeId, copy: Copy, { data }: Fact): string | undefined {
    this.nodes.set(numberIn(data, 'node'), node);
    const epoch = numberIn(data, 'term');
    const isAnew = epoch > copy.epoch;
    copy.role = String(data?.['role']);
    copy.epoch = epoch;
    copy.isr = numbersIn(data, 'isr');
    if (isAnew) copy.watermark = -1;
    if (copy.role !== 'leader') return undefined;
    // One that has started again may not have heard yet that another leads.
    if (epoch < lane.epoch) return undefined;
    for (const [other, { role, epoch: theirs }] of lane.copies)
      if (other !== node && role === 'leader' && theirs === epoch) return `${other} leads in epoch ${epoch}, too`;
    lane.epoch = epoch;
    if (data?.['isUnclean'] === true) {
      for (const [index, message] of lane.committed) if (copy.records.get(index) !== message) lane.committed.delete(index);
      return undefined;
    }
    for (const [index, message] of lane.committed)
      if (copy.records.get(index) !== message)
        return `m${message}, number ${index} of ${lane.key}, was committed and the new leader lacks it`;
    return undefined;
  }

  private rise(lane: Lane, copy: Copy, { data }: Fact): string | undefined {
    const offset = numberIn(data, 'offset');
    const end = numberIn(data, 'end');
    if (copy.role !== 'leader') return 'only a leader raises it';
    if (offset > end) return `the high watermark ${offset} is beyond the log's end ${end}`;
    if (offset <= copy.watermark) return `the high watermark was ${copy.watermark} already`;
    for (const member of copy.isr) {
      const lacks = this.lacks(lane, copy, member, offset);
      if (lacks !== undefined) return `the high watermark is ${offset}, and node ${member}, in sync, lacks number ${lacks}`;
    }
    for (const [index, message] of copy.records) if (index >= copy.watermark && index < offset) lane.committed.set(index, message);
    copy.watermark = offset;
    lane.watermark = Math.max(lane.watermark, offset);
    lane.end = Math.max(lane.end, end);
    return undefined;
  }

  /** The first number that a leader's watermark passes now and that a member in sync has not. */
  private lacks(lane: Lane, leader: Copy, member: number, offset: number): number | undefined {
    const node = this.nodes.get(member);
    const copy = node === undefined ? undefined : lane.copies.get(node);
    if (copy === leader || copy === undefined) return undefined;
    for (const [index, message] of leader.records)
      if (index >= leader.watermark && index < offset && copy.records.get(index) !== message && !isRemoved(copy, index)) return index;
    return undefined;
  }

  /** With a node goes its disk. */
  private leave(part: PartId): undefined {
    for (const lane of this.lanes.values()) if (lane.copies.delete(part)) lane.committed.clear();
  }
}

const KINDS: ReadonlySet<string> = new Set([
  ...['replica.role', 'message.appended', 'message.replicated', 'isr.changed'],
  ...['watermark.advanced', 'message.removed', 'log.truncated', 'replica.left'],
]);

/** A follower cleans its log by itself: what it lacks behind its first record may be gone that way. */
function isRemoved({ records }: Copy, index: number): boolean {
  for (const first of records.keys()) return index < first;
  return false;
}

function append(lane: Lane, copy: Copy, { message, data }: Fact): string | undefined {
  const index = numberIn(data, 'index');
  if (copy.role !== 'leader') return 'only a leader appends';
  if (index < endOf(copy)) return `number ${index} was given already`;
  copy.records.set(index, message);
  const known = lane.written.get(index);
  if (known) known.add(message);
  else lane.written.set(index, new Set([message]));
  lane.end = Math.max(lane.end, index + 1);
  return undefined;
}

function replicate(lane: Lane, copy: Copy, { message, data }: Fact): string | undefined {
  const index = numberIn(data, 'index');
  if (!lane.written.get(index)?.has(message)) return `no leader has given it number ${index}`;
  if (index < endOf(copy)) return `it has number ${index} already`;
  copy.records.set(index, message);
  return undefined;
}

function remove(lane: Lane, copy: Copy, { message, why, data }: Fact): string | undefined {
  const index = numberIn(data, 'index');
  if (copy.records.get(index) !== message) return `it is not number ${index} there`;
  copy.records.delete(index);
  // What a follower cuts off must not be lost for that; what is old or compacted may go.
  if (why !== 'truncated') lane.committed.delete(index);
  return undefined;
}

/** What is left lies in [start, end). */
function truncate({ records }: Copy, start: number, end: number): void {
  for (const index of records.keys()) if (index >= end || index < start) records.delete(index);
}
