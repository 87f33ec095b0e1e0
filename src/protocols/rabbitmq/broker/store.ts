import type { AmqpMessage } from '../amqp/index.ts';
import { type Entry, type Queue, readyCount } from './state.ts';

/** Ready messages of a queue: an array with a head index, so that a checkpoint copies one slice. */

/** Taken slots are given back once they are so many and the larger part. */
const COMPACT_FROM = 256;

/** Its priority in this queue: no higher than the queue's own highest. */
export function rankOf(queue: Queue, message: AmqpMessage): number {
  const { maxPriority } = queue.rules;
  return maxPriority === 0 ? 0 : Math.min(maxPriority, message.properties.priority ?? 0);
}

export function append(queue: Queue, message: AmqpMessage, expiry: number): Entry {
  const rank = rankOf(queue, message);
  const entry: Entry = { seq: queue.nextSeq++, message, redelivered: false, expiry, rank, returns: 0 };
  if (rank === 0) queue.ready.push(entry);
  else insert(queue, entry);
  return entry;
}

/** Puts one message where its rank and number belong. */
export function insert(queue: Queue, entry: Entry): void {
  queue.ready.splice(queue.head + positionOf(queue, entry), 0, entry);
}

/** The order of a queue: higher priority first, then by age. */
function isBefore(a: Entry, b: Entry): boolean {
  return a.rank > b.rank || (a.rank === b.rank && a.seq < b.seq);
}
export function inQueueOrder(a: Entry, b: Entry): number {
  return b.rank - a.rank || a.seq - b.seq;
}

/** Takes the message at the head; the queue must not be empty. */
export function takeHead(queue: Queue): Entry {
  const entry = queue.ready[queue.head++] as Entry;
  if (queue.head >= COMPACT_FROM && queue.head * 2 > queue.ready.length) {
    queue.ready = queue.ready.slice(queue.head);
    queue.head = 0;
  }
  return entry;
}

/** Index (from the head) of the first ready message behind this one. */
export function positionOf(queue: Queue, entry: Entry): number {
  let low = queue.head;
  let high = queue.ready.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(queue.ready[middle] as Entry, entry)) low = middle + 1;
    else high = middle;
  }
  return low - queue.head;
}

/** Puts messages back where they were, marked redelivered. `entries` are in order of position. */
export function putBack(queue: Queue, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  const back = entries.map((entry) => (entry.redelivered ? entry : { ...entry, redelivered: true }));
  const first = queue.ready[queue.head];
  const last = back[back.length - 1] as Entry;
  if (first === undefined || isBefore(last, first)) {
    queue.ready = readyCount(queue) === 0 ? back : back.concat(queue.ready.slice(queue.head));
    queue.head = 0;
    return;
  }
  queue.ready = merged(queue.ready, queue.head, back);
  queue.head = 0;
}

function merged(ready: readonly Entry[], head: number, back: readonly Entry[]): Entry[] {
  const all: Entry[] = [];
  let i = head;
  for (const entry of back) {
    while (i < ready.length && isBefore(ready[i] as Entry, entry)) all.push(ready[i++] as Entry);
    all.push(entry);
  }
  while (i < ready.length) all.push(ready[i++] as Entry);
  return all;
}

/** Empties the queue of its ready messages and returns them. */
export function takeAll(queue: Queue): readonly Entry[] {
  const all = queue.ready.slice(queue.head);
  queue.ready = [];
  queue.head = 0;
  return all;
}
