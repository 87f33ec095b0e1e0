import type { Context } from '../../../engine/index.ts';
import type { LogRecord } from '../log/index.ts';
import { placeOf } from './places.ts';
import type { Replica } from './state.ts';

/** Tells of each record that left a replica's log for good; marks that the system itself wrote are nobody's. */
export function tellRemoved(replica: Replica, records: readonly LogRecord[], why: string, x: Context): void {
  const at = placeOf(replica.topic, x);
  const about = { topic: replica.topic, partition: replica.index, lane: String(replica.index) };
  const own = records.filter(({ message }) => message !== 0);
  // A copy's end is no message's end: only the leader's log tells that.
  for (const { message, at: offset } of own)
    x.fact('message.removed', at, message, '', why, { ...about, index: offset, isCopy: replica.lead === undefined });
}
