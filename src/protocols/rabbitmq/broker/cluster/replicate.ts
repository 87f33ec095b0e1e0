import type { Context, NodeId } from '../../../../engine/index.ts';
import type { Entry, Group, Queue, Unacked } from '../state.ts';
import type { LogEntry } from './frames.ts';
import { tellNode } from './peers.ts';

/*
 * The leader's half of a replicated queue: whatever changes in it goes to the other members. A quorum queue stores a
 * message when most members have it; a mirrored queue stores at once and confirms when every mirror has it.
 */

const NOTHING: LogEntry = { add: [], gone: [], out: [] };

/** Sends a change to all other members within reach; returns its index. */
export function replicate(queue: Queue, change: Partial<LogEntry>, x: Context): number {
  const group = queue.group as Group;
  const index = ++group.index;
  const entry: LogEntry = { ...NOTHING, ...change };
  const message = entry.add[0]?.message;
  for (const node of group.following) {
    tellNode(
      node,
      {
        verb: 'replica.append',
        queue: queue.name,
        term: group.term,
        index,
        entry,
        synced: group.synced,
        ...(message ? { message } : {}),
      },
      x,
    );
  }
  return index;
}

/** A message is done with. */
export function noteGone(queue: Queue, entry: Entry, x: Context): void {
  if (queue.group === undefined) return;
  replicate(queue, { gone: [entry.seq] }, x);
  if (queue.group.synced.length < queue.group.following.length) resync(queue, queue.group);
}

/** A mirror that joined late has everything once all older messages are done with. */
function resync(queue: Queue, group: Group): void {
  let oldest = queue.nextSeq;
  for (let i = queue.head; i < queue.ready.length; i++) oldest = Math.min(oldest, (queue.ready[i] as Entry).seq);
  for (const { channel } of queue.desks)
    for (let i = channel.head; i < channel.unacked.length; i++)
      if (channel.unacked[i]?.queue === queue.id) oldest = Math.min(oldest, (channel.unacked[i] as Unacked).entry.seq);
  const late = group.following.filter((node) => !group.synced.includes(node));
  const done = late.filter((node) => oldest >= (group.joined.get(node) ?? Number.POSITIVE_INFINITY));
  if (done.length > 0) group.synced = [...group.synced, ...done];
}

/** A message has been handed out and waits for its acknowledgement. */
export function noteOut(queue: Queue, entry: Entry, front: NodeId, x: Context): void {
  if (queue.group !== undefined && queue.group.kind === 'quorum') replicate(queue, { out: [{ seq: entry.seq, front }] }, x);
}

/** A quorum queue puts a returned message back under another number. */
export function noteReturned(queue: Queue, before: Entry, after: Entry, x: Context): void {
  if (queue.group !== undefined) replicate(queue, { gone: [before.seq], add: [after] }, x);
}

/** How many members, this one included, must have a message before it counts as stored. */
export function neededFor(group: Group): number {
  return group.kind === 'quorum' ? Math.floor(group.members.length / 2) + 1 : group.synced.length + 1;
}
