import type { PartitionMetadata } from '../../frames.ts';
import type { TopicInfo } from './partitioner.ts';

/** What a client knows about a topic. Immutable. */
export interface TopicLeaders extends TopicInfo {
  /** Node id of each partition's leader; -1 = none that is up. */
  readonly leaders: readonly number[];
  readonly epochs: readonly number[];
}

/** A client's view of the cluster, as of its last Metadata response. Immutable: copies share it. */
export interface Cluster {
  readonly topics: ReadonlyMap<string, TopicLeaders>;
  /** Brokers that answered or were named. */
  readonly nodes: readonly number[];
  /** Partitions that each node leads, in order. */
  readonly led: ReadonlyMap<number, readonly { readonly topic: string; readonly partition: number }[]>;
}

export const NO_CLUSTER: Cluster = { topics: new Map(), nodes: [], led: new Map() };

/** The new view. Where the answering broker knows less than this client (an older leader epoch), what was known stays. */
export function clusterOf(
  brokers: readonly number[],
  topics: { readonly [topic: string]: readonly PartitionMetadata[] },
  before: Cluster = NO_CLUSTER,
): Cluster {
  const nodes = new Set(brokers);
  const known = new Map<string, TopicLeaders>();
  const led = new Map<number, { topic: string; partition: number }[]>();
  for (const topic of Object.keys(topics).sort()) {
    const old = before.topics.get(topic);
    const partitions = (topics[topic] ?? []).map(({ leader, leaderEpoch }, partition) => {
      const oldEpoch = old?.epochs[partition] ?? -1;
      return leaderEpoch < oldEpoch
        ? { leader: old?.leaders[partition] ?? -1, epoch: oldEpoch }
        : { leader: nodes.has(leader) ? leader : -1, epoch: leaderEpoch };
    });
    known.set(topic, topicOf(partitions));
    for (const [partition, { leader }] of partitions.entries()) {
      if (leader < 0) continue;
      const all = led.get(leader);
      if (all) all.push({ topic, partition });
      else led.set(leader, [{ topic, partition }]);
    }
  }
  return { topics: known, nodes: brokers, led };
}

function topicOf(partitions: readonly { readonly leader: number; readonly epoch: number }[]): TopicLeaders {
  return {
    count: partitions.length,
    available: partitions.flatMap(({ leader }, partition) => (leader >= 0 ? [partition] : [])),
    leaders: partitions.map(({ leader }) => leader),
    epochs: partitions.map(({ epoch }) => epoch),
  };
}

/** True when both show the same partitions with the same leaders: asking again has brought nothing new. */
export function isSameCluster(a: Cluster, b: Cluster): boolean {
  if (a.topics.size !== b.topics.size) return false;
  for (const [name, topic] of a.topics) {
    const other = b.topics.get(name);
    if (!other || other.count !== topic.count) return false;
    if (topic.leaders.some((leader, i) => leader !== other.leaders[i] || topic.epochs[i] !== other.epochs[i])) return false;
  }
  return true;
}
