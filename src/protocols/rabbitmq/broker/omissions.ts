import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';
import { notModelled } from './arguments.ts';
import { type Queue, readyCount } from './state.ts';

/*
 * Arguments that the broker accepts and the simulation does not act on are no lie as long as they would do nothing. At the
 * first moment when one would act, the queue says so in a fact `feature.omitted` (`why` is the key of what is missing),
 * once for each feature.
 */
export type Omission =
  | 'rabbitmq.ttl'
  | 'rabbitmq.length'
  | 'rabbitmq.dead-letter'
  | 'rabbitmq.priority-queue'
  | 'rabbitmq.quorum'
  | 'rabbitmq.stream';

function say(queue: Queue, omission: Omission, message: number, x: Context): void {
  if (queue.omitted.includes(omission)) return;
  // The list is shared by checkpoints.
  queue.omitted = [...queue.omitted, omission];
  x.fact('feature.omitted', queue.part || x.wiring.self.id, message, '', omission, { queue: queue.name });
}

/** Whether any of these can ever matter for this queue. */
export function isWatched(args: Queue['arguments']): boolean {
  return notModelled(args).length > 0;
}

export function noteDeclared(queue: Queue, x: Context): void {
  const type = queue.arguments['x-queue-type'];
  if (type === 'quorum') say(queue, 'rabbitmq.quorum', 0, x);
  if (type === 'stream') say(queue, 'rabbitmq.stream', 0, x);
  // An unused queue would go after this time, and it is unused from the start.
  if (queue.arguments['x-expires'] !== undefined) say(queue, 'rabbitmq.ttl', 0, x);
}

/** A message is about to be stored: a full queue might refuse it, a priority queue might let it pass others. */
export function noteStoring(queue: Queue, message: AmqpMessage, x: Context): void {
  if (!queue.watched) return;
  const overflow = queue.arguments['x-overflow'] ?? 'drop-head';
  if (overflow !== 'drop-head' && isOver(queue, 1, bytesOf(message))) say(queue, 'rabbitmq.length', message.id, x);
  const { priority } = message.properties;
  if (priority !== undefined && priority > 0 && queue.arguments['x-max-priority'] !== undefined)
    say(queue, 'rabbitmq.priority-queue', message.id, x);
}

/** Messages wait although consumers have had their turn: they might expire, or be too many. */
export function noteWaiting(queue: Queue, message: AmqpMessage | undefined, x: Context): void {
  if (readyCount(queue) === 0) return;
  if (message?.properties.expiration !== undefined) say(queue, 'rabbitmq.ttl', message.id, x);
  if (!queue.watched) return;
  if (queue.arguments['x-message-ttl'] !== undefined) say(queue, 'rabbitmq.ttl', message?.id ?? 0, x);
  if (isOver(queue, 0, 0)) say(queue, 'rabbitmq.length', message?.id ?? 0, x);
}

export function noteRejected(queue: Queue, message: number, x: Context): void {
  if (queue.watched && queue.arguments['x-dead-letter-exchange'] !== undefined) say(queue, 'rabbitmq.dead-letter', message, x);
}

function isOver(queue: Queue, moreMessages: number, moreBytes: number): boolean {
  const length = queue.arguments['x-max-length'];
  if (typeof length === 'number' && readyCount(queue) + moreMessages > length) return true;
  const bytes = queue.arguments['x-max-length-bytes'];
  if (typeof bytes !== 'number') return false;
  return queue.ready.slice(queue.head).reduce((sum, { message }) => sum + bytesOf(message), moreBytes) > bytes;
}

function bytesOf(message: AmqpMessage): number {
  return message.body.length;
}
