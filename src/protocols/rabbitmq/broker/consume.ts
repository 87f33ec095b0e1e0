import type { Context } from '../../../engine/index.ts';
import {
  type BasicCancel,
  type BasicConsume,
  type BasicGet,
  type BasicGetOk,
  type BasicQos,
  type FieldValue,
  typed,
} from '../amqp/index.ts';
import { checkConsumeArguments } from './arguments.ts';
import { answer, type Wire } from './channels.ts';
import { fetchOne, runQueue } from './dispatch.ts';
import { type AmqpError, amqpError, preconditionFailed, queueNamed } from './errors.ts';
import { touch } from './expiry.ts';
import { limitChannel, unlimitChannel } from './limiter.ts';
import { placeOf } from './place.ts';
import { accessibleQueue, generatedName, isDone, isQueue, removeQueue, tellConsumerGone } from './queues.ts';
import { asDelivered } from './quorum.ts';
import { dismiss, enqueue, ensureDesk, successor } from './rotation.ts';
import { type Broker, type Channel, type Consumer, type Queue, readyCount } from './state.ts';
import { firstOffset, refusedByStream } from './stream.ts';
import { tellClient } from './tell.ts';

const REPLY_TO = 'amq.rabbitmq.reply-to';

export function tagInUse(channel: Channel, tag: string): AmqpError | undefined {
  if (!channel.consumers.has(tag) && !channel.away.has(tag)) return undefined;
  return amqpError('NOT_ALLOWED', `attempt to reuse consumer tag '${tag}'`);
}

/** basic.consume. */
export function consume(broker: Broker, channel: Channel, frame: BasicConsume, wire: Wire, x: Context): AmqpError | undefined {
  const reused = tagInUse(channel, frame.consumerTag);
  if (reused) return reused;
  if (frame.queue === REPLY_TO) return consumeReplies(channel, frame, wire, x);
  const queue = accessibleQueue(broker, frame.queue, channel.client);
  if (!isQueue(queue)) return queue;
  const wrong = checkConsumeArguments(queue.name, queue.type, frame.arguments);
  if (wrong) return wrong;
  if (queue.type !== 'classic' && channel.limitOn)
    return amqpError('NOT_IMPLEMENTED', `${queueNamed(queue.name)} does not support global qos`);
  const refused = queue.type === 'stream' ? refusedByStream(queue, channel, frame.noAck) : undefined;
  if (refused) return refused;
  if (isTaken(queue, frame.exclusive)) return amqpError('ACCESS_REFUSED', `${queueNamed(queue.name)} in exclusive use`);
  const consumer = addConsumer(channel, queue, frame, wire, x);
  touch(queue, x);
  tellStarted(queue, consumer, x);
  answer(wire, { verb: 'basic.consume-ok', channel: channel.number, consumerTag: consumer.tag }, x);
  runQueue(queue, x);
  return undefined;
}

export function tellStarted(queue: Queue, { part, line, credit }: Consumer, x: Context): void {
  x.fact('consumer.started', placeOf(queue, x), 0, line, '', { consumer: part, window: Math.max(0, credit) });
}

/** An exclusive consumer wants the queue for itself, and has it; a single-active queue knows no such thing. */
function isTaken(queue: Queue, exclusive: boolean): boolean {
  if (queue.type !== 'classic') return false;
  if (queue.singleActive) return exclusive;
  return queue.holder !== undefined || (exclusive && queue.consumers > 0);
}

export function addConsumer(channel: Channel, queue: Queue, frame: BasicConsume, wire: Wire, x: Context): Consumer {
  const desk = ensureDesk(channel, queue);
  const { noAck, exclusive } = frame;
  const { prefetch } = channel;
  const given = frame.arguments['x-priority'];
  const consumer: Consumer = {
    tag: frame.consumerTag === '' ? generatedName('amq.ctag', x) : frame.consumerTag,
    queue,
    channel,
    desk,
    part: wire.from,
    line: wire.line,
    noAck,
    exclusive,
    priority: given === undefined ? 0 : Number(typed(given as FieldValue).value),
    prefetch,
    offset: queue.type === 'stream' ? firstOffset(queue, frame.arguments) : 0,
    credit: prefetch === 0 || noAck ? -1 : prefetch,
    blocked: false,
  };
  desk.consumers++;
  if (channel.limitOn && desk.limiter === 'dormant') desk.limiter = 'active';
  queue.consumers++;
  queue.hadConsumers = true;
  channel.consumers.set(consumer.tag, consumer);
  enqueue(queue.active, consumer);
  if (queue.singleActive ? queue.holder === undefined : exclusive && queue.type === 'classic') queue.holder = consumer;
  return consumer;
}

