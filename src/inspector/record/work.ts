import type { Micros, PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';

/** Moments remembered for each worker, and of the run's open messages; a longer run is compared up to there. */
const MOMENTS_MAX = 100_000;

/** A worker just after one of its facts. */
interface Moment {
  readonly seq: number;
  readonly finished: number;
  /** Messages in its hands that it has not begun. */
  readonly waiting: number;
  /** Work in progress. */
  readonly active: number;
  /** Time of all work before the present one. */
  readonly busy: number;
  /** Since when it works without a break, or -1. */
  readonly since: number;
}
const FRESH: Moment = { seq: -1, finished: 0, waiting: 0, active: 0, busy: 0, since: -1 };

/** What a worker has done up to a moment of the run. */
export interface WorkerState {
  readonly worker: PartId;
  readonly finished: number;
  readonly waiting: number;
  readonly isWorking: boolean;
  readonly busy: number;
  /** Time without work since anyone had any. */
  readonly idle: number;
}

/** Who worked when, and when all was done, folded from the facts of a run. */
export class Work {
  private readonly workers = new Map<PartId, Moment[]>();
  /** How many messages were on their way, in a queue or in someone's hands: after which fact, how many. */
  private readonly open: { readonly seq: number; readonly time: Micros; readonly count: number }[] = [];
  private readonly travelling = new Set<number>();
  private readonly stored = new Map<string, true>();
  private startedAt = -1;
  private lastEnd = -1;

  add(fact: Fact): void {
    this.follow(fact);
    const next = after(this.latest(fact.at), fact);
    if (next === undefined) return;
    if (fact.kind === 'message.received' && this.startedAt < 0) this.startedAt = fact.time;
    if (next.finished > this.latest(fact.at).finished) this.lastEnd = fact.time;
    const moments = this.workers.get(fact.at);
    if (!moments) this.workers.set(fact.at, [next]);
    else if (moments.length < MOMENTS_MAX) moments.push(next);
  }

  private latest(worker: PartId): Moment {
    return this.workers.get(worker)?.at(-1) ?? FRESH;
  }

  /** Keeps count of the messages that are not done with. */
  private follow({ kind, at, message, seq, time, why, data }: Fact): void {
    const key = `${at}\n${message}`;
    if (kind === 'message.published') this.travelling.add(message);
    else if (kind === 'message.stored' || kind === 'message.requeued') {
      this.travelling.delete(message);
      this.stored.set(key, true);
    } else if (kind === 'message.settled') {
      this.travelling.delete(message);
      this.stored.delete(key);
      if (data?.['outcome'] === 'acked' && why === 'acked') this.lastEnd = time;
    } else if (kind === 'frame.lost' && message > 0) this.travelling.delete(message);
    else return;
    const count = this.travelling.size + this.stored.size;
    if (this.open.length < MOMENTS_MAX && this.open.at(-1)?.count !== count) this.open.push({ seq, time, count });
  }

  /** All who ever got a message, in the order in which they first did. */
  get names(): readonly PartId[] {
    return [...this.workers.keys()];
  }

  /** A worker after the first `happened` facts, at a time from then on. */
  at(worker: PartId, happened: number, time: Micros): WorkerState {
    const { finished, waiting, active, busy, since } = before(this.workers.get(worker) ?? [], happened) ?? FRESH;
    const worked = busy + (since < 0 ? 0 : time - since);
    const idle = this.startedAt < 0 ? 0 : Math.max(0, time - this.startedAt - worked);
    return { worker, finished, waiting, isWorking: active > 0, busy: worked, idle };
  }

  /** Messages not done with after the first `happened` facts: in the system, or still in a worker's hands. */
  left(happened: number): number {
    const inHands = this.names.reduce((sum, worker) => {
      const { waiting, active } = before(this.workers.get(worker) ?? [], happened) ?? FRESH;
      return sum + waiting + active;
    }, 0);
    return Math.max(before(this.open, happened)?.count ?? 0, inHands);
  }

  /** When the last message of the whole run was done with; undefined if some never are. Ask once the run is known to its end. */
  get doneAt(): Micros | undefined {
    return this.left(Number.MAX_SAFE_INTEGER) === 0 && this.lastEnd >= 0 ? (this.lastEnd as Micros) : undefined;
  }
}

/** The worker after a fact of its own; undefined for facts that change nothing about it. */
function after(old: Moment, { kind, seq, time, line }: Fact): Moment | undefined {
  switch (kind) {
    case 'message.received':
      return { ...old, seq, waiting: old.waiting + 1 };
    case 'work.skipped':
      return { ...old, seq, waiting: Math.max(0, old.waiting - 1) };
    case 'work.started':
      return { ...old, seq, waiting: Math.max(0, old.waiting - 1), active: old.active + 1, since: old.since < 0 ? time : old.since };
    case 'work.finished':
    case 'work.failed': {
      const active = Math.max(0, old.active - 1);
      const isBreak = active === 0 && old.since >= 0;
      const finished = old.finished + (kind === 'work.finished' ? 1 : 0);
      return {
        ...old,
        seq,
        finished,
        active,
        busy: isBreak ? old.busy + time - old.since : old.busy,
        since: active === 0 ? -1 : old.since,
      };
    }
    case 'node.crashed':
    case 'part.left': {
      // A line that was taken out is told at its end; the worker itself works on.
      if (old === FRESH || line !== '') return undefined;
      return { ...old, seq, waiting: 0, active: 0, busy: old.since < 0 ? old.busy : old.busy + time - old.since, since: -1 };
    }
    default:
      return undefined;
  }
}

/** The last of those with a number below `happened`. */
function before<T extends { readonly seq: number }>(list: readonly T[], happened: number): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as T).seq < happened) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
