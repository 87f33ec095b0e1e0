import type { Context } from '../../../engine/index.ts';
import { settleAway } from './cluster/front.ts';
import { isAway } from './cluster/peers.ts';
import { forgetDeliveries, requeueDeliveries } from './dispatch.ts';
import { type AmqpError, preconditionFailed } from './errors.ts';
import { noticesAfter, sendNotices, uncount } from './limiter.ts';
import { deskOf } from './rotation.ts';
import type { Broker, Channel, Unacked } from './state.ts';
import { keepSettled } from './transactions.ts';

export type Settlement = 'acked' | 'rejected' | 'requeued' | 'recovered';

/**
 * Takes the deliveries that an acknowledgement names out of the channel: one tag, all up to a tag, or all (tag 0). The
 * named tag itself must be outstanding, with `multiple` as well.
 */
function collect(channel: Channel, tag: number, multiple: boolean): readonly Unacked[] | undefined {
  const { unacked, head } = channel;
  if (tag === 0 && multiple) return takeUpTo(channel, unacked.length);
  if (unacked[head]?.tag === tag) return takeUpTo(channel, head + 1);
  const index = indexOfTag(channel, tag);
  if (index < 0) return undefined;
  return multiple ? takeUpTo(channel, index + 1) : unacked.splice(index, 1);
}

const COMPACT_FROM = 256;

function takeUpTo(channel: Channel, end: number): readonly Unacked[] {
  const { unacked, head } = channel;
  const taken = unacked.slice(head, end);
  channel.head = end;
  if (end >= COMPACT_FROM && end * 2 > unacked.length) {
    channel.unacked = unacked.slice(end);
    channel.head = 0;
  }
  return taken;
}

/** Index of an outstanding tag, or -1. Tags rise along the list. */
function indexOfTag(channel: Channel, tag: number): number {
  const { unacked } = channel;
  let low = channel.head;
  let high = unacked.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = (unacked[middle] as Unacked).tag;
    if (found === tag) return middle;
    if (found < tag) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Takes deliveries of these tags out of a channel, those that are there. */
export function takeTags(channel: Channel, tags: readonly number[]): readonly Unacked[] {
  return tags.flatMap((tag) => collect(channel, tag, false) ?? []);
}

/** basic.ack, basic.nack, basic.reject. */
export function settle(
  broker: Broker,
  channel: Channel,
  tag: number,
  multiple: boolean,
  how: Settlement,
  x: Context,
): AmqpError | undefined {
  const settled = collect(channel, tag, multiple);
  if (settled === undefined) return preconditionFailed(`unknown delivery tag ${tag}`);
  if (channel.transaction) keepSettled(channel, settled, how);
  else settleAll(broker, channel, settled, how, x);
  return undefined;
}

/** basic.recover: every outstanding delivery of the channel goes back. */
export function recover(broker: Broker, channel: Channel, x: Context): void {
  settleAll(broker, channel, takeUpTo(channel, channel.unacked.length), 'recovered', x);
}

/**
 * The channel tells each queue and consumer by itself, and its limiter right behind: before a queue has put the messages
 * back and asks the limiter again, there is room (seen on the real broker with an idle consumer of another channel).
 */
export function settleAll(broker: Broker, channel: Channel, settled: readonly Unacked[], how: Settlement, x: Context): void {
  const notices = channel.limitOn ? noticesAfter(channel, () => uncount(channel, settled.filter(isConsumed).length), x) : [];
  for (const group of grouped(broker, settled)) tellQueue(broker, channel, group, how, x);
  sendNotices(notices, x);
}

const isConsumed = (unacked: Unacked): boolean => unacked.consumerTag !== undefined;

function tellQueue(broker: Broker, channel: Channel, group: readonly Unacked[], how: Settlement, x: Context): void {
  const queue = broker.queueById.get((group[0] as Unacked).queue);
  // The queue has gone, and its messages with it: the acknowledgement is ignored.
  if (queue === undefined) return;
  if (isAway(channel, queue)) {
    settleAway(broker, channel, queue, group, how, x);
    return;
  }
  const desk = deskOf(channel, queue);
  if (desk === undefined) return;
  if (how === 'acked' || how === 'rejected') forgetDeliveries(desk, group, how, x);
  else requeueDeliveries(desk, group, how === 'requeued' ? 'rejected' : 'recovered', x);
}

/** By queue name, then consumer tag; what was fetched by basic.get comes first, each by itself. */
function grouped(broker: Broker, settled: readonly Unacked[]): readonly (readonly Unacked[])[] {
  if (settled.length === 1) return [settled];
  const groups = new Map<string, Unacked[]>();
  for (const unacked of settled) {
    const own = unacked.consumerTag === undefined ? `0${String(unacked.tag).padStart(16, '0')}` : `1${unacked.consumerTag}`;
    const key = `${broker.queueById.get(unacked.queue)?.name ?? ''}\0${own}`;
    const group = groups.get(key);
    if (group) group.push(unacked);
    else groups.set(key, [unacked]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
