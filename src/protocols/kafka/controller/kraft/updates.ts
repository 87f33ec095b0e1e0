import { assert } from '../../../../base/index.ts';
import { allPartitions, type BrokerId, isActive, type MetadataImage, NO_LEADER, type PartitionRegistration } from '../image.ts';
import type { MetadataRecord, PartitionChangeRecord } from '../records.ts';
import { buildPartitionChange } from './change.ts';
import { electionOf, type KraftSettings, targetOf } from './settings.ts';

/** Why partitions are looked at anew: whom they lose, whom they gain. */
interface Cause {
  readonly remove?: BrokerId;
  readonly add?: BrokerId;
  readonly uncleanShutdown?: BrokerId;
}

/**
 * New leaders and ISRs for the partitions that `concerns` picks. A broker that is being added counts as alive although its
 * registration still says fenced, one that is being removed as dead. Source: generateLeaderAndIsrUpdates.
 */
function leaderAndIsrUpdates(
  image: MetadataImage,
  settings: KraftSettings,
  cause: Cause,
  concerns: (partition: PartitionRegistration) => boolean,
): readonly PartitionChangeRecord[] {
  const isGone = (id: BrokerId): boolean => id === cause.remove || id === cause.uncleanShutdown;
  const records: PartitionChangeRecord[] = [];
  for (const { topic, index, partition } of allPartitions(image)) {
    if (!concerns(partition)) continue;
    const record = buildPartitionChange({
      ...targetOf(image, settings, topic, index, partition, electionOf(image, settings, topic.name)),
      mayLead: (id) => !isGone(id) && (id === cause.add || isActive(image, id)),
      isr: partition.isr.filter((id) => !isGone(id)),
      ...(cause.uncleanShutdown !== undefined && { uncleanShutdown: cause.uncleanShutdown }),
    });
    if (record) records.push(record);
  }
  return records;
}

function epochOf(image: MetadataImage, brokerId: BrokerId): number {
  const broker = image.brokers.get(brokerId);
  assert(broker !== undefined, 'only registered brokers change their state');
  return broker.epoch;
}

/** A broker's session ran out or it asked to be fenced: it leaves every ISR, except where it is the last member. */
export function fenceBroker(image: MetadataImage, settings: KraftSettings, brokerId: BrokerId): readonly MetadataRecord[] {
  return [
    ...leaderAndIsrUpdates(image, settings, { remove: brokerId }, (p) => p.isr.includes(brokerId)),
    { type: 'BrokerRegistrationChangeRecord', brokerId, brokerEpoch: epochOf(image, brokerId), fenced: true },
  ];
}

/** A broker has caught up with the metadata: it may lead again. Partitions without a leader are looked at; ISRs stay as they are. */
export function unfenceBroker(image: MetadataImage, settings: KraftSettings, brokerId: BrokerId): readonly MetadataRecord[] {
  return [
    { type: 'BrokerRegistrationChangeRecord', brokerId, brokerEpoch: epochOf(image, brokerId), fenced: false },
    ...leaderAndIsrUpdates(image, settings, { add: brokerId }, (p) => p.leader === NO_LEADER),
  ];
}

/** A broker wants to stop: its partitions move before it goes. */
export function beginControlledShutdown(image: MetadataImage, settings: KraftSettings, brokerId: BrokerId): readonly MetadataRecord[] {
  const brokerEpoch = epochOf(image, brokerId);
  const change: MetadataRecord = { type: 'BrokerRegistrationChangeRecord', brokerId, brokerEpoch, inControlledShutdown: true };
  return [
    ...(image.brokers.get(brokerId)?.inControlledShutdown ? [] : [change]),
    ...leaderAndIsrUpdates(image, settings, { remove: brokerId }, (p) => p.isr.includes(brokerId)),
  ];
}

/**
 * A new process registers under a broker's id. It is out of every ISR until its leaders have seen it catch up. With ELR, one
 * that did not stop cleanly may also miss what its disk had not kept: then it is no eligible leader either.
 */
export function cleanUpFormerLife(
  image: MetadataImage,
  settings: KraftSettings,
  brokerId: BrokerId,
  stoppedCleanly: boolean,
): readonly MetadataRecord[] {
  const wasInIsr = (p: PartitionRegistration): boolean => p.isr.includes(brokerId);
  if (stoppedCleanly || !settings.eligibleLeaderReplicas) return leaderAndIsrUpdates(image, settings, { remove: brokerId }, wasInIsr);
  return [
    ...leaderAndIsrUpdates(image, settings, { uncleanShutdown: brokerId }, wasInIsr),
    ...leaderAndIsrUpdates(image, settings, { uncleanShutdown: brokerId }, (p) => p.elr.includes(brokerId)),
  ];
}

/** An operator removes a broker from the cluster. */
export function unregisterBroker(image: MetadataImage, settings: KraftSettings, brokerId: BrokerId): readonly MetadataRecord[] {
  return [
    ...leaderAndIsrUpdates(image, settings, { remove: brokerId }, (p) => p.isr.includes(brokerId)),
    ...leaderAndIsrUpdates(image, settings, { remove: brokerId }, (p) => p.elr.includes(brokerId)),
    { type: 'UnregisterBrokerRecord', brokerId, brokerEpoch: epochOf(image, brokerId) },
  ];
}

export function hasLeaderships(image: MetadataImage, brokerId: BrokerId): boolean {
  for (const { partition } of allPartitions(image)) if (partition.leader === brokerId) return true;
  return false;
}
