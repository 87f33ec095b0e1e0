import type { LineId, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';
import { acknowledge, isLeaderless, tellParked } from './cluster/parking.ts';
import { wayTo } from './cluster/peers.ts';
import { neededFor, replicate } from './cluster/replicate.ts';
import { refused, taken } from './confirms.ts';
import { bury, type DeadHop, isCycle } from './death.ts';
import { writeToDisk } from './disk.ts';
import { runQueue } from './dispatch.ts';
import { dropExpired, dropOverflow, expiryOf, isOverfull, wouldOverflow } from './expiry.ts';
import { placeOf } from './place.ts';
import type { Publisher, RouteHop, RoutePlan } from './plan.ts';
import { route, sendCopies } from './publish.ts';
import { isRefusing } from './quorum.ts';
import { type Broker, type Entry, type Group, type Queue, readyCount } from './state.ts';
import { append, insert, positionOf, rankOf } from './store.ts';

/*
 * Copies arrive where their hops lead: at a further exchange, or in a queue that stores or refuses them.
 */

const DROPPED = { outcome: 'dropped' } as const;

const NEVER_STORED = { outcome: 'dropped', stored: false } as const;

/** A copy arrives where its hop leads. */
export function arriveCopy(broker: Broker, hop: RouteHop, line: LineId, x: Context): void {
  const { step, message, publisher, by } = hop;
  if (step.queue !== 0) {
    const queue = by === x.wiring.self.id ? broker.queueById.get(step.queue) : broker.queues.get(step.name);
    if (queue !== undefined && queue.home !== '') sendOn(broker, queue, hop, x);
    else if (queue?.group?.kind === 'quorum' && isKnown(broker, queue, hop, x)) return;
    else storeCopy(broker, queue, hop, line, x);
  } else if (step.next) {
    const { next } = step;
    x.fact('message.routed', next.part || x.wiring.self.id, message.id, line, next.why, next.data);
    countAt(broker, next);
    sendCopies(broker, next, message, publisher, hop.slots, x);
  }
}

/** The queue has got another home since: the copy follows it. */
function sendOn(broker: Broker, queue: Queue, hop: RouteHop, x: Context): void {
  if (isLeaderless(broker, queue)) {
    // Its front has kept it, and sends it to the next leader.
    tellParked(queue, hop, x);
    return;
  }
  const { to, line } = wayTo(queue, '', x);
  x.send(x.wiring.self.id, to, line, hop);
}

/** A leader takes what a front has sent once: sent again it is only confirmed. */
function isKnown(broker: Broker, queue: Queue, { number, sender, by, publisher }: RouteHop, x: Context): boolean {
  const group = queue.group as Group;
  if (number === 0 || number > (group.enqueued.get(sender) ?? 0)) return false;
  if (group.pending.some((one) => one.sender === sender && one.number === number)) return true;
  acknowledge(queue, by, number, x);
  if (publisher) taken(broker, publisher, x);
  return true;
}

function countAt(broker: Broker, plan: RoutePlan): void {
  const exchange = broker.exchanges.get(plan.exchange);
  if (!exchange) return;
  exchange.published++;
  if (plan.why === 'unroutable') exchange.unroutable++;
}

function storeCopy(broker: Broker, queue: Queue | undefined, hop: RouteHop, line: LineId, x: Context): void {
  const { step, message, publisher } = hop;
  if (queue !== undefined && refuses(queue, message)) {
    refuseCopy(broker, queue, message, publisher, line, x);
    acknowledge(queue, hop.by, hop.number, x);
    return;
  }
  if (queue?.group !== undefined) {
    propose(broker, queue, hop, line, x);
    return;
  }
  if (queue === undefined) x.fact('message.settled', step.to, message.id, line, 'deleted', DROPPED);
  let isWaiting = false;
  if (queue !== undefined) {
    const entry = append(queue, message, expiryOf(queue, message, x));
    const ahead = entry.rank === 0 && queue.rules.maxPriority === 0 ? readyCount(queue) - 1 : positionOf(queue, entry);
    x.fact('message.stored', placeOf(queue, x), message.id, line, '', { ahead });
    isWaiting = writeToDisk(broker, queue, entry, publisher, x);
  }
  // A deleted queue counts as having taken its copy, as it does in the broker.
  if (publisher && !isWaiting) taken(broker, publisher, x);
  if (queue === undefined) return;
  runStored(queue, x);
}

/** Whether a queue is too full for one more message, and refuses it rather than drop an older one. */
function refuses(queue: Queue, message: AmqpMessage): boolean {
  if (queue.rules.overflow === 'drop-head') return false;
  return queue.type === 'quorum' ? isRefusing(queue) : wouldOverflow(queue, message);
}

/** A full queue takes no more (x-overflow): the publisher hears of it, if it listens for confirms. */
function refuseCopy(broker: Broker, queue: Queue, message: AmqpMessage, publisher: Publisher | undefined, line: LineId, x: Context): void {
  if (queue.rules.overflow === 'reject-publish-dlx') bury(queue, message, 'maxlen', x, false);
  else {
    queue.discarded++;
    x.fact('message.settled', placeOf(queue, x), message.id, line, 'queue-full', NEVER_STORED);
  }
  if (publisher) refused(broker, publisher, x);
}

/**
 * The leader of a replicated queue takes a message. A quorum queue has it when most members do, a mirrored one at once, but
 * confirms it when all mirrors have it.
 */
function propose(
  broker: Broker,
  queue: Queue,
  { message, publisher, by: front, number, sender }: RouteHop,
  line: LineId,
  x: Context,
): void {
  const group = queue.group as Group;
  const entry: Entry = {
    seq: queue.nextSeq++,
    message,
    redelivered: false,
    expiry: expiryOf(queue, message, x),
    rank: rankOf(queue, message),
    returns: 0,
  };
  const index = replicate(queue, { add: [entry], ...(number > 0 ? { enqueued: { sender, number } } : {}) }, x);
  const waiting = { index, entry, line, publisher, front, number, sender };
  if (group.kind === 'mirror') {
    store(queue, entry, line, x);
    if (publisher) group.pending = [...group.pending, waiting];
    runStored(queue, x);
  } else {
    group.pending = [...group.pending, waiting];
    if (number > 0) group.enqueued = new Map([...group.enqueued, [sender, number]]);
    x.fact('message.appended', placeOf(queue, x), message.id, line, '', { index });
  }
  commit(broker, queue, x);
}

/** Whatever enough members have by now is stored (or confirmed), in its order. */
export function commit(broker: Broker, queue: Queue, x: Context): void {
  const { group } = queue;
  if (group === undefined) return;
  for (let first = group.pending[0]; first !== undefined; first = group.pending[0]) {
    const { index, entry, line, publisher, front, number } = first;
    const voters = group.kind === 'quorum' ? group.following : group.synced;
    const have = 1 + voters.filter((node) => (group.matched.get(node) ?? 0) >= index).length;
    if (have < neededFor(group)) return;
    group.pending = group.pending.slice(1);
    if (group.kind === 'quorum') store(queue, entry, line, x);
    acknowledge(queue, front, number, x);
    if (publisher) taken(broker, publisher, x);
    if (group.kind === 'quorum') runStored(queue, x);
  }
}

function store(queue: Queue, entry: Entry, line: LineId, x: Context): void {
  insert(queue, entry);
  x.fact('message.stored', placeOf(queue, x), entry.message.id, line, '', { ahead: positionOf(queue, entry) });
}

function runStored(queue: Queue, x: Context): void {
  runQueue(queue, x);
  if (queue.type === 'quorum' && isOverfull(queue)) queue.isRefusing = queue.rules.overflow !== 'drop-head';
  dropOverflow(queue, x);
  dropExpired(queue, x);
}

/** A dead message arrives at the dead-letter exchange of its queue. Missing exchanges are silent. */
export function arriveDead(broker: Broker, { message, reason }: DeadHop, at: PartId, x: Context): void {
  const exchange = broker.exchanges.get(message.exchange);
  if (!exchange) {
    x.fact('message.settled', at, message.id, '', 'no-dead-letter-exchange', DROPPED);
    return;
  }
  const goesRound = reason === 'rejected' ? undefined : (queue: string) => isCycle(queue, message);
  const queues = route(broker, exchange, message, undefined, x, goesRound);
  if (queues > 0) return;
  exchange.unroutable++;
  x.fact('message.settled', exchange.part || x.wiring.self.id, message.id, '', 'unroutable', DROPPED);
}
