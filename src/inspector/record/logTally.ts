import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact, NodeId, Program } from '../../engine/index.ts';

/** Moments remembered: a longer run is compared up to there. */
const MOMENTS_MAX = 100_000;

/** What has become of a run's messages in its logs. */
export interface LogState {
  readonly produced: number;
  /** Its producer was told that it is written. */
  readonly confirmed: number;
  /** Told so, and the log has it no longer, although it was to be kept. */
  readonly lost: number;
  /** Written once more, although the log had it. */
  readonly twice: number;
  /** Written behind a message that its producer had produced later. */
  readonly swapped: number;
  /** Work done once more in the same group. */
  readonly again: number;
}
export const NOTHING: LogState = { produced: 0, confirmed: 0, lost: 0, twice: 0, swapped: 0, again: 0 };

/** One partition. Each node that has a copy has told what is in it, by number. */
interface Log {
  readonly copies: Map<NodeId, Map<number, MessageId>>;
  /** Any leader has ever had it. */
  readonly written: Set<MessageId>;
  readonly confirmed: Set<MessageId>;
  /** Kept long enough, or replaced by a newer one: nobody misses it. */
  readonly aged: Set<MessageId>;
  lost: ReadonlySet<MessageId>;
  leader: NodeId | undefined;
  term: number;
  /** What the leader has. */
  held: Map<MessageId, number>;
  /** By producer, the latest of its messages that is written. */
  readonly latest: Map<PartId, MessageId>;
}

/** Keeps the accounts of a run's logs, folded from its facts. */
export class LogTally {
  private readonly logs = new Map<string, Log>();
  private readonly producers = new Map<MessageId, PartId>();
  private readonly worked = new Set<string>();
  private readonly moments: { readonly seq: number; readonly state: LogState }[] = [];
  private now: LogState = NOTHING;

  constructor(private readonly program: Program) {}

  add(fact: Fact): void {
    if (this.moments.length >= MOMENTS_MAX) return;
    const before = this.now;
    if (fact.kind === 'work.finished') this.work(fact);
    else if (fact.kind === 'part.left' && fact.line === '') for (const { copies } of this.logs.values()) copies.delete(fact.at);
    else this.take(fact);
    if (this.now !== before) this.moments.push({ seq: fact.seq, state: this.now });
  }

  /** After the first `happened` facts. */
  at(happened: number): LogState {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.moments[middle]?.seq ?? 0) < happened) low = middle + 1;
      else high = middle;
    }
    return this.moments[low - 1]?.state ?? NOTHING;
  }

  private take(fact: Fact): void {
    const { kind, at, message, data } = fact;
    const topic = data?.['topic'];
    const partition = data?.['partition'];
    if (typeof topic !== 'string' || typeof partition !== 'number') return;
    const log = this.log(`${topic}-${partition}`);
    const node = this.program.nodeOf.get(at) ?? at;
    const index = Number(data?.['index'] ?? -1);
    switch (kind) {
      case 'message.published':
        this.producers.set(message, at);
        this.count('produced');
        return;
      case 'message.appended':
        this.write(log, node, message, index);
        return;
      case 'message.replicated':
        copyIn(log, node).set(index, message);
        return;
      case 'message.removed':
        this.remove(log, node, fact, index);
        return;
      case 'message.confirmed':
        this.count('confirmed');
        log.confirmed.add(message);
        if (isMissed(log, message)) this.miss(log, new Set([...log.lost, message]));
        return;
      case 'replica.role':
        this.lead(log, node, fact);
    }
  }

  private log(key: string): Log {
    let log = this.logs.get(key);
    if (!log) {
      log = {
        ...{ copies: new Map(), written: new Set(), confirmed: new Set(), aged: new Set(), lost: new Set<MessageId>() },
        ...{ leader: undefined, term: -1, held: new Map(), latest: new Map() },
      };
      this.logs.set(key, log);
    }
    return log;
  }

  private count(name: keyof LogState, by = 1): void {
    if (by !== 0) this.now = { ...this.now, [name]: this.now[name] + by };
  }

  private work({ at: client, message }: Fact): void {
    // Only what was read from a log: a queue gives a message again for its own reasons.
    if (!this.producers.has(message)) return;
    const key = `${this.program.parts.get(client)?.parent ?? client}\n${message}`;
    if (this.worked.has(key)) this.count('again');
    this.worked.add(key);
  }

  private write(log: Log, node: NodeId, message: MessageId, index: number): void {
    copyIn(log, node).set(index, message);
    log.written.add(message);
    const times = log.held.get(message) ?? 0;
    log.held.set(message, times + 1);
    if (times > 0) this.count('twice');
    else {
      const producer = this.producers.get(message) ?? '';
      const latest = log.latest.get(producer) ?? 0;
      if (message < latest) this.count('swapped');
      log.latest.set(producer, Math.max(latest, message));
    }
    if (log.lost.has(message)) this.miss(log, new Set([...log.lost].filter((one) => one !== message)));
  }

  private remove(log: Log, node: NodeId, { message, why }: Fact, index: number): void {
    copyIn(log, node).delete(index);
    if (why !== 'truncated') log.aged.add(message);
    if (node !== log.leader) return;
    const times = (log.held.get(message) ?? 0) - 1;
    if (times > 0) log.held.set(message, times);
    else log.held.delete(message);
  }

  /** What the new leader does not have is lost, whoever has a copy of it still: all others will cut it off. */
  private lead(log: Log, node: NodeId, { data }: Fact): void {
    const term = Number(data?.['term'] ?? 0);
    if (data?.['role'] !== 'leader' || term < log.term) return;
    log.leader = node;
    log.term = term;
    log.held = new Map();
    for (const message of copyIn(log, node).values()) log.held.set(message, (log.held.get(message) ?? 0) + 1);
    this.miss(log, new Set([...log.confirmed].filter((message) => isMissed(log, message))));
  }

  private miss(log: Log, lost: ReadonlySet<MessageId>): void {
    this.count('lost', lost.size - log.lost.size);
    log.lost = lost;
  }
}

/** Who waits for no answer is told before anything is written: that is not missed, but on its way. */
function isMissed({ written, held, aged }: Log, message: MessageId): boolean {
  return written.has(message) && !held.has(message) && !aged.has(message);
}

function copyIn({ copies }: Log, node: NodeId): Map<number, MessageId> {
  let copy = copies.get(node);
  if (!copy) {
    copy = new Map();
    copies.set(node, copy);
  }
  return copy;
}
