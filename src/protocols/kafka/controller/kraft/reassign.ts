import { isRefusal, type Refusal, refuse } from '../errors.ts';
import {
  type BrokerId,
  isBeingReassigned,
  isUncleanElectionEnabled,
  type MetadataImage,
  type PartitionRegistration,
  partitionOf,
  type TopicImage,
  topicNamed,
} from '../image.ts';
import type { PartitionChangeRecord } from '../records.ts';
import { buildPartitionChange } from './change.ts';
import { electionOf, type KraftSettings, targetOf } from './settings.ts';
import { checkAssignments } from './topics.ts';

export interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** Where the partition is to live; undefined takes a running reassignment back. */
  readonly replicas: readonly BrokerId[] | undefined;
}

/**
 * Begins, changes or takes back a reassignment. New replicas are added first; the old ones go when the ISR (by AlterPartition)
 * holds all that stay. A mere change of order is through at once. No record means nothing to do.
 */
export function alterReassignment(
  image: MetadataImage,
  settings: KraftSettings,
  wish: Reassignment,
): PartitionChangeRecord | Refusal | undefined {
  const topic = topicNamed(image, wish.topic);
  const partition = partitionOf(image, wish.topic, wish.partition);
  if (!topic || !partition) return refuse('UNKNOWN_TOPIC_OR_PARTITION', `Unable to find partition ${wish.topic}:${wish.partition}.`);
  if (!wish.replicas) return cancel(image, settings, topic, wish.partition, partition);
  const checked = checkAssignments(image, [wish.replicas]);
  if (isRefusal(checked)) return checked;
  const target = wish.replicas;
  const ascending = (ids: readonly BrokerId[]): readonly BrokerId[] => [...ids].sort((a, b) => a - b);
  const removing = ascending(partition.replicas.filter((id) => !target.includes(id)));
  const adding = ascending(target.filter((id) => !partition.replicas.includes(id)));
  return buildPartitionChange({
    ...targetOf(image, settings, topic, wish.partition, partition),
    replicas: [...target, ...removing],
    ...(removing.length > 0 && { removing }),
    ...(adding.length > 0 && { adding }),
  });
}

function cancel(
  image: MetadataImage,
  settings: KraftSettings,
  topic: TopicImage,
  index: number,
  partition: PartitionRegistration,
): PartitionChangeRecord | Refusal | undefined {
  if (!isBeingReassigned(partition)) return refuse('NO_REASSIGNMENT_IN_PROGRESS', 'No partition reassignment is in progress.');
  const stays = (id: BrokerId): boolean => !partition.addingReplicas.includes(id);
  const replicas = partition.replicas.filter(stays);
  const inSync = partition.isr.filter(stays);
  const [first] = replicas;
  if (first === undefined) return refuse('INVALID_REPLICA_ASSIGNMENT', 'addingReplicas contains all replicas.');
  if (inSync.length === 0 && !isUncleanElectionEnabled(image, topic.name, settings.uncleanLeaderElection)) {
    const where = `Unable to revert partition assignment for ${topic.name}:${index}`;
    return refuse('INVALID_REPLICA_ASSIGNMENT', `${where} because it would require an unclean leader election.`);
  }
  return buildPartitionChange({
    ...targetOf(image, settings, topic, index, partition, electionOf(image, settings, topic.name)),
    isr: inSync.length > 0 ? inSync : [first],
    replicas,
    removing: [],
    adding: [],
  });
}
