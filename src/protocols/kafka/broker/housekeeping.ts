import { fromMillis, micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import { cleanable, compactLog, deleteOldSegments, recordsOfSegment } from '../log/index.ts';
import { isInternal } from '../message.ts';
import { tellRemoved } from './removed.ts';
import { shareLogStartMoved } from './share/acknowledge.ts';
import type { Broker, Replica } from './state.ts';

/** Retention and compaction look round at their own pace; one timer serves both. */
export function wakeHousekeeping(x: Context): void {
  const { retentionCheckMillis, cleanerMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  x.wake({ name: 'housekeeping' }, micros(fromMillis(Math.max(1, Math.min(retentionCheckMillis, cleanerMillis)))));
}

export function housekeep(broker: Broker, x: Context): void {
  const { retentionCheckMillis, cleanerMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  const isDue = (everyMillis: number) =>
    everyMillis > 0 && x.now % fromMillis(everyMillis) < fromMillis(Math.min(retentionCheckMillis, cleanerMillis));
  for (const replica of broker.replicas.values()) {
    if (isInternal(replica.topic)) continue;
    if (isDue(retentionCheckMillis)) retain(broker, replica, x);
    if (isDue(cleanerMillis)) clean(replica, x);
  }
  wakeHousekeeping(x);
}

/** Whole segments leave by age and size. */
function retain(broker: Broker, replica: Replica, x: Context): void {
  for (const { reason, segments } of deleteOldSegments(replica.log, replica.settings, x.now))
    tellRemoved(
      replica,
      segments.flatMap(recordsOfSegment),
      reason === 'retention.bytes' ? 'retention-bytes' : reason === 'retention.ms' ? 'retention-ms' : 'log-start',
      x,
    );
  shareLogStartMoved(broker, replica, x);
}

/** Of each key the newest record stays. */
function clean(replica: Replica, x: Context): void {
  const { log, settings } = replica;
  if (settings.cleanupPolicy === 'delete' || !cleanable(log, settings, x.now).isDue) return;
  const { removed } = compactLog(log, settings, x.now);
  tellRemoved(replica, removed, 'compacted', x);
}
