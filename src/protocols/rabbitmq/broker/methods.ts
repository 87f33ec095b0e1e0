import { assert, type PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { ClientFrame, ExchangeBind, QueueBind, QueueDeclare } from '../amqp/index.ts';
import { EXCHANGE, QUEUE } from '../kinds.ts';
import { type BindingRequest, bind, checkBinding, identityOf, unbind } from './bindings.ts';
import { answer, type Wire } from './channels.ts';
import { forward, timedOut } from './cluster/front.ts';
import { isLeaderless } from './cluster/parking.ts';
import { isAway } from './cluster/peers.ts';
import { cancel, consume, get, qos, tagInUse } from './consume.ts';
import { drawnPart, linesFor } from './drawn.ts';
import { type AmqpError, amqpError, defaultExchangeRefused, noExchange, noQueue, preconditionFailed, queueNamed } from './errors.ts';
import { declareExchange, deleteExchange, removeIfUnbound, withoutBreaks } from './exchanges.ts';
import { publish } from './publish.ts';
import { accessibleQueue, checkAccess, checkDelete, declareQueue, generatedName, isQueue, purge, removeQueue } from './queues.ts';
import { recover, settle } from './settle.ts';
import { type Broker, type Channel, readyCount } from './state.ts';
import { transact } from './transact.ts';

const REPLY_TO = 'amq.rabbitmq.reply-to';

/** One method on an open channel. Returns why it is refused. */
export function handleMethod(broker: Broker, channel: Channel, frame: ClientFrame, wire: Wire, x: Context): AmqpError | undefined {
  switch (frame.verb) {
    case 'basic.publish':
      return publish(broker, channel, frame.message, wire.to, wire.line, x);
    case 'basic.ack':
      return settle(broker, channel, frame.deliveryTag, frame.multiple, 'acked', x);
    case 'basic.nack':
      return settle(broker, channel, frame.deliveryTag, frame.multiple, frame.requeue ? 'requeued' : 'rejected', x);
    case 'basic.reject':
      return settle(broker, channel, frame.deliveryTag, false, frame.requeue ? 'requeued' : 'rejected', x);
    case 'basic.qos':
      qos(channel, frame, wire, x);
      return undefined;
    case 'basic.cancel':
      if (channel.away.has(frame.consumerTag)) return cancelAway(broker, channel, frame, wire, x);
      cancel(broker, channel, frame, wire, x);
      return undefined;
    case 'basic.cancel-ok':
      return undefined;
    case 'basic.recover':
      if (!frame.requeue) return amqpError('NOT_IMPLEMENTED', 'requeue=false');
      answer(wire, { verb: 'basic.recover-ok', channel: channel.number }, x);
      recover(broker, channel, x);
      return undefined;
    case 'confirm.select':
      if (channel.transaction) return preconditionFailed('cannot switch from tx to confirm mode');
      channel.confirming = true;
      answer(wire, { verb: 'confirm.select-ok', channel: channel.number }, x);
      return undefined;
    case 'tx.select':
    case 'tx.commit':
    case 'tx.rollback':
      return transact(broker, channel, frame.verb, wire, x);
    case 'channel.open':
      return amqpError('CHANNEL_ERROR', "second 'channel.open' seen");
    default:
      return handleTopology(broker, channel, frame, wire, x);
  }
}

function handleTopology(broker: Broker, channel: Channel, frame: ClientFrame, wire: Wire, x: Context): AmqpError | undefined {
  switch (frame.verb) {
    case 'exchange.declare': {
      const part = drawnPart(EXCHANGE, withoutBreaks(frame.exchange), wire.to, x);
      const wrong = declareExchange(broker, frame, part, x);
      if (!wrong) answer(wire, { verb: 'exchange.declare-ok', channel: channel.number }, x);
      return wrong;
    }
    case 'exchange.delete': {
      const wrong = deleteExchange(broker, frame.exchange, frame.ifUnused, x);
      if (!wrong) answer(wire, { verb: 'exchange.delete-ok', channel: channel.number }, x);
      return wrong;
    }
    case 'exchange.bind':
    case 'exchange.unbind':
      return changeBinding(broker, channel, frame, wire, x);
    case 'queue.declare':
      return answerDeclare(broker, channel, frame, wire, x);
    default:
      return handleQueue(broker, channel, frame, wire, x);
  }
}

/** '' stands for the queue last declared on the channel. */
function meantQueue(channel: Channel, name: string): string | AmqpError {
  if (name !== '') return name;
  return channel.lastQueue !== '' ? channel.lastQueue : amqpError('NOT_FOUND', 'no previously declared queue');
}

type QueueFrame = Extract<ClientFrame, { readonly queue: string }>;

function handleQueue(broker: Broker, channel: Channel, given: ClientFrame, wire: Wire, x: Context): AmqpError | undefined {
  assert('queue' in given, `A method that no broker knows: ${given.verb}`);
  const meant = meantQueue(channel, given.queue);
  if (typeof meant !== 'string') return meant;
  const frame: QueueFrame = { ...given, queue: meant };
  const away = goAway(broker, channel, frame, wire, x);
  if (away !== 'here') return away;
  switch (frame.verb) {
    case 'basic.consume':
      return consume(broker, channel, frame, wire, x);
    case 'basic.get':
      return get(broker, channel, frame, wire, x);
    case 'queue.bind':
    case 'queue.unbind':
      return changeBinding(
        broker,
        channel,
        frame.routingKey === '' && given.queue === '' ? { ...frame, routingKey: meant } : frame,
        wire,
        x,
      );
    case 'queue.purge': {
      const queue = accessibleQueue(broker, frame.queue, channel.client);
      if (!isQueue(queue)) return queue;
      if (queue.type === 'stream')
        return amqpError('NOT_IMPLEMENTED', `queue.purge not supported by stream queues ${queueNamed(queue.name)}`);
      answer(wire, { verb: 'queue.purge-ok', channel: channel.number, messageCount: purge(queue, 'client', x) }, x);
      return undefined;
    }
    case 'queue.delete': {
      const queue = broker.queues.get(withoutBreaks(frame.queue));
      const wrong = queue && (checkAccess(queue, channel.client) ?? checkDelete(queue, frame.ifUnused, frame.ifEmpty));
      if (wrong) return wrong;
      answer(wire, { verb: 'queue.delete-ok', channel: channel.number, messageCount: queue ? readyCount(queue) : 0 }, x);
      if (queue) removeQueue(broker, queue, 'client', x);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Passes on what concerns a queue that is not for this channel to touch; 'here' when it is. */
function goAway(broker: Broker, channel: Channel, frame: QueueFrame, wire: Wire, x: Context): AmqpError | undefined | 'here' {
  const name = withoutBreaks(frame.queue);
  const absent = broker.absent.get(name);
  if (absent && frame.verb !== 'queue.unbind') return absentQueue(absent.why, name, absent.home, x);
  const queue = broker.queues.get(name);
  if (!queue || !isAway(channel, queue) || frame.verb === 'queue.bind' || frame.verb === 'queue.unbind') return 'here';
  if (frame.verb !== 'basic.consume') return forward(broker, channel, queue, frame, wire, x);
  const reused = tagInUse(channel, frame.consumerTag);
  if (reused) return reused;
  const consumerTag = frame.consumerTag === '' ? generatedName('amq.ctag', x) : frame.consumerTag;
  return forward(broker, channel, queue, { ...frame, consumerTag }, wire, x);
}

function absentQueue(why: 'down' | 'timeout', name: string, home: PartId, x: Context): AmqpError {
  if (why === 'timeout') return timedOut(name);
  const node = x.wiring.part(home)?.name ?? home;
  return amqpError('NOT_FOUND', `home node '${node}' of durable ${queueNamed(name)} is down or inaccessible`);
}

function cancelAway(broker: Broker, channel: Channel, frame: ClientFrame & { readonly verb: 'basic.cancel' }, wire: Wire, x: Context) {
  const queue = broker.queues.get(channel.away.get(frame.consumerTag)?.queue ?? '');
  channel.away.delete(frame.consumerTag);
  return queue && forward(broker, channel, queue, frame, wire, x);
}

/** The pseudo-queue of direct replies can be asked about, never made. */
function declareReplyQueue(broker: Broker, name: string): AmqpError | undefined {
  if (name === REPLY_TO) return undefined;
  const suffix = name.slice(REPLY_TO.length + 1);
  for (const connection of broker.connections.values()) {
    for (const channel of connection.channels.values()) if (channel.reply?.suffix === suffix) return undefined;
  }
  return noQueue(name);
}

function answerDeclare(broker: Broker, channel: Channel, frame: QueueDeclare, wire: Wire, x: Context): AmqpError | undefined {
  const isReply = frame.queue.startsWith(REPLY_TO);
  const absent = broker.absent.get(withoutBreaks(frame.queue));
  if (absent) return absentQueue(absent.why, absent.request.name, absent.home, x);
  const queue = isReply
    ? declareReplyQueue(broker, withoutBreaks(frame.queue))
    : declareQueue(broker, frame, channel.client, (name) => drawnPart(QUEUE, name, wire.to, x), x);
  if (queue !== undefined && !isQueue(queue)) return queue;
  if (queue && isAway(channel, queue) && !isLeaderless(broker, queue)) {
    channel.lastQueue = queue.name;
    // What it holds only its home can tell.
    return forward(broker, channel, queue, { ...frame, passive: true, queue: queue.name }, wire, x);
  }
  channel.lastQueue = queue?.name ?? frame.queue;
  answer(
    wire,
    {
      verb: 'queue.declare-ok',
      channel: channel.number,
      queue: channel.lastQueue,
      messageCount: queue ? readyCount(queue) : 0,
      // A stream does not count its readers here.
      consumerCount: queue ? (queue.type === 'stream' ? 0 : queue.consumers) : 1,
    },
    x,
  );
  return undefined;
}

function requestOf(frame: QueueBind | ExchangeBind): BindingRequest {
  const rest = { key: frame.routingKey, arguments: frame.arguments };
  if ('queue' in frame)
    return { source: withoutBreaks(frame.exchange), destination: withoutBreaks(frame.queue), toExchange: false, ...rest };
  return { source: withoutBreaks(frame.source), destination: withoutBreaks(frame.destination), toExchange: true, ...rest };
}

const BOUND = {
  'queue.bind': 'queue.bind-ok',
  'queue.unbind': 'queue.unbind-ok',
  'exchange.bind': 'exchange.bind-ok',
  'exchange.unbind': 'exchange.unbind-ok',
} as const;

function changeBinding(broker: Broker, channel: Channel, frame: QueueBind | ExchangeBind, wire: Wire, x: Context): AmqpError | undefined {
  const request = requestOf(frame);
  const isBind = frame.verb === 'queue.bind' || frame.verb === 'exchange.bind';
  const wrong = isBind ? addBinding(broker, channel, request, x) : takeBinding(broker, channel, request, x);
  if (wrong) return wrong;
  const verb = BOUND[frame.verb];
  if (verb === 'queue.bind-ok' || verb === 'queue.unbind-ok') answer(wire, { verb, channel: channel.number }, x);
  else answer(wire, { verb, channel: channel.number }, x);
  return undefined;
}

function onDefault(request: BindingRequest): AmqpError | undefined {
  const isDefault = request.source === '' || (request.toExchange && request.destination === '');
  return isDefault ? defaultExchangeRefused() : undefined;
}

function addBinding(broker: Broker, channel: Channel, request: BindingRequest, x: Context): AmqpError | undefined {
  const refused = onDefault(request);
  if (refused) return refused;
  const { source, destination, toExchange } = request;
  const exchange = broker.exchanges.get(source);
  if (!exchange) return noExchange(source);
  const queue = toExchange ? undefined : broker.queues.get(destination);
  if (toExchange && !broker.exchanges.has(destination)) return noExchange(destination);
  if (!toExchange && !queue) return noQueue(destination);
  const wrong = checkBinding(exchange, request.arguments) ?? (queue && checkAccess(queue, channel.client));
  if (!wrong) bind(broker, exchange, request, linesFor(broker, request, x), 'client', x);
  return wrong;
}

function takeBinding(broker: Broker, channel: Channel, request: BindingRequest, x: Context): AmqpError | undefined {
  const refused = onDefault(request);
  if (refused) return refused;
  const exchange = broker.exchanges.get(request.source);
  const queue = request.toExchange ? undefined : broker.queues.get(request.destination);
  // What is not bound is unbound already.
  if (!exchange || (!queue && !request.toExchange)) return undefined;
  const identity = identityOf(request);
  if (!exchange.bindings.some((binding) => binding.identity === identity)) return undefined;
  const locked = queue && checkAccess(queue, channel.client);
  if (locked) return locked;
  if (unbind(broker, exchange, request, 'client', x)) removeIfUnbound(broker, exchange, x);
  return undefined;
}

/** What a publisher or consumer may not do any more once the broker has refused something on the channel. */
export function notOnThisChannel(frame: ClientFrame): AmqpError {
  return frame.channel === 0 ? preconditionFailed(`${frame.verb} on channel 0`) : amqpError('CHANNEL_ERROR', "expected 'channel.open'");
}
