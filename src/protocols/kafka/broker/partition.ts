import { fromMillis } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import { isActive, type MetadataImage } from '../controller/index.ts';
import { isInternal } from '../message.ts';
import { advanceHighWatermark, followerFetched, isUnderMinIsr, type ReplicationRules } from '../replication/index.ts';
import { placeOf } from './places.ts';
import type { Broker, Replica } from './state.ts';

/** How this broker judges its followers at this moment. */
export function rulesOf(broker: Broker, replica: Replica, x: Context): ReplicationRules {
  return new Rules(broker, replica, x);
}

/** A class, as every record that is written and every one that is replicated needs one: no closure has to be made. */
class Rules implements ReplicationRules {
  readonly now: number;
  readonly replicaLagTimeMax: number;
  readonly minInsyncReplicas: number;
  readonly holdsUnderMinIsr: boolean;
  private readonly image: MetadataImage;

  constructor({ features, image }: Broker, { settings }: Replica, x: Context) {
    this.now = x.now;
    this.replicaLagTimeMax = fromMillis(x.config<BrokerConfig>(x.wiring.self.id).replicaLagMillis);
    this.minInsyncReplicas = settings.minInsyncReplicas;
    this.holdsUnderMinIsr = features.holdsWatermark;
    this.image = image;
  }

  mayJoinIsr(node: number): boolean {
    return isActive(this.image, node);
  }
}

/** As many replicas are in sync as writing with acks=all wants. */
export function isEnoughFor({ lead, settings }: Replica): boolean {
  return lead !== undefined && !isUnderMinIsr(lead, settings.minInsyncReplicas);
}

/** The leader's log has grown, or the set of its followers in sync has changed: the high watermark may rise. */
export function advance(broker: Broker, replica: Replica, x: Context): void {
  if (replica.lead && advanceHighWatermark(replica.lead, replica.log, rulesOf(broker, replica, x))) risenTo(broker, replica, x);
}

/** The high watermark rose: that is told, whoever waits is looked at again, and the followers shall hear of it with their next records. */
export function risenTo(broker: Broker, replica: Replica, x: Context): void {
  const { index, log, topic, tp } = replica;
  const data = { topic, partition: index, offset: log.highWatermark, end: log.logEndOffset };
  if (!isInternal(topic)) x.fact('watermark.advanced', placeOf(topic, x), 0, '', '', data);
  newsForFollowers(broker, replica);
  broker.stirred.add(tp);
}

/**
 * Before a leader's log grows: a follower that is level was so when it last asked, even if that request did not name this
 * partition. Otherwise a partition that was long idle would lose its followers with its first new record.
 */
export function noteLevel(broker: Broker, { lead, log }: Replica): void {
  if (!lead) return;
  for (const [node, known] of lead.followers) {
    const askedAt = broker.sessions.get(node)?.askedAt ?? 0;
    if (known.logEndOffset === log.logEndOffset && askedAt > known.lastFetchTime)
      lead.followers.set(node, followerFetched(known, { ...known, offset: known.logEndOffset }, log.logEndOffset, askedAt));
  }
}

/** There is something to say about a partition: its followers' next answers carry it. */
export function newsForFollowers(broker: Broker, { lead, tp }: Replica): void {
  if (lead) for (const node of lead.followers.keys()) broker.sessions.get(node)?.news.add(tp);
}

/** Who is in sync has changed. */
export function tellIsr(replica: Replica, before: readonly number[], after: readonly number[], x: Context): void {
  if (isInternal(replica.topic)) return;
  const joined = after.filter((id) => !before.includes(id));
  const left = before.filter((id) => !after.includes(id));
  if (joined.length + left.length === 0) return;
  const data = { topic: replica.topic, partition: replica.index, isr: [...after], joined, left };
  x.fact('isr.changed', placeOf(replica.topic, x), 0, '', joined.length > 0 ? 'caught-up' : 'fell-behind', data);
}
