import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** One message: its own life until it is routed, then that of each copy. What is over is forgotten. */
interface Account {
  readonly published: Fact;
  whole: Life | undefined;
  copies: readonly Life[];
}

/**
 * Follows messages. A routing decision makes a copy for each queue that is drawn; each has its life from the publication on.
 * Copies at a node itself stand for several places that are not drawn, so nobody follows them.
 */
export class Copies {
  private readonly accounts = new Map<MessageId, Account>();
  /** Nodes that have left: what they say of their end is no news any more. */
  private readonly gone = new Set<NodeId>();
  /** By dead copy: the fact of its death, which causes whatever becomes of it. */
  private readonly deaths = new WeakMap<Life, number>();

  private readonly onMove: OnMove;

  constructor(
    private readonly drawing: Drawing,
    onMove?: OnMove,
  ) {
    this.onMove = (life, move, fact) => {
      if (move.to === 'dead-lettered') this.deaths.set(life, fact.seq);
      onMove?.(life, move, fact);
    };
  }

  watch(fact: Fact): string | undefined {
    if (fact.message === 0) return this.watchNode(fact);
    if (fact.kind === 'message.published') return this.publish(fact);
    const account = this.accounts.get(fact.message);
    const text = account === undefined ? this.watchStranger(fact) : this.watchKnown(account, fact);
    if (account !== undefined) this.tidy(account, fact.message);
    return text;
  }

  /** State of a copy that is not over, or of the whole message (place ''). */
  stateOf(message: MessageId, place: PartId): string | undefined {
    const account = this.accounts.get(message);
    if (place === '') return account?.whole?.state;
    return account?.copies.findLast(({ owner }) => owner === place)?.state;
  }

  private watchNode(fact: Fact): string | undefined {
    const { kind, at, line } = fact;
    const isNode = line === '' && this.drawing.nodeOf.get(at) === at;
    if (kind === 'node.restarted') return this.tell(at, fact, ['ready', 'unacked']);
    if (!isNode) return undefined;
    if (kind === 'part.joined') this.gone.delete(at);
    if (kind !== 'part.left') return undefined;
    this.gone.add(at);
    return this.tell(at, fact, ['routed', 'ready', 'unacked', 'dead-lettered']);
  }

  /** Something happens to all copies of a node that are in one of these states. */
  private tell(node: NodeId, fact: Fact, states: readonly string[]): string | undefined {
    let text: string | undefined;
    for (const [message, account] of this.accounts) {
      for (const copy of account.copies)
        if (this.drawing.nodeOf.get(copy.owner) === node && states.includes(copy.state)) text ??= copy.take(fact.kind, fact);
      this.tidy(account, message);
    }
    return text;
  }

  private publish(fact: Fact): string | undefined {
    if (this.accounts.has(fact.message)) return 'a message is published once';
    const kind = this.drawing.parts.get(fact.at)?.kind ?? '';
    if (!leadsLife(kind.replace(/\/.*/, '/'), 'message')) return undefined;
    const whole = new Life('message', '', '', this.onMove);
    whole.begin(fact);
    this.accounts.set(fact.message, { published: fact, whole, copies: [] });
    return undefined;
  }

  /** A message of which nothing is left, or that nobody follows. */
  private watchStranger({ kind, at }: Fact): string | undefined {
    const isOwn = kind === 'message.stored' || kind === 'message.delivered' || kind === 'message.requeued';
    return isOwn && this.isFollowed(at) ? 'no message of this number is alive' : undefined;
  }

