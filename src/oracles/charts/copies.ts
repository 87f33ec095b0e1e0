import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** A message that was published, by a client or by its broker after a death, and that nobody has decided on yet. */
interface Publication {
  readonly life: Life;
  readonly fact: Fact;
  /** The broker that publishes anew what has died in it. */
  readonly broker: NodeId | undefined;
}

/** One message: its publications, and its copies in places. What is over is forgotten. */
interface Account {
  publications: readonly Publication[];
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

  /** Places that another node than their own leads now. */
  private readonly leaders = new Map<PartId, NodeId>();

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

  /** State of a copy that is not over, or of the message before it is in any place (''). */
  stateOf(message: MessageId, place: PartId): string | undefined {
    const account = this.accounts.get(message);
    if (place === '') return account?.publications.at(-1)?.life.state;
    return account?.copies.findLast(({ owner }) => owner === place)?.state;
  }

  private watchNode(fact: Fact): string | undefined {
    const { kind, at, line } = fact;
    const isNode = line === '' && this.drawing.nodeOf.get(at) === at;
    if (kind === 'replica.role' && fact.data?.['role'] === 'leader') return this.lead(fact);
    if (kind === 'node.restarted') return this.tell(at, fact, ['ready', 'unacked']);
    if (!isNode) return undefined;
    if (kind === 'part.joined') this.gone.delete(at);
    if (kind !== 'part.left') return undefined;
    this.gone.add(at);
    return this.tell(at, fact, ['routed', 'ready', 'unacked']);
  }

  /** Something happens to all copies of a node that are in one of these states. */
  private tell(node: NodeId, fact: Fact, states: readonly string[]): string | undefined {
    let text: string | undefined;
    for (const [message, account] of this.accounts) {
      for (const copy of account.copies)
        if ((this.leaders.get(copy.owner) ?? this.drawing.nodeOf.get(copy.owner)) === node && states.includes(copy.state))
          text ??= copy.take(fact.kind, fact);
      this.tidy(account, message);
    }
    return text;
  }

  /** A queue has got another leader: what it knows of each message is what holds now. */
  private lead(fact: Fact): string | undefined {
    const { place, messages, held } = fact.data ?? {};
    const has = new Set(Array.isArray(messages) ? messages : []);
    const knowsHeld = new Set(Array.isArray(held) ? held : []);
    this.leaders.set(String(place), fact.at);
    let text: string | undefined;
    for (const [message, account] of this.accounts) {
      const what = has.has(message) ? 'ready' : knowsHeld.has(message) ? 'held' : 'lost';
      for (const copy of account.copies)
        if (copy.owner === place && LED.has(copy.state) && !(what === 'lost' && copy.state === 'appended'))
          text ??= copy.take(`replica.role.${what}`, fact);
      this.tidy(account, message);
    }
    return text;
  }

  private publish(fact: Fact): string | undefined {
    if (this.accounts.has(fact.message)) return 'a message is published once';
    const kind = this.drawing.parts.get(fact.at)?.kind ?? '';
    if (!leadsLife(kind.replace(/\/.*/, '/'), 'message')) return undefined;
    this.accounts.set(fact.message, { publications: [this.publication(fact, undefined)], copies: [] });
    return undefined;
  }

  private publication(fact: Fact, broker: NodeId | undefined): Publication {
    const life = new Life('message', '', '', this.onMove);
    life.begin(fact);
    return { life, fact, broker };
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
      case 'message.appended':
        return this.at(account, fact, ['routed']);
      case 'message.stored':
        return this.at(account, fact, ['appended', 'routed']);
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

  /** The first exchange decides for all behind it; theirs only show the way. */
  private route(account: Account, fact: Fact): string | undefined {
    const { publications } = account;
    const publication = publications.find((one) => one.fact.seq === fact.cause) ?? publications.find(isUndecided);
    if (publication === undefined) return 'it was routed before';
    const queues = queuesOf(fact);
    const text = publication.life.take(queues.length === 0 ? 'message.routed.unroutable' : 'message.routed', fact);
    if (queues.length === 0 || text !== undefined) return text;
    account.publications = publications.filter((one) => one !== publication);
    const places = queues.filter((queue) => this.isFollowed(queue));
    account.copies = [...account.copies, ...places.map((place) => this.copyAt(place, publication.fact, fact))];
    return undefined;
  }

  private copyAt(place: PartId, published: Fact, routed: Fact): Life {
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
    if (account.copies.some(({ owner }) => owner === fact.at)) {
      const text = this.at(account, fact, meantBy(fact), event);
      if (outcome === 'dead-lettered' && text === undefined)
        account.publications = [...account.publications, this.publication(fact, this.drawing.nodeOf.get(fact.at))];
      return text;
    }
    // At an exchange, or before any queue.
    const life = account.publications.find((one) => one.life.can(event))?.life;
    if (life) return life.take(event, fact);
    return this.isFollowed(fact.at) ? 'nothing of it can end there' : undefined;
  }

  /** A frame with this message reached nobody: a copy on its way, or a publication; never a delivery. */
  private lose(account: Account, fact: Fact): string | undefined {
    // Its front keeps it, and sends it to the next leader.
    if (fact.data?.['verb'] === 'route.enqueue') return undefined;
    const copy = account.copies.find(({ owner, state }) => owner === fact.at && state === 'routed');
    if (copy) return copy.take(fact.kind, fact);
    const node = this.drawing.nodeOf.get(fact.at);
    const lost = account.publications.find((one) => isUndecided(one) && (one.broker === undefined || one.broker === node));
    return lost?.life.take(fact.kind, fact);
  }

  private isFollowed(place: PartId): boolean {
    const node = this.drawing.nodeOf.get(place);
    return node !== undefined && node !== place && !this.gone.has(node);
  }

  private tidy(account: Account, message: MessageId): void {
    if (account.copies.some(({ isOver }) => isOver)) account.copies = account.copies.filter(({ isOver }) => !isOver);
    if (account.publications.some(({ life }) => life.isOver))
      account.publications = account.publications.filter(({ life }) => !life.isOver);
    if (account.copies.length + account.publications.length === 0) this.accounts.delete(message);
  }
}

/** States of a copy that a new leader has something to say about. */
const LED: ReadonlySet<string> = new Set(['appended', 'ready', 'unacked']);

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

function isUndecided({ life }: Publication): boolean {
  return life.state === 'published';
}
