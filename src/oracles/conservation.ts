import type { JsonObject, MessageId, PartId } from '../base/index.ts';
import type { Fact, NodeId } from '../engine/index.ts';
import { leadsLife } from './charts/registry.ts';
import { complaint, type Drawing, type NodeOf, type Watcher } from './types.ts';

/** Copies of one message in one place. */
interface Copies {
  ready: number;
  unacked: number;
}
/** One message: what of it is on its way, and where its copies are. */
interface Account {
  /** Published, and not routed or lost yet. */
  published: number;
  /** By node: copies that an exchange has sent to places and that have not arrived. */
  readonly underWay: Map<NodeId, number>;
  /** It waits for the commit of its transaction. */
  isDeferred: boolean;
  /** Sent by a node that has died since: they may still arrive. */
  adrift: number;
  /** Places whose leader has it in the log and waits for most members, or that have no leader to take it. */
  readonly appended: Set<PartId>;
  /** Routed to nobody: it must end where it was routed. */
  stranded: number;
  exits: number;
  readonly places: Map<PartId, Copies>;
}

/**
 * Every published message is, at every moment, in exactly one accounted state per copy: published, on its way inside a
 * node, ready, handed out; and it leaves only by a fact that says so. Whatever appears from nowhere, ends twice or is
 * handed out without being there is a complaint.
 *
 * A delivery at a node itself (not at a place) of something that was never stored there is a direct hand-over. A crash
 * ends all deliveries of the node: what is kept is ready again.
 */
export class Conservation implements Watcher {
  private readonly accounts = new Map<MessageId, Account>();
  private readonly totals = new Map<PartId, Copies>();
  /** Nodes that have left: what they say of their end is no news any more. */
  private readonly gone = new Set<NodeId>();

  /** Places that another node than their own leads now. */
  private readonly leaders = new Map<PartId, NodeId>();

  /** Messages of systems that do not hand them out from places. */
  private readonly strangers = new Set<MessageId>();
  private readonly nodeOf: NodeOf;

  constructor(private readonly drawing: Drawing) {
    this.nodeOf = drawing.nodeOf;
  }

  watch(fact: Fact): string | undefined {
    const text = fact.message === 0 ? this.watchNode(fact) : this.watchMessage(fact);
    return text === undefined ? undefined : complaint(fact, text);
  }

  /** Copies in a place, as facts tell it: what the place itself shows must agree. */
  copiesAt(place: PartId): Readonly<Copies> {
    return this.totals.get(place) ?? { ready: 0, unacked: 0 };
  }

  /** Messages that are published or on their way: with no frame in the air there can be none. */
  underWay(): readonly MessageId[] {
    return [...this.accounts].filter(([, a]) => !a.isDeferred && (a.published > 0 || a.underWay.size > 0)).map(([message]) => message);
  }

  /** Messages that no place took and of which no fact told the end. */
  vanished(): readonly MessageId[] {
    return [...this.accounts].filter(([, a]) => a.stranded > 0 && a.exits === 0).map(([message]) => message);
  }

  private watchNode(fact: Fact): string | undefined {
    if (fact.kind === 'node.crashed') this.crash(fact.at);
    if (fact.kind === 'replica.role' && fact.data?.['role'] === 'leader') this.lead(fact.at, fact.data);
    if (fact.kind === 'part.joined') this.gone.delete(fact.at);
    if (fact.kind === 'part.left' && fact.line === '' && this.nodeOf.get(fact.at) === fact.at) this.forget(fact.at);
    return undefined;
  }

  private watchMessage(fact: Fact): string | undefined {
    if (fact.kind === 'message.published') return this.publish(fact);
    const account = this.accounts.get(fact.message);
    if (account === undefined) return this.strangers.has(fact.message) ? undefined : 'a message that nobody has published';
    switch (fact.kind) {
      case 'message.routed':
        return this.route(account, fact);
      case 'message.deferred':
        account.isDeferred = true;
        return undefined;
      case 'message.appended':
        // One that a front has kept for the next leader is appended already.
        if (account.appended.has(fact.at)) return undefined;
        if (!this.arrive(account, fact)) return 'it was not on its way there';
        account.appended.add(fact.at);
        return undefined;
      case 'message.stored':
        if (!account.appended.delete(fact.at) && !this.arrive(account, fact)) return 'it was not on its way there';
        this.move(account, fact.at, 1, 0);
        return undefined;
      case 'message.delivered':
        return this.deliver(account, fact);
      case 'message.requeued':
        if (this.at(account, fact.at).unacked === 0) return 'it was not handed out';
        this.move(account, fact.at, 1, -1);
        return undefined;
      case 'message.settled':
        return this.settle(account, fact);
      case 'frame.lost':
        if (account.published > 0) this.end(account, () => account.published--);
        // A front may send it again, to another leader.
        else if (isHop(fact) && this.arrive(account, fact)) {
          account.exits++;
          account.adrift++;
        }
        return undefined;
      default:
        return undefined;
    }
  }

  private publish({ message, at }: Fact): string | undefined {
    if (this.accounts.has(message)) return 'a message is published once';
    if (!leadsLife((this.drawing.parts.get(at)?.kind ?? '').replace(/\/.*/, '/'), 'message')) {
      this.strangers.add(message);
      return undefined;
    }
    this.accounts.set(message, {
      published: 1,
      underWay: new Map(),
      isDeferred: false,
      adrift: 0,
      appended: new Set(),
      stranded: 0,
      exits: 0,
      places: new Map(),
    });
    return undefined;
  }

