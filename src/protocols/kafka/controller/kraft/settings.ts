import type { BrokerId, MetadataImage, PartitionRegistration, TopicImage } from '../image.ts';
import { effectiveMinIsr, isActive, isUncleanElectionEnabled } from '../image.ts';
import type { Election, PartitionTarget } from './change.ts';

/** What the controllers' `server.properties` and the cluster's features say. Times in the caller's unit. */
export interface KraftSettings {
  /** `broker.session.timeout.ms`: silence after which a broker is fenced (9 s). */
  readonly sessionTimeout: number;
  /** The feature `eligible.leader.replicas.version`: on in clusters formatted with 4.1 or later. */
  readonly eligibleLeaderReplicas: boolean;
  /** Metadata versions before 3.6. */
  readonly raisesEpochOnIsrShrink: boolean;
  readonly numPartitions: number;
  readonly defaultReplicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElection: boolean;
}

/** A target that changes nothing yet: the rules of the cluster filled in. */
export function targetOf(
  image: MetadataImage,
  settings: KraftSettings,
  topic: TopicImage,
  partitionId: number,
  partition: PartitionRegistration,
  election: Election = 'ONLINE',
): PartitionTarget {
  return {
    topicId: topic.topicId,
    partitionId,
    partition,
    minIsr: effectiveMinIsr(image, topic, settings.minInsyncReplicas),
    isElrEnabled: settings.eligibleLeaderReplicas,
    raisesEpochOnIsrShrink: settings.raisesEpochOnIsrShrink,
    election,
    mayLead: (id: BrokerId) => isActive(image, id),
  };
}

/** Changes that nobody asked for elect uncleanly only where the topic allows it. */
export function electionOf(image: MetadataImage, settings: KraftSettings, topic: string): Election {
  return isUncleanElectionEnabled(image, topic, settings.uncleanLeaderElection) ? 'UNCLEAN' : 'ONLINE';
}
