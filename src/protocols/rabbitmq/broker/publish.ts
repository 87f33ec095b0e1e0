import type { LineId, MessageId, Micros, PartId } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { AmqpMessage, BasicAck, BasicDeliver, BasicNack, BasicReturn, Properties, Table } from '../amqp/index.ts';
import { tellNode, wayTo } from './cluster/peers.ts';
import { neededFor, replicate } from './cluster/replicate.ts';
import { bury, type DeadHop, isCycle } from './death.ts';
import { runQueue } from './dispatch.ts';
import { type AmqpError, amqpError, exchangeNamed, noExchange, preconditionFailed } from './errors.ts';
import { dropExpired, dropOverflow, expiryOf, isOverfull, wouldOverflow } from './expiry.ts';
import { placeOf } from './place.ts';
import type { Publisher, RouteHop, RoutePlan, RouteStep } from './plan.ts';
import { isRefusing } from './quorum.ts';
import { planFor, wrongRoutingHeader } from './routing.ts';
import { type Broker, type Channel, type Entry, type Exchange, type Group, type Queue, readyCount } from './state.ts';
import { append, insert, positionOf, rankOf } from './store.ts';
import { stringTerm } from './terms.ts';
import { keepPublished } from './transactions.ts';

const REPLY_TO = 'amq.rabbitmq.reply-to';
/** Everybody who connects is this user: permissions are not modelled. */
const USER = 'guest';
const NO_ROUTE = { code: 312, text: 'NO_ROUTE' } as const;
const DROPPED = { outcome: 'dropped' } as const;
const NEVER_STORED = { outcome: 'dropped', stored: false } as const;
const RETURNED = { outcome: 'returned' } as const;
const ACKED = { outcome: 'acked' } as const;

/** basic.publish as it arrives on a channel. */
export function publish(
  broker: Broker,
  channel: Channel,
  message: AmqpMessage,
  to: PartId,
  line: LineId,
  x: Context,
): AmqpError | undefined {
  channel.publishedTo = to;
  channel.publishedOn = line;
  const exchange = broker.exchanges.get(message.exchange);
  const refused = exchange === undefined ? noExchange(message.exchange) : refusal(exchange, channel, message);
  if (refused || exchange === undefined) {
    x.fact('message.settled', to, message.id, '', exchange ? 'refused' : 'no-exchange', DROPPED);
    return refused;
  }
  const publisher = channel.confirming
    ? { front: x.wiring.self.id, client: channel.client, channel: channel.id, seqNo: channel.nextSeqNo++ }
    : undefined;
  const accepted = asAccepted(message, channel);
  const plan = planFor(broker, exchange, accepted, x);
  if (channel.transaction) keepPublished(channel, { exchange, message: accepted, plan });
  else deliverRouted(broker, exchange, channel, accepted, plan, publisher, x);
  return undefined;
}

/** Sends what has been routed on its way; what no queue takes is returned or dropped. */
export function deliverRouted(
  broker: Broker,
  exchange: Exchange,
  channel: Channel,
  message: AmqpMessage,
  plan: RoutePlan,
  publisher: Publisher | undefined,
  x: Context,
): void {
  const queues = follow(broker, exchange, message, plan, publisher, x);
  if (queues === 0) {
    giveUp(exchange, channel, message, x);
    if (publisher) confirm(channel, publisher.seqNo, x);
  } else if (publisher) {
    channel.unconfirmed.set(publisher.seqNo, queues);
    const homes = broker.peers.length === 0 ? [] : plan.queues.flatMap((id) => broker.queueById.get(id)?.home || []);
    if (homes.length > 0) channel.awaited.set(publisher.seqNo, homes);
  }
}

function refusal(exchange: Exchange, channel: Channel, message: AmqpMessage): AmqpError | undefined {
  if (exchange.internal) return amqpError('ACCESS_REFUSED', `cannot publish to internal ${exchangeNamed(exchange.name)}`);
  const { properties } = message;
  if (properties.replyTo === REPLY_TO && !channel.reply) return preconditionFailed('fast reply consumer does not exist');
  const { userId } = properties;
  if (userId !== undefined && userId !== USER) {
    return preconditionFailed(`user_id property set to '${userId}' but authenticated user was '${USER}'`);
  }
  const wrong = checkExpiration(properties.expiration);
  if (wrong) return wrong;
  const header = wrongRoutingHeader(properties.headers);
  if (header === undefined) return undefined;
  return preconditionFailed(`invalid message: {unacceptable_type_in_header,${stringTerm(header.name)},${header.type}}`);
}

