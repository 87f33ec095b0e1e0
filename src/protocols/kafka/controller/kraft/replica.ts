import { emptyImage, type MetadataImage, type Random } from '../image.ts';
import { committedBatches, copyQuorum, type QuorumDisk, receiveQuorum, startQuorum, tickQuorum } from '../quorum/quorum.ts';
import type { NodeNumber, QuorumEffect, QuorumMessage, QuorumSettings, QuorumState } from '../quorum/types.ts';
import { applyRecords, type MetadataRecord } from '../records.ts';

/** A broker's copy of the metadata: it fetches the log as an observer and replays what is committed. */
export interface MetadataReplica {
  readonly quorum: QuorumState;
  image: MetadataImage;
}

export type ReplicaEffect =
  | QuorumEffect
  | { readonly type: 'applied'; readonly records: readonly MetadataRecord[]; readonly image: MetadataImage };

export function startMetadataReplica(
  id: NodeNumber,
  voters: readonly NodeNumber[],
  settings: QuorumSettings,
  now: number,
  random: Random,
  disk?: QuorumDisk,
): MetadataReplica {
  return { quorum: startQuorum(id, voters, settings, now, random, disk), image: emptyImage() };
}

export function copyMetadataReplica(replica: MetadataReplica): MetadataReplica {
  return { ...replica, quorum: copyQuorum(replica.quorum) };
}

/** The last offset that the image has: what heartbeats report. */
export function replayedOffset({ quorum }: MetadataReplica): number {
  return quorum.highWatermark - 1;
}

export function receiveMetadata(
  replica: MetadataReplica,
  from: NodeNumber,
  message: QuorumMessage,
  now: number,
  random: Random,
): readonly ReplicaEffect[] {
  return replay(replica, receiveQuorum(replica.quorum, from, message, now, random));
}

export function tickMetadata(replica: MetadataReplica, now: number, random: Random): readonly ReplicaEffect[] {
  return replay(replica, tickQuorum(replica.quorum, now, random));
}

function replay(replica: MetadataReplica, effects: readonly QuorumEffect[]): readonly ReplicaEffect[] {
  return effects.flatMap((effect): readonly ReplicaEffect[] => {
    if (effect.type !== 'committed') return [effect];
    const records = committedBatches(replica.quorum, effect.from, effect.to).flatMap((batch) => batch.records);
    replica.image = applyRecords(replica.image, records);
    return records.length > 0 ? [effect, { type: 'applied', records, image: replica.image }] : [effect];
  });
}
