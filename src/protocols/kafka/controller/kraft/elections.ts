import type { ControllerError } from '../errors.ts';
import {
  allPartitions,
  isUncleanElectionEnabled,
  type MetadataImage,
  NO_LEADER,
  partitionOf,
  preferredLeader,
  topicNamed,
} from '../image.ts';
import type { PartitionChangeRecord } from '../records.ts';
import { buildPartitionChange } from './change.ts';
import { type KraftSettings, targetOf } from './settings.ts';

export type ElectionType = 'PREFERRED' | 'UNCLEAN';

interface ElectionOutcome {
  readonly error: ControllerError;
  readonly record?: PartitionChangeRecord;
}

/** An operator's election (`kafka-leader-election`) of one partition. */
export function electLeader(
  image: MetadataImage,
  settings: KraftSettings,
  type: ElectionType,
  topicName: string,
  index: number,
): ElectionOutcome {
  const topic = topicNamed(image, topicName);
  const partition = partitionOf(image, topicName, index);
  if (!topic || !partition) return { error: 'UNKNOWN_TOPIC_OR_PARTITION' };
  const isNeeded = type === 'PREFERRED' ? partition.leader !== preferredLeader(partition) : partition.leader === NO_LEADER;
  if (!isNeeded) return { error: 'ELECTION_NOT_NEEDED' };
  const record = buildPartitionChange(targetOf(image, settings, topic, index, partition, type));
  if (record) return { error: 'NONE', record };
  return { error: type === 'PREFERRED' ? 'PREFERRED_LEADER_NOT_AVAILABLE' : 'ELIGIBLE_LEADERS_NOT_AVAILABLE' };
}

/** Up to how many partitions one periodic round elects. */
export const ELECTIONS_MAX = 1_000;

/** The periodic round that gives partitions back to their preferred leaders (`auto.leader.rebalance.enable`, every 300 s). */
export function balanceLeaders(image: MetadataImage, settings: KraftSettings): readonly PartitionChangeRecord[] {
  const records: PartitionChangeRecord[] = [];
  for (const { topic, index, partition } of allPartitions(image)) {
    if (records.length >= ELECTIONS_MAX) break;
    if (partition.leader === preferredLeader(partition)) continue;
    const record = buildPartitionChange(targetOf(image, settings, topic, index, partition, 'PREFERRED'));
    if (record) records.push(record);
  }
  return records;
}

/** The periodic round (every 5 min) for partitions without leader whose topic has come to allow unclean elections. */
export function electUncleanLeaders(image: MetadataImage, settings: KraftSettings): readonly PartitionChangeRecord[] {
  const records: PartitionChangeRecord[] = [];
  for (const { topic, index, partition } of allPartitions(image)) {
    if (records.length >= ELECTIONS_MAX) break;
    if (partition.leader !== NO_LEADER || !isUncleanElectionEnabled(image, topic.name, settings.uncleanLeaderElection)) continue;
    const { record } = electLeader(image, settings, 'UNCLEAN', topic.name, index);
    if (record) records.push(record);
  }
  return records;
}