  private route(account: Account, { at, line, data }: Fact): string | undefined {
    // The first exchange decides for all behind it; theirs only show the way.
    if (line !== '') return undefined;
    account.isDeferred = false;
    if (account.published === 0)
      return account.underWay.size > 0 || account.exits > 0 || account.places.size > 0 ? undefined : 'it was routed twice';
    account.published--;
    const queues = data?.['queues'];
    const copies = Array.isArray(queues) ? queues.length : 0;
    const node = this.nodeOf.get(at) ?? at;
    if (copies > 0) account.underWay.set(node, (account.underWay.get(node) ?? 0) + copies);
    else account.stranded++;
    return undefined;
  }

  private arrive(account: Account, { at }: Fact): boolean {
    const own = this.nodeOf.get(at) ?? at;
    // A copy for a queue on another node of a cluster is counted where it was decided.
    const node = account.underWay.has(own) ? own : (account.underWay.keys().next().value ?? own);
    const copies = account.underWay.get(node) ?? 0;
    if (copies === 0) {
      if (account.adrift === 0) return false;
      account.adrift--;
      return true;
    }
    if (copies === 1) account.underWay.delete(node);
    else account.underWay.set(node, copies - 1);
    return true;
  }

  private deliver(account: Account, { at }: Fact): string | undefined {
    if (this.at(account, at).ready > 0) {
      this.move(account, at, -1, 1);
      return undefined;
    }
    if (this.nodeOf.get(at) !== at || account.places.has(at)) return 'it was not ready there';
    this.move(account, at, 0, 1);
    return undefined;
  }

  private settle(account: Account, fact: Fact): string | undefined {
    const { at, data } = fact;
    const { ready, unacked } = this.at(account, at);
    // A dead message goes on as a publication of its broker, from wherever it stood.
    if (data?.['outcome'] === 'dead-lettered') account.published++;
    const wasHandedOut = data?.['outcome'] === 'acked' || fact.why === 'rejected' || fact.why === 'delivery_limit';
    if (wasHandedOut && unacked === 0) return 'it was not handed out';
    if (data?.['stored'] === false) {
      if (!this.arrive(account, fact)) return 'it was not on its way there';
      account.exits++;
      return undefined;
    }
    if (wasHandedOut) this.end(account, () => this.move(account, at, 0, -1));
    else if (ready > 0) this.end(account, () => this.move(account, at, -1, 0));
    else if (unacked > 0) this.end(account, () => this.move(account, at, 0, -1));
    else if (account.stranded > 0) this.end(account, () => account.stranded--);
    else if (account.published > 0) this.end(account, () => account.published--);
    else if (this.arrive(account, fact)) account.exits++;
    else if (!this.gone.has(this.nodeOf.get(at) ?? at)) return 'nothing of it is left to end there';
    return undefined;
  }

  private end(account: Account, leave: () => void): void {
    leave();
    account.exits++;
  }

  private at(account: Account, place: PartId): Readonly<Copies> {
    return account.places.get(place) ?? { ready: 0, unacked: 0 };
  }

  private move(account: Account, place: PartId, ready: number, unacked: number): void {
    for (const copies of [entry(account.places, place), entry(this.totals, place)]) {
      copies.ready += ready;
      copies.unacked += unacked;
    }
  }

  private crash(node: NodeId): void {
    for (const account of this.accounts.values()) {
      const copies = account.underWay.get(node) ?? 0;
      if (account.underWay.delete(node)) {
        account.exits++;
        account.adrift += copies;
      }
      for (const [place, { unacked }] of account.places)
        if (unacked > 0 && (this.leaders.get(place) ?? this.nodeOf.get(place)) === node) this.move(account, place, unacked, -unacked);
    }
  }

  /** A place is led by another node now, which has these messages of it, ready or handed out; what it lacks is lost. */
  private lead(node: NodeId, { place, messages, held }: JsonObject): void {
    const at = String(place);
    this.leaders.set(at, node);
    for (const account of this.accounts.values()) {
      const { ready, unacked } = this.at(account, at);
      if (ready + unacked === 0) continue;
      account.exits++;
      this.move(account, at, -ready, -unacked);
    }
    for (const [ids, ready, unacked] of [
      [messages, 1, 0],
      [held, 0, 1],
    ] as const) {
      for (const id of Array.isArray(ids) ? ids : []) {
        const account = this.accounts.get(Number(id));
        if (!account) continue;
        account.appended.delete(at);
        this.move(account, at, ready, unacked);
      }
    }
  }

  /** A node left for good, and all that was in it. */
  private forget(node: NodeId): void {
    this.gone.add(node);
    for (const account of this.accounts.values()) {
      if (account.underWay.delete(node)) account.exits++;
      for (const [place, { ready, unacked }] of account.places) {
        if (this.nodeOf.get(place) !== node || ready + unacked === 0) continue;
        account.exits++;
        this.move(account, place, -ready, -unacked);
      }
    }
  }
}

function isHop({ data }: Fact): boolean {
  return String(data?.['verb']).startsWith('route.');
}

function entry(copies: Map<PartId, Copies>, place: PartId): Copies {
  let found = copies.get(place);
  if (found === undefined) {
    found = { ready: 0, unacked: 0 };
    copies.set(place, found);
  }
  return found;
}
