import type { Context } from '../../../../engine/index.ts';
import type { ShareChange } from '../../group/index.ts';
import { recordAt } from '../../log/index.ts';
import { placeOf } from '../places.ts';
import type { Broker } from '../state.ts';
import { memberKey, type SharedPartition } from './state.ts';

const KINDS = {
  Acquired: 'message.acquired',
  Available: 'message.released',
  Acknowledged: 'message.accepted',
  Archived: 'message.archived',
} as const;

/** Tells what became of records that a share group was given. */
export function tellShare(broker: Broker, { group, tp }: SharedPartition, changes: readonly ShareChange[], x: Context): void {
  const replica = broker.replicas.get(tp);
  if (!replica) return;
  const at = placeOf(replica.topic, x);
  for (const change of changes) {
    const { offset, to, deliveryCount: deliveries, memberId } = change;
    const consumer = broker.shares.members.get(memberKey(group, memberId)) ?? memberId;
    const data = { consumer, group, partition: replica.index, index: offset, deliveries };
    x.fact(KINDS[to], at, recordAt(replica.log, offset)?.message ?? 0, '', whyOf(change), data);
  }
}

/** Reason key: a record that was given back too often is not given out again, whatever was wanted. */
function whyOf({ to, why }: ShareChange): string {
  if (to === 'Acquired' || to === 'Acknowledged') return '';
  if (to === 'Archived' && why !== 'reject' && why !== 'log-start-moved') return 'delivery-limit';
  return why;
}