function checkExpiration(expiration: string | undefined): AmqpError | undefined {
  if (expiration === undefined) return undefined;
  const [, digits, rest] = /^([+-]?\d+)?([\s\S]*)$/.exec(expiration) as unknown as [string, string | undefined, string];
  const bad = (term: string) => preconditionFailed(`invalid expiration '${expiration}': ${term}`);
  if (digits === undefined) return bad('no_integer');
  if (rest !== '') return bad(`{leftover_string,${stringTerm(rest)}}`);
  return Number(digits) < 0 ? bad(`{value_negative,${Number(digits)}}`) : undefined;
}

/** The message as queues keep it: a direct reply's real address, and no BCC header (its keys are used once, in routing). */
function asAccepted(message: AmqpMessage, channel: Channel): AmqpMessage {
  if (message.properties.replyTo !== REPLY_TO || !channel.reply) return message;
  return { ...message, properties: { ...message.properties, replyTo: `${REPLY_TO}.${channel.reply.suffix}` } };
}

function withoutBcc(message: AmqpMessage): AmqpMessage {
  const headers = message.properties.headers;
  if (headers === undefined || headers['BCC'] === undefined) return message;
  const { BCC: keys, ...rest } = headers as Table & { BCC: unknown };
  const properties: Properties = { ...message.properties, headers: rest };
  const bcc = Array.isArray(keys) ? keys.map(String) : [];
  return { ...message, properties, bcc };
}

/** Routes a message and sends its copies on their way; returns how many queues get one. */
export function route(
  broker: Broker,
  exchange: Exchange,
  message: AmqpMessage,
  publisher: Publisher | undefined,
  x: Context,
  isAvoided?: (queue: string) => boolean,
): number {
  return follow(broker, exchange, message, planFor(broker, exchange, message, x, isAvoided), publisher, x);
}

function follow(
  broker: Broker,
  exchange: Exchange,
  message: AmqpMessage,
  plan: RoutePlan,
  publisher: Publisher | undefined,
  x: Context,
): number {
  exchange.published++;
  if (exchange.name === '') replyDirectly(broker, message, x);
  const kept = withoutBcc(message);
  x.fact('message.routed', plan.part || x.wiring.self.id, message.id, '', plan.why, plan.data);
  const slots: { [queue: number]: number } | undefined = plan.deep ? {} : undefined;
  sendCopies(broker, plan, kept, publisher, slots, x);
  return plan.queues.length;
}

/**
 * Sends the copies of one exchange. A queue keeps the order of decisions: when a copy comes by more than one hop, later
 * ones are not let pass it.
 */
function sendCopies(
  broker: Broker,
  plan: RoutePlan,
  message: AmqpMessage,
  publisher: Publisher | undefined,
  slots: { [queue: number]: number } | undefined,
  x: Context,
): void {
  const from = plan.part || x.wiring.self.id;
  let hop: number | undefined;
  for (const step of plan.steps) {
    const frame: RouteHop = { verb: 'route.hop', message, step, publisher, by: x.wiring.self.id, slots };
    if (step.queue === 0) {
      hop = x.send(from, step.to, step.line, frame) - x.now;
    } else {
      const queue = broker.queueById.get(step.queue);
      const notBefore = slots?.[step.queue] ?? queue?.slotAt ?? 0;
      const at = x.send(from, step.to, step.line, frame, notBefore as Micros);
      if (queue && slots?.[step.queue] === undefined) queue.slotAt = at;
    }
  }
  // Nobody has read the slots yet: what was sent arrives after this reaction.
  if (hop !== undefined && hop > 0 && slots !== undefined && Object.keys(slots).length === 0) promise(broker, plan, hop, slots, x);
}

function promise(broker: Broker, plan: RoutePlan, hop: number, slots: { [queue: number]: number }, x: Context): void {
  for (const step of plan.steps) if (step.next) promiseBehind(broker, step.next, hop, slots, x);
}

function promiseBehind(broker: Broker, plan: RoutePlan, hop: number, slots: { [queue: number]: number }, x: Context): void {
  for (const step of plan.steps) {
    if (step.next) promiseBehind(broker, step.next, hop, slots, x);
    const queue = step.queue === 0 ? undefined : broker.queueById.get(step.queue);
    if (!queue) continue;
    const natural = x.now + step.depth * hop;
    const slot = natural > queue.slotAt ? natural : queue.slotAt + 1;
    slots[step.queue] = slot;
    // Ties go by the time of sending, and a later direct copy would be sent earlier: it waits a moment more.
    queue.slotAt = slot + 1;
  }
}

