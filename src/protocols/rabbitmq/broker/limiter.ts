import type { Context } from '../../../engine/index.ts';
import { runQueue } from './dispatch.ts';
import { limitReached, unblock } from './rotation.ts';
import type { Channel, Desk } from './state.ts';

/*
 * The channel-wide prefetch (basic.qos with global): rabbit_limiter. It counts deliveries of all consumers of the channel
 * that started, or were told of it, while it is on; queues that it turned away get a notice when there is room again.
 */

/** Queues to be told that there is room, when a change has just made some. */
export function noticesAfter(channel: Channel, change: () => void, x: Context): readonly Desk[] {
  const wasReached = limitReached(channel);
  change();
  if (!wasReached || limitReached(channel)) return [];
  const owed = channel.desks.filter((desk) => desk.limited);
  for (const desk of owed) desk.limited = false;
  if (owed.length < 2) return owed;
  // Where the round of notices begins is chance in the broker, too, so that each queue has an equal one.
  const begin = x.random(owed.length) + 1;
  return [...owed.slice(begin), ...owed.slice(0, begin)];
}

export function sendNotices(desks: readonly Desk[], x: Context): void {
  for (const desk of desks) resume(desk, x);
}

function resume(desk: Desk, x: Context): void {
  if (desk.limiter !== 'suspended') return;
  desk.limiter = 'active';
  if (unblock(desk)) runQueue(desk.queue, x);
}

/** Counts settled deliveries of consumers (gets do not count). The count starts anew with each limit, so it may pass below. */
export function uncount(channel: Channel, settled: number): void {
  if (channel.limitOn && settled > 0 && channel.volume !== 0) channel.volume -= settled;
}

/** Sets the limit; from the first on, queues that the channel consumes from ask it before each delivery. */
export function limitChannel(channel: Channel, limit: number, x: Context): void {
  const outstanding = channel.unacked.length - channel.head;
  const notices = noticesAfter(
    channel,
    () => {
      if (channel.limit === 0) channel.volume = outstanding;
      channel.limit = limit;
    },
    x,
  );
  sendNotices(notices, x);
  if (channel.limitOn) return;
  channel.limitOn = true;
  for (const desk of channel.desks) if (desk.consumers > 0 && desk.limiter === 'dormant') desk.limiter = 'active';
}

/** Takes the limit away: also what a per-consumer basic.qos does. Consumers that run already are flooded at once. */
export function unlimitChannel(channel: Channel, x: Context): void {
  const notices = noticesAfter(
    channel,
    () => {
      channel.limit = 0;
      channel.volume = 0;
    },
    x,
  );
  sendNotices(notices, x);
  if (!channel.limitOn) return;
  channel.limitOn = false;
  for (const desk of channel.desks) {
    const wasSuspended = desk.limiter === 'suspended';
    desk.limiter = 'dormant';
    desk.limited = false;
    if (wasSuspended && unblock(desk)) runQueue(desk.queue, x);
  }
}