  private watchKnown(account: Account, fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'message.routed':
        return fact.line === '' ? this.route(account, fact) : undefined;
      case 'message.stored':
        return this.at(account, fact, ['routed']);
      case 'message.delivered':
        return this.at(account, fact, ['ready']);
      case 'message.requeued':
        return this.at(account, fact, ['unacked']);
      case 'message.settled':
        return this.settle(account, fact);
      case 'frame.lost':
        return this.lose(account, fact);
      default:
        return undefined;
    }
  }

  /** The first exchange decides for all behind it; theirs only show the way. A dead message is decided on anew. */
  private route(account: Account, fact: Fact): string | undefined {
    const dead = account.copies.find((copy) => this.deaths.get(copy) === fact.cause && copy.state === 'dead-lettered');
    const life = dead ?? account.whole;
    if (life === undefined) return 'it was routed before';
    const queues = queuesOf(fact);
    if (queues.length === 0) return life.take('message.routed.unroutable', fact);
    const places = queues.filter((queue) => this.isFollowed(queue));
    let text: string | undefined;
    if (dead === undefined || places.includes(dead.owner)) text = life.take('message.routed', fact);
    account.whole = undefined;
    const others = places.filter((place) => place !== dead?.owner);
    const copies = others.map((place) => this.copyAt(place, account, fact));
    account.copies = [...account.copies.filter((copy) => copy !== dead || places.includes(copy.owner)), ...copies];
    return text;
  }

  private copyAt(place: PartId, { published }: Account, routed: Fact): Life {
    const copy = new Life('message', place, '', this.onMove);
    copy.begin(published);
    copy.take('message.routed', routed);
    return copy;
  }

  /** A fact of a place: of the copies there, the first in one of these states is meant, else the first that can. */
  private at(account: Account, fact: Fact, states: readonly string[], event = fact.kind): string | undefined {
    if (!this.isFollowed(fact.at)) return undefined;
    const here = account.copies.filter(({ owner }) => owner === fact.at);
    const able = here.filter((copy) => copy.can(event));
    const copy = able.find(({ state }) => states.includes(state)) ?? able[0] ?? here.at(-1);
    return copy === undefined ? 'no copy of it is there' : copy.take(event, fact);
  }

  private settle(account: Account, fact: Fact): string | undefined {
    const outcome = String(fact.data?.['outcome']);
    const event = `message.settled.${outcome}`;
    if (!OUTCOMES.has(outcome)) return 'it ends in no known way';
    if (account.copies.some(({ owner }) => owner === fact.at)) return this.at(account, fact, meantBy(fact), event);
    // At an exchange, or before any queue.
    const stray = [account.whole, ...account.copies].find((life) => life !== undefined && isStray(life) && life.can(event));
    if (stray) return stray.take(event, fact);
    return this.isFollowed(fact.at) && account.whole !== undefined ? account.whole.take(event, fact) : undefined;
  }

  /** A frame with this message reached nobody: a publication, a copy on its way, or a dead one; never a delivery. */
  private lose(account: Account, fact: Fact): string | undefined {
    const { nodeOf } = this.drawing;
    const onWay = account.copies.find(({ owner, state }) => owner === fact.at && state === 'routed');
    const dead = account.copies.find(({ owner, state }) => state === 'dead-lettered' && nodeOf.get(owner) === nodeOf.get(fact.at));
    const life = onWay ?? (account.whole?.can(fact.kind) ? account.whole : dead);
    return life?.take(fact.kind, fact);
  }

  private isFollowed(place: PartId): boolean {
    const node = this.drawing.nodeOf.get(place);
    return node !== undefined && node !== place && !this.gone.has(node);
  }

  private tidy(account: Account, message: MessageId): void {
    if (account.copies.some(({ isOver }) => isOver)) account.copies = account.copies.filter(({ isOver }) => !isOver);
    if (account.copies.length === 0 && account.whole?.isOver !== false) this.accounts.delete(message);
  }
}

const OUTCOMES: ReadonlySet<string> = new Set(['acked', 'dropped', 'returned', 'expired', 'dead-lettered']);

function queuesOf({ data }: Fact): readonly string[] {
  const queues = data?.['queues'];
  return Array.isArray(queues) ? queues.map(String) : [];
}

/** Of several copies in one place, which one's end is told: what a client has settled had been handed out, what else ends stood there. */
function meantBy({ data, why }: Fact): readonly string[] {
  if (data?.['stored'] === false) return ['routed'];
  return data?.['outcome'] === 'acked' || why === 'rejected' ? ['unacked'] : ['ready'];
}

/** It is at no queue now: an exchange may tell its end. */
function isStray({ state }: Life): boolean {
  return state === 'published' || state === 'unroutable' || state === 'dead-lettered';
}
