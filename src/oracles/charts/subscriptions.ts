import type { LineId, PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type Move, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** A consumer: what it has been handed and how much it may hold at a time (0: no limit). */
interface Subscription {
  readonly life: Life;
  /** The place that it consumes from. */
  readonly queue: PartId;
  window: number;
  /** What is used up of the window. Below 0 when an earlier registration's deliveries are settled: as in the broker, that makes room, too. */
  used: number;
  /** Deliveries of this registration that are not settled. */
  held: number;
  /** Counts registrations. */
  turn: number;
}

/** Follows consumers, each a subscription along one line. */
export class Subscriptions {
  private readonly byLine = new Map<LineId, Subscription>();
  /** Who holds a copy that was handed out, and since which registration. */
  private readonly holders = new WeakMap<Life, { readonly holder: Subscription; readonly turn: number }>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'consumer.started':
        return this.start(fact);
      case 'consumer.cancelled':
        return this.byLine.get(fact.line)?.life.take(fact.kind, fact);
      case 'replica.role':
        return fact.data?.['role'] === 'leader' ? this.lose(fact, (queue) => queue === fact.data?.['place']) : undefined;
      case 'node.crashed':
        return this.crash(fact);
      case 'part.left':
        return fact.line === '' ? this.loseBroker(fact) : undefined;
      default:
        return undefined;
    }
  }

  /** A copy has moved: handed to a consumer, or out of its hands again. */
  watchCopy(copy: Life, move: Move, fact: Fact): string | undefined {
    if (move.to === 'unacked') return this.hand(copy, fact);
    const held = move.from === 'unacked' ? this.holders.get(copy) : undefined;
    if (held === undefined) return undefined;
    this.holders.delete(copy);
    const { holder, turn } = held;
    // What ends with its node gives no room: nobody is registered any more.
    if (!fact.kind.startsWith('message.')) return undefined;
    holder.used--;
    if (turn !== holder.turn) return holder.life.state === 'full' ? holder.life.take(fact.kind, fact) : undefined;
    holder.held--;
    return holder.life.take(holder.held === 0 ? `${fact.kind}.last` : fact.kind, fact);
  }

  private start(fact: Fact): string | undefined {
    const { data, line } = fact;
    const owner = String(data?.['consumer'] ?? '');
    if (line === '' || !leadsLife(this.drawing.parts.get(owner)?.kind ?? '', 'consumer')) return undefined;
    const window = Number(data?.['window'] ?? 0);
    const known = this.byLine.get(line);
    if (known === undefined) {
      const life = new Life('consumer', owner, line, this.onMove);
      this.byLine.set(line, { life, queue: fact.at, window, used: 0, held: 0, turn: 1 });
      life.begin(fact);
      return undefined;
    }
    known.window = window;
    known.used = 0;
    known.held = 0;
    known.turn++;
    return known.life.take(fact.kind, fact);
  }

  private hand(copy: Life, fact: Fact): string | undefined {
    const holder = this.byLine.get(fact.line);
    // What was fetched one by one is in no window.
    if (holder === undefined || holder.life.owner !== fact.data?.['consumer']) return undefined;
    holder.used++;
    holder.held++;
    this.holders.set(copy, { holder, turn: holder.turn });
    const isFull = holder.window > 0 && holder.used >= holder.window;
    return holder.life.take(isFull ? `${fact.kind}.full` : fact.kind, fact);
  }

  private crash(fact: Fact): string | undefined {
    let text = this.loseBroker(fact);
    for (const { life } of this.byLine.values()) if (life.owner === fact.at) text ??= life.take(fact.kind, fact);
    return text;
  }

  /** With the broker all its subscriptions are gone. */
  private loseBroker(fact: Fact): string | undefined {
    return this.lose(fact, (queue) => this.drawing.nodeOf.get(queue) === fact.at);
  }

  /** Whoever leads these queues from now on hears of their consumers anew. */
  private lose(fact: Fact, isLost: (queue: PartId) => boolean): string | undefined {
    let text: string | undefined;
    for (const subscription of this.byLine.values()) {
      if (!isLost(subscription.queue)) continue;
      subscription.turn++;
      text ??= subscription.life.take('connection.lost', fact);
    }
    return text;
  }
}
