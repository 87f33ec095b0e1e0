import type { LineId, MessageId, Micros, PartId } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { AmqpMessage, BasicDeliver, BasicReturn, Properties, Table } from '../amqp/index.ts';
import { isMirrored } from './cluster/group.ts';
import { isLeaderless, numbered, tellParked } from './cluster/parking.ts';
import { confirm } from './confirms.ts';
import { type AmqpError, amqpError, exchangeNamed, noExchange, preconditionFailed } from './errors.ts';
import type { Publisher, RouteHop, RoutePlan } from './plan.ts';
import { planFor, wrongRoutingHeader } from './routing.ts';
import type { Broker, Channel, Exchange } from './state.ts';
import { stringTerm } from './terms.ts';
import { keepPublished } from './transactions.ts';

const REPLY_TO = 'amq.rabbitmq.reply-to';

const NO_ROUTE = { code: 312, text: 'NO_ROUTE' } as const;

const DROPPED = { outcome: 'dropped' } as const;

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
  const refused = exchange === undefined ? noExchange(message.exchange) : refusal(broker, exchange, channel, message);
  if (refused || exchange === undefined) {
    x.fact('message.settled', to, message.id, '', exchange ? 'refused' : 'no-exchange', DROPPED);
    return refused;
  }
  const publisher = channel.confirming
    ? { front: x.wiring.self.id, client: channel.client, channel: channel.id, seqNo: channel.nextSeqNo++ }
    : undefined;
  const accepted = asAccepted(message, channel);
  const plan = planFor(broker, exchange, accepted, x);
  if (channel.transaction) {
    keepPublished(channel, { exchange: exchange.name, part: exchange.part, message: accepted, plan });
    x.fact('message.deferred', exchange.part || x.wiring.self.id, message.id, line);
  } else deliverRouted(broker, exchange, channel, accepted, plan, publisher, x);
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
    const homes = broker.peers.length === 0 ? [] : plan.queues.flatMap((id) => soleHome(broker, id));
    if (homes.length > 0) channel.awaited.set(publisher.seqNo, homes);
  }
}

/** The node that alone has a queue: if it is lost, so is what was on its way there. */
function soleHome(broker: Broker, id: number): readonly NodeId[] {
  const queue = broker.queueById.get(id);
  return queue === undefined || queue.home === '' || queue.type === 'quorum' || isMirrored(broker, queue) ? [] : [queue.home];
}

function refusal(broker: Broker, exchange: Exchange, channel: Channel, message: AmqpMessage): AmqpError | undefined {
  if (exchange.internal) return amqpError('ACCESS_REFUSED', `cannot publish to internal ${exchangeNamed(exchange.name)}`);
  const { properties } = message;
  if (properties.replyTo === REPLY_TO && !channel.reply) return preconditionFailed('fast reply consumer does not exist');
  const { userId } = properties;
  const user = userId === undefined ? undefined : (broker.connections.get(channel.client)?.user ?? 'guest');
  if (userId !== user) {
    return preconditionFailed(`user_id property set to '${userId}' but authenticated user was '${user}'`);
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
export function sendCopies(
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
    const frame: RouteHop = { verb: 'route.hop', message, step, publisher, by: x.wiring.self.id, number: 0, sender: '', slots };
    if (step.queue === 0) {
      hop = x.send(from, step.to, step.line, frame) - x.now;
    } else {
      const queue = broker.queueById.get(step.queue);
      const notBefore = slots?.[step.queue] ?? queue?.slotAt ?? 0;
      const sent = queue ? numbered(queue, frame) : frame;
      if (queue && isLeaderless(broker, queue)) {
        tellParked(queue, sent, x);
        continue;
      }
      const at = x.send(from, step.to, step.line, sent, notBefore as Micros);
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