/** A copy arrives where its hop leads. */
export function arriveCopy(broker: Broker, hop: RouteHop, line: LineId, x: Context): void {
  const { step, message, publisher, by } = hop;
  if (step.queue !== 0) {
    const queue = by === x.wiring.self.id ? broker.queueById.get(step.queue) : broker.queues.get(step.name);
    if (queue !== undefined && queue.home !== '') sendOn(queue, hop, x);
    else storeCopy(broker, queue, step, message, publisher, line, x);
  } else if (step.next) {
    const { next } = step;
    x.fact('message.routed', next.part || x.wiring.self.id, message.id, line, next.why, next.data);
    countAt(broker, next);
    sendCopies(broker, next, message, publisher, hop.slots, x);
  }
}

/** The queue has got another home since: the copy follows it. */
function sendOn(queue: Queue, hop: RouteHop, x: Context): void {
  const { to, line } = wayTo(queue, '', x);
  x.send(x.wiring.self.id, to, line, { ...hop, by: '' } as RouteHop);
}

function countAt(broker: Broker, plan: RoutePlan): void {
  const exchange = broker.exchanges.get(plan.exchange);
  if (!exchange) return;
  exchange.published++;
  if (plan.why === 'unroutable') exchange.unroutable++;
}

function storeCopy(
  broker: Broker,
  queue: Queue | undefined,
  step: RouteStep,
  message: AmqpMessage,
  publisher: Publisher | undefined,
  line: LineId,
  x: Context,
): void {
  if (queue !== undefined && refuses(queue, message)) {
    refuseCopy(broker, queue, message, publisher, line, x);
    return;
  }
  if (queue?.group !== undefined) {
    propose(broker, queue, message, publisher, line, x);
    return;
  }
  if (queue === undefined) x.fact('message.settled', step.to, message.id, line, 'deleted', DROPPED);
  else {
    const entry = append(queue, message, expiryOf(queue, message, x));
    const ahead = entry.rank === 0 && queue.rules.maxPriority === 0 ? readyCount(queue) - 1 : positionOf(queue, entry);
    x.fact('message.stored', placeOf(queue, x), message.id, line, '', { ahead });
  }
  // A deleted queue counts as having taken its copy, as it does in the broker.
  if (publisher) taken(broker, publisher, x);
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

/** The publisher hears that a queue has not taken its message. */
function refused(broker: Broker, publisher: Publisher, x: Context): void {
  if (tellFront(publisher, false, x)) return;
  const channel = channelOf(broker, publisher);
  if (!channel?.unconfirmed.delete(publisher.seqNo)) return;
  const frame: BasicNack = {
    verb: 'basic.nack',
    channel: channel.number,
    deliveryTag: publisher.seqNo,
    multiple: false,
    requeue: false,
  };
  x.send(channel.publishedTo, channel.client, channel.publishedOn, frame);
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

/** When the publisher is connected with another node, that one is told. */
function tellFront({ front, client, channel, seqNo }: Publisher, isTaken: boolean, x: Context): boolean {
  if (front === x.wiring.self.id) return false;
  tellNode(front, { verb: 'cluster.taken', client, channel, seqNo, isTaken }, x);
  return true;
}

/** A home has taken its copy of a publication, or refused it; `isTaken` of a lost home is true, as for a deleted queue. */
export function hearTaken(broker: Broker, home: NodeId, publisher: Publisher, isTaken: boolean, x: Context): void {
  const channel = channelOf(broker, publisher);
  const homes = channel?.awaited.get(publisher.seqNo);
  if (channel && homes) {
    const left = homes.toSpliced(homes.indexOf(home), homes.includes(home) ? 1 : 0);
    if (left.length > 0) channel.awaited.set(publisher.seqNo, left);
    else channel.awaited.delete(publisher.seqNo);
  }
  if (isTaken) taken(broker, publisher, x);
  else refused(broker, publisher, x);
}

/** Classic queues of a lost home count as having taken what was on its way to them. */
export function confirmLost(broker: Broker, home: NodeId, x: Context): void {
  const front = x.wiring.self.id;
  for (const { channels } of broker.connections.values()) {
    for (const { client, id: channel, awaited } of [...channels.values()]) {
      for (const [seqNo, homes] of [...awaited])
        for (const one of homes) if (one === home) hearTaken(broker, home, { front, client, channel, seqNo }, true, x);
    }
  }
}

/**
 * The leader of a replicated queue takes a message. A quorum queue has it when most members do, a mirrored one at once, but
 * confirms it when all mirrors have it.
 */
function propose(broker: Broker, queue: Queue, message: AmqpMessage, publisher: Publisher | undefined, line: LineId, x: Context): void {
  const group = queue.group as Group;
  const entry: Entry = {
    seq: queue.nextSeq++,
    message,
    redelivered: false,
    expiry: expiryOf(queue, message, x),
    rank: rankOf(queue, message),
    returns: 0,
  };
  const index = replicate(queue, { add: [entry] }, x);
  if (group.kind === 'mirror') {
    store(queue, entry, line, x);
    if (publisher) group.pending = [...group.pending, { index, entry, line, publisher }];
    runStored(queue, x);
  } else group.pending = [...group.pending, { index, entry, line, publisher }];
  commit(broker, queue, x);
}

/** Whatever enough members have by now is stored (or confirmed), in its order. */
export function commit(broker: Broker, queue: Queue, x: Context): void {
  const { group } = queue;
  if (group === undefined) return;
  for (let first = group.pending[0]; first !== undefined; first = group.pending[0]) {
    const { index, entry, line, publisher } = first;
    const voters = group.kind === 'quorum' ? group.following : group.synced;
    const have = 1 + voters.filter((node) => (group.matched.get(node) ?? 0) >= index).length;
    if (have < neededFor(group)) return;
    group.pending = group.pending.slice(1);
    if (group.kind === 'quorum') store(queue, entry, line, x);
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

/** One queue fewer has to take its copy before the publisher hears of it. */
function taken(broker: Broker, publisher: Publisher, x: Context): void {
  const { seqNo } = publisher;
  if (tellFront(publisher, true, x)) return;
  const channel = channelOf(broker, publisher);
  if (!channel) return;
  const left = (channel.unconfirmed.get(seqNo) ?? 0) - 1;
  if (left > 0) channel.unconfirmed.set(seqNo, left);
  else if (channel.unconfirmed.delete(seqNo)) confirm(channel, seqNo, x);
}

/** The very channel that published, if it is still open. */
function channelOf(broker: Broker, { client, channel: id }: Publisher): Channel | undefined {
  const channels = broker.connections.get(client)?.channels.values() ?? [];
  for (const channel of channels) if (channel.id === id && !channel.closing) return channel;
  return undefined;
}

function confirm(channel: Channel, seqNo: number, x: Context): void {
  const frame: BasicAck = { verb: 'basic.ack', channel: channel.number, deliveryTag: seqNo, multiple: false };
  x.send(channel.publishedTo, channel.client, channel.publishedOn, frame);
}

/** No queue took it: it goes back to who published it with `mandatory`, or is gone. */
function giveUp(exchange: Exchange, channel: Channel, message: AmqpMessage, x: Context): void {
  exchange.unroutable++;
  const at = exchange.part || x.wiring.self.id;
  // A direct reply is delivered without any queue, and still comes back when it was sent with `mandatory`.
  if (!message.mandatory) {
    if (!isReply(message)) x.fact('message.settled', at, message.id, '', 'unroutable', DROPPED);
    return;
  }
  x.fact('message.settled', at, message.id, '', 'unroutable', RETURNED);
  const frame: BasicReturn = { verb: 'basic.return', channel: channel.number, ...NO_ROUTE, message };
  x.send(at, channel.client, channel.publishedOn, frame);
}

function isReply(message: AmqpMessage): boolean {
  return message.exchange === '' && message.key.startsWith(`${REPLY_TO}.`);
}

/** An answer to a direct reply address goes straight to the channel that asked, through no queue. */
function replyDirectly(broker: Broker, message: AmqpMessage, x: Context): void {
  if (!message.key.startsWith(`${REPLY_TO}.`)) return;
  const suffix = message.key.slice(REPLY_TO.length + 1);
  for (const connection of broker.connections.values()) {
    for (const channel of connection.channels.values()) {
      if (channel.reply?.suffix === suffix && !channel.closing) deliverReply(channel, channel.reply, message, x);
    }
  }
}

function deliverReply(channel: Channel, reply: NonNullable<Channel['reply']>, message: AmqpMessage, x: Context): void {
  const at = x.wiring.self.id;
  const id: MessageId = message.id;
  // Its delivery tag is the channel's next one, but does not use it up.
  const data = { consumer: reply.part, tag: channel.nextTag, redelivered: false };
  x.fact('message.delivered', at, id, reply.line, 'turn-reply', data);
  const frame: BasicDeliver = {
    verb: 'basic.deliver',
    channel: channel.number,
    consumerTag: reply.tag,
    deliveryTag: channel.nextTag,
    redelivered: false,
    message: withoutBcc(message),
  };
  x.send(at, reply.part, reply.line, frame);
  x.fact('message.settled', at, id, '', 'auto-acked', ACKED);
}