function consumeReplies(channel: Channel, frame: BasicConsume, wire: Wire, x: Context): AmqpError | undefined {
  if (!frame.noAck) return preconditionFailed('reply consumer cannot acknowledge');
  if (channel.reply) return preconditionFailed('reply consumer already set');
  const tag = frame.consumerTag === '' ? generatedName('amq.ctag', x) : frame.consumerTag;
  channel.reply = { tag, suffix: generatedName('g1', x), line: wire.line, part: wire.from };
  answer(wire, { verb: 'basic.consume-ok', channel: channel.number, consumerTag: tag }, x);
  return undefined;
}

/** basic.cancel: what it holds stays its channel's to acknowledge. A tag that is not known is cancelled already. */
export function cancel(broker: Broker, channel: Channel, frame: BasicCancel, wire: Wire, x: Context): void {
  const consumer = channel.consumers.get(frame.consumerTag);
  if (channel.reply?.tag === frame.consumerTag) channel.reply = undefined;
  answer(wire, { verb: 'basic.cancel-ok', channel: channel.number, consumerTag: frame.consumerTag }, x);
  if (!consumer) return;
  const { queue } = consumer;
  channel.consumers.delete(consumer.tag);
  dismiss(consumer);
  if (queue.holder === consumer) queue.holder = queue.singleActive ? successor(queue) : undefined;
  tellConsumerGone(consumer, 'cancelled', x);
  touch(queue, x);
  // A classic queue hands nothing out now: a new single active consumer waits for the next event, as in the broker.
  if (isDone(queue)) removeQueue(broker, queue, 'auto-delete', x);
  else if (queue.type === 'quorum') runQueue(queue, x);
}

/** basic.get. */
export function get(broker: Broker, channel: Channel, frame: BasicGet, wire: Wire, x: Context): AmqpError | undefined {
  const queue = accessibleQueue(broker, frame.queue, channel.client);
  if (!isQueue(queue)) return queue;
  if (queue.type === 'stream') return amqpError('NOT_IMPLEMENTED', `basic.get not supported by stream queues ${queueNamed(queue.name)}`);
  touch(queue, x);
  const fetched = fetchOne(channel, queue, frame.noAck, x);
  if (!fetched) {
    answer(wire, { verb: 'basic.get-empty', channel: channel.number }, x);
    return undefined;
  }
  const { redelivered } = fetched.entry;
  const message = asDelivered(queue, fetched.entry, true);
  const at = placeOf(queue, x);
  const deliveryTag = fetched.tag;
  x.fact('message.delivered', at, message.id, wire.line, 'turn-get', { consumer: wire.from, tag: deliveryTag, redelivered });
  const messageCount = readyCount(queue);
  const { noAck } = frame;
  const answered: BasicGetOk = { verb: 'basic.get-ok', channel: channel.number, deliveryTag, redelivered, messageCount, message };
  tellClient(channel, queue, { to: wire.from, line: wire.line, frame: answered, seq: fetched.entry.seq, keeps: !noAck }, x);
  if (frame.noAck) x.fact('message.settled', at, message.id, '', 'auto-acked', { outcome: 'acked' });
  return undefined;
}

/**
 * basic.qos. Per consumer: only for consumers that start later, and it takes the channel-wide limit away. Channel-wide
 * (`global`): for all consumers of the channel together.
 */
export function qos(channel: Channel, frame: BasicQos, wire: Wire, x: Context): void {
  answer(wire, { verb: 'basic.qos-ok', channel: channel.number }, x);
  if (frame.global && frame.prefetchCount > 0) {
    limitChannel(channel, frame.prefetchCount, x);
    return;
  }
  if (!frame.global) channel.prefetch = frame.prefetchCount;
  unlimitChannel(channel, x);
}
