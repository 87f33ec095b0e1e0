import { fromMillis, micros, type PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import { type AmqpMessage, isPersistent } from '../amqp/index.ts';
import { DISK } from '../kinds.ts';
import { seatOf } from './cluster/peers.ts';
import { taken } from './confirms.ts';
import type { Publisher } from './plan.ts';
import type { Broker, Entry, Queue } from './state.ts';

/*
 * The moment between taking a persistent message and having it on disk. A broker whose disk is drawn writes first into a
 * buffer and forces it onto the disk together with whatever else has come (fsync); only then is a publication confirmed.
 * What a crash finds in the buffer is lost, persistent or not. Without a drawn disk writing takes no time.
 */

/** Not on any wire: a message on its way from its queue to the disk. */
export interface DiskWrite {
  readonly verb: 'disk.write';
  readonly message: AmqpMessage;
  readonly queue: number;
  readonly seq: number;
}

/** A message that is not on disk yet. Never changed. */
export interface Unwritten {
  readonly queue: number;
  readonly entry: Entry;
  readonly publisher: Publisher | undefined;
  /** It has reached the disk's buffer. */
  readonly isBuffered: boolean;
}

function diskOf(x: Context): PartId | undefined {
  return x.wiring.places.find(({ kind }) => kind === DISK)?.id;
}

/** Sends a stored message to the disk. False when nothing has to be waited for. */
export function writeToDisk(broker: Broker, queue: Queue, entry: Entry, publisher: Publisher | undefined, x: Context): boolean {
  if (!queue.durable || !isPersistent(entry.message)) return false;
  const disk = diskOf(x);
  if (disk === undefined) return false;
  broker.unwritten = [...broker.unwritten, { queue: queue.id, entry, publisher, isBuffered: false }];
  const frame: DiskWrite = { verb: 'disk.write', message: entry.message, queue: queue.id, seq: entry.seq };
  x.send(seatOf(queue, x), disk, '', frame);
  return true;
}

/** It is in the buffer; the next fsync takes it along. */
export function hearWrite(broker: Broker, { queue, seq }: DiskWrite, x: Context): void {
  const isThis = (one: Unwritten) => one.queue === queue && one.entry.seq === seq;
  const isFirst = !broker.unwritten.some(({ isBuffered }) => isBuffered);
  broker.unwritten = broker.unwritten.map((one) => (isThis(one) ? { ...one, isBuffered: true } : one));
  const disk = diskOf(x);
  if (!isFirst || disk === undefined) return;
  const { fsyncMillis } = x.config<{ readonly fsyncMillis: number }>(disk);
  x.wake({ name: 'fsync' }, micros(fromMillis(fsyncMillis)));
}

/** All that is in the buffer is on disk: who waited for it hears so. */
export function fsync(broker: Broker, x: Context): void {
  const done = broker.unwritten.filter(({ isBuffered }) => isBuffered);
  broker.unwritten = broker.unwritten.filter(({ isBuffered }) => !isBuffered);
  x.fact('disk.synced', diskOf(x) ?? x.wiring.self.id, 0, '', '', { count: done.length });
  for (const { publisher } of done) if (publisher) taken(broker, publisher, x);
}

/** Whether a crash finds a message on disk. */
export function isOnDisk(broker: Broker, queue: number, entry: Entry): boolean {
  return !broker.unwritten.some((one) => one.queue === queue && one.entry.seq === entry.seq);
}
