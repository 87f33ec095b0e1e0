import type { Micros, PartId } from '../../base/index.ts';
import type { Fact, Program } from '../../engine/index.ts';
import { BUCKETS, bucketOf } from './buckets.ts';
import { LogFlow } from './logFlow.ts';

/** Queues and counted parts beyond these are not charted; a drawing that large is read queue by queue. */
const QUEUES_MAX = 64;
const COUNTED_MAX = 256;
/** A value of a bucket in which nothing changed: the one before it holds. */
const SAME = -1;

/** A queue over the run: how many messages were ready and unacknowledged at the end of each bucket. */
export class QueueSeries {
  readonly readyAt = new Int32Array(BUCKETS).fill(SAME);
  readonly unackedAt = new Int32Array(BUCKETS).fill(SAME);
  ready = 0;
  unacked = 0;
  /** Most that it ever held: the busiest are charted. */
  most = 0;
  /** Present messages: the time of their delivery, or -1 while ready. */
  private readonly held = new Map<number, number>();

  stored(message: number): void {
    if (this.held.has(message)) this.left(message);
    this.held.set(message, -1);
    this.ready++;
  }

  delivered(message: number, time: Micros): void {
    // What was never stored here (a direct reply) is none of the queue's.
    if (this.held.get(message) !== -1) return;
    this.held.set(message, time);
    this.ready--;
    this.unacked++;
  }

  /** The message is gone from here; the time since its delivery, or -1 when it was not out. */
  left(message: number, time: Micros | number = 0): number {
    const deliveredAt = this.held.get(message);
    if (deliveredAt === undefined) return -1;
    this.held.delete(message);
    if (deliveredAt < 0) this.ready--;
    else this.unacked--;
    return deliveredAt < 0 ? -1 : time - deliveredAt;
  }

  /** Its broker went down: what was out is in the queue again, or lost; the facts that follow tell which is lost. */
  crashed(): void {
    for (const message of this.held.keys()) this.held.set(message, -1);
    this.ready += this.unacked;
    this.unacked = 0;
  }

  note(bucket: number): void {
    this.readyAt[bucket] = this.ready;
    this.unackedAt[bucket] = this.unacked;
    this.most = Math.max(this.most, this.ready + this.unacked);
  }
}

export type Counted = 'published' | 'routed' | 'delivered' | 'received' | 'acked' | 'safe' | 'read' | 'covered';
const COUNTED: { readonly [kind: string]: Counted } = {
  'message.published': 'published',
  'message.routed': 'routed',
  'message.delivered': 'delivered',
  'message.received': 'received',
  'message.acked': 'acked',
};

/** What the charts show of a run, folded from its facts one after the other. Its size does not grow with the run. */
export class Series {
  readonly end: Micros;
  readonly queues = new Map<PartId, QueueSeries>();
  /** Facts of each kind per bucket: of the whole run under '', and of each part. */
  readonly counts = new Map<PartId, { readonly [name in Counted]?: Int32Array }>();
  /** Time from delivery to acknowledgement, by the bucket of the acknowledgement. */
  readonly latencySum = new Float64Array(BUCKETS);
  readonly latencyMost = new Float64Array(BUCKETS);
  readonly latencyCount = new Int32Array(BUCKETS);
  private readonly program: Program;
  private readonly logs: LogFlow;

  constructor(program: Program) {
    this.program = program;
    this.end = program.end;
    this.logs = new LogFlow(program);
  }

  bucketOf(time: Micros | number): number {
    return bucketOf(this.end, time);
  }

  add(fact: Fact): void {
    const counted = COUNTED[fact.kind];
    if (counted !== undefined) {
      this.count('', counted, fact);
      this.count(fact.at, counted, fact);
    }
    const passed = this.logs.take(fact);
    if (passed) {
      this.count('', passed.name, fact, passed.count);
      this.count(fact.at, passed.name, fact, passed.count);
    }
    if (fact.kind === 'node.crashed') this.crash(fact);
    else this.move(fact);
  }

  private count(part: PartId, name: Counted, fact: Fact, by = 1): void {
    let own = this.counts.get(part);
    if (!own?.[name]) {
      if (!own && this.counts.size >= COUNTED_MAX) return;
      own = { ...own, [name]: new Int32Array(BUCKETS) };
      this.counts.set(part, own);
    }
    const bucket = this.bucketOf(fact.time);
    const counts = own[name] as Int32Array;
    counts[bucket] = (counts[bucket] as number) + by;
  }

  /** A fact that moves a message into a queue, out of it, or within it. */
  private move(fact: Fact): void {
    const { kind, at, message, time } = fact;
    if (kind === 'message.stored' || kind === 'message.requeued') this.queue(at)?.stored(message);
    else if (kind === 'message.delivered') this.queues.get(at)?.delivered(message, time);
    else if (kind === 'message.settled') this.settle(fact);
    else return;
    this.queues.get(at)?.note(this.bucketOf(time));
  }

  private settle({ at, message, time, why }: Fact): void {
    const waited = this.queues.get(at)?.left(message, time) ?? -1;
    // An automatic acknowledgement takes no time and says nothing about anyone.
    if (waited < 0 || why !== 'acked') return;
    const bucket = this.bucketOf(time);
    this.latencySum[bucket] = (this.latencySum[bucket] as number) + waited;
    this.latencyMost[bucket] = Math.max(this.latencyMost[bucket] as number, waited);
    this.latencyCount[bucket] = (this.latencyCount[bucket] as number) + 1;
  }

  private queue(at: PartId): QueueSeries | undefined {
    let queue = this.queues.get(at);
    // What is read from a log stays in it: nothing there is ready, and then not.
    if (this.isLog(at)) return undefined;
    if (!queue && this.queues.size < QUEUES_MAX) {
      queue = new QueueSeries();
      this.queues.set(at, queue);
    }
    return queue;
  }

  private isLog(at: PartId): boolean {
    const kind = this.program.parts.get(at)?.kind;
    return kind !== undefined && this.program.catalogue?.parts.get(kind)?.shape === 'lanes';
  }

  private crash({ at, time }: Fact): void {
    const bucket = this.bucketOf(time);
    for (const [part, queue] of this.queues) {
      if ((this.program.nodeOf.get(part) ?? part) !== at) continue;
      queue.crashed();
      queue.note(bucket);
    }
  }
}

/** Values of every bucket up to `until`, each one that did not change carried on; nothing beyond. */
export function levels(values: Int32Array, until: number): (number | null)[] {
  let last = 0;
  return Array.from(values, (value, bucket) => {
    if (bucket > until) return null;
    if (value !== SAME) last = value;
    return last;
  });
}

/** Counts of `width` buckets together, as a rate per second; nothing beyond `until`. */
export function rates(counts: Int32Array | undefined, width: number, end: Micros, until: number): (number | null)[] {
  const seconds = (end * width) / BUCKETS / 1_000_000;
  return Array.from({ length: BUCKETS / width }, (_, index) => {
    if (index * width > until) return null;
    if (!counts || seconds <= 0) return 0;
    let sum = 0;
    for (let i = index * width; i < (index + 1) * width; i++) sum += counts[i] as number;
    return sum / seconds;
  });
}
