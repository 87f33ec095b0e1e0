import { fromMillis } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { GroupConfig } from '../../configs.ts';
import type { ShareConfig } from '../../group/index.ts';
import { GROUP } from '../../kinds.ts';

/** `group.share.partition.max.record.locks` */
const LOCKS_MAX = 2_000;

/** How a share group's records are handed out: as its box says, or by Kafka's defaults. */
export function shareSettings(group: string, x: Context): ShareConfig & { readonly reset: 'earliest' | 'latest' } {
  const part = x.wiring.partsOf(GROUP).find(({ name }) => name === group);
  const config = part && x.config<GroupConfig>(part.id);
  return {
    lockDuration: fromMillis(config?.shareLockMillis ?? 30_000),
    deliveryCountLimit: config?.shareDeliveryLimit ?? 5,
    maxRecordLocks: LOCKS_MAX,
    reset: config?.shareOffsetReset ?? 'latest',
  };
}
