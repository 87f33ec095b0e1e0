import { fromMillis, remembered } from '../../../base/index.ts';
import type { Context, Part, Wiring } from '../../../engine/index.ts';
import type { TopicConfig } from '../configs.ts';
import { TOPIC } from '../kinds.ts';
import type { TopicSettings } from './state.ts';

/** The cluster's drawn topics by name: worked out once for each drawing. */
export const topicParts = remembered(
  (wiring: Wiring): ReadonlyMap<string, Part> => new Map(wiring.partsOf(TOPIC).map((part) => [part.name, part])),
);

const FOREVER = Number.MAX_SAFE_INTEGER;
const MEGABYTE = 1_048_588;

/** Of a coordinator's own topic: compacted, in segments of 100 MB, never deleted. */
const INTERNAL: TopicSettings = {
  cleanupPolicy: 'compact',
  segmentBytes: 104_857_600,
  segmentTime: FOREVER,
  retentionBytes: -1,
  retentionTime: -1,
  maxMessageBytes: MEGABYTE,
  minCleanableDirtyRatio: 0.5,
  minCompactionLag: 0,
  maxCompactionLag: FOREVER,
  deleteRetention: fromMillis(86_400_000),
  timestampType: 'CreateTime',
  minInsyncReplicas: 1,
};

/** Settings of a topic as it is drawn. */
export function settingsOf(topic: string, x: Context): TopicSettings {
  const part = topicParts(x.wiring).get(topic);
  if (!part) return INTERNAL;
  const config = x.config<TopicConfig>(part.id);
  return {
    cleanupPolicy: config.cleanup,
    segmentBytes: config.segmentBytes,
    segmentTime: fromMillis(config.segmentMillis),
    retentionBytes: config.retentionBytes,
    retentionTime: config.retentionMillis < 0 ? -1 : fromMillis(config.retentionMillis),
    maxMessageBytes: MEGABYTE,
    minCleanableDirtyRatio: config.minCleanableRatio / 1_000,
    minCompactionLag: fromMillis(config.minCompactionLagMillis),
    maxCompactionLag: FOREVER,
    deleteRetention: fromMillis(config.deleteRetentionMillis),
    timestampType: 'CreateTime',
    minInsyncReplicas: config.minInsyncReplicas,
  };
}

/** What the controller needs to know of a topic's settings, under Kafka's names. */
export function controllerConfigs(config: TopicConfig): { readonly [name: string]: string } {
  return {
    'min.insync.replicas': String(config.minInsyncReplicas),
    'unclean.leader.election.enable': String(config.uncleanElection),
  };
}
