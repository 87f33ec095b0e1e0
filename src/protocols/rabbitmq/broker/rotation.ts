import { type Channel, type Consumer, type Desk, type Queue, readyCount } from './state.ts';

/*
 * Whose turn it is: the rotation of rabbit_queue_consumers with the queue's half of rabbit_limiter. A queue holds the
 * consumers that may take a message in `active`; one that cannot when its turn comes is set aside in its channel's desk
 * until an acknowledgement or a resume lets it join again, behind the others.
 */

/** Adds behind all of the same or a higher priority. */
export function enqueue(list: Consumer[], consumer: Consumer): void {
  const last = list[list.length - 1];
  if (last === undefined || last.priority >= consumer.priority) {
    list.push(consumer);
    return;
  }
  const behind = list.findIndex((other) => other.priority < consumer.priority);
  list.splice(behind, 0, consumer);
}

export function without(list: readonly Consumer[], consumer: Consumer): Consumer[] {
  return list.filter((other) => other !== consumer);
}

export function deskOf(channel: Channel, queue: Queue): Desk | undefined {
  for (const desk of channel.desks) if (desk.queue === queue) return desk;
  return undefined;
}

/** The queue's record of a channel, made at its first consumer or get. */
export function ensureDesk(channel: Channel, queue: Queue): Desk {
  const known = deskOf(channel, queue);
  if (known) return known;
  const desk: Desk = { queue, channel, limiter: 'dormant', limited: false, consumers: 0, blocked: [], unacked: 0, unsent: 0 };
  channel.desks.push(desk);
  queue.desks.push(desk);
  return desk;
}

/** The broker drops its record of a channel that has nothing to do with the queue any more. */
export function isForgotten(desk: Desk): boolean {
  return desk.consumers === 0 && desk.unacked === 0 && desk.unsent === 0;
}

export function block(consumer: Consumer): void {
  consumer.blocked = true;
  enqueue(consumer.desk.blocked, consumer);
}

/** Lets consumers with credit join the rotation again; false when there is none. */
export function unblock(desk: Desk): boolean {
  const free = desk.blocked.filter((consumer) => consumer.credit !== 0);
  if (free.length === 0) return false;
  desk.blocked = desk.blocked.filter((consumer) => consumer.credit === 0);
  for (const consumer of free) {
    consumer.blocked = false;
    enqueue(desk.queue.active, consumer);
  }
  return true;
}

/** True when the channel-wide limit is used up. */
export function limitReached(channel: Channel): boolean {
  return channel.limit !== 0 && channel.volume >= channel.limit;
}

/**
 * Asks for one delivery: its own credit first, then the channel's limiter, which counts it. An automatic-ack consumer has
 * no credit of its own, but waits like the others when the channel's limit is used up.
 */
export function mayTake(consumer: Consumer): boolean {
  const { desk, channel } = consumer;
  if (desk.limiter === 'suspended' || consumer.credit === 0) return false;
  if (desk.limiter === 'active') {
    if (limitReached(channel)) {
      desk.limited = true;
      desk.limiter = 'suspended';
      return false;
    }
    if (!consumer.noAck) channel.volume++;
  }
  if (consumer.credit > 0) consumer.credit--;
  return true;
}

/**
 * The consumer whose turn it is, charged for one delivery and put behind its equals; undefined when none can take one.
 * Those that had to be passed over are set aside.
 */
export function nextConsumer(queue: Queue): Consumer | undefined {
  if (queue.singleActive) return singleActive(queue);
  const { active } = queue;
  while (active.length > 0) {
    const consumer = active.shift() as Consumer;
    if (mayTake(consumer)) {
      enqueue(active, consumer);
      return consumer;
    }
    block(consumer);
  }
  return undefined;
}

function singleActive(queue: Queue): Consumer | undefined {
  const consumer = queue.holder;
  if (consumer === undefined || consumer.blocked) return undefined;
  if (mayTake(consumer)) return consumer;
  queue.active = without(queue.active, consumer);
  block(consumer);
  return undefined;
}

/** Takes a consumer out of the rotation, wherever it is. */
export function dismiss(consumer: Consumer): void {
  const { desk, queue } = consumer;
  desk.blocked = without(desk.blocked, consumer);
  consumer.blocked = false;
  if (desk.consumers === 1) {
    desk.limiter = 'dormant';
    desk.limited = false;
  }
  desk.consumers--;
  queue.consumers--;
  queue.active = without(queue.active, consumer);
}

/** The one that takes over from a single active consumer: the first in the rotation. */
export function successor(queue: Queue): Consumer | undefined {
  return queue.active[0];
}

/** Whether some consumer stands ready while messages wait: must never be, but for a single active consumer. */
export function hasIdleTurn(queue: Queue): boolean {
  return queue.type !== 'stream' && !queue.singleActive && readyCount(queue) > 0 && queue.active.length > 0;
}
