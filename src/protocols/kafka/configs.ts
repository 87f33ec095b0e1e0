/** What a drawn topic is configured with, defaults filled in. */
export interface TopicConfig {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly replicas: string;
  readonly cleanup: 'delete' | 'compact' | 'compact,delete';
  readonly retentionMillis: number;
  readonly retentionBytes: number;
  readonly segmentBytes: number;
  readonly segmentMillis: number;
  readonly minCleanableRatio: number;
  readonly minCompactionLagMillis: number;
  readonly deleteRetentionMillis: number;
  readonly uncleanElection: boolean;
}

export interface BrokerConfig {
  readonly version: string;
  readonly nodeId: number;
  readonly roles: 'broker,controller' | 'broker' | 'controller';
  readonly rack: string;
  readonly replicaLagMillis: number;
  readonly replicaFetchWaitMillis: number;
  readonly sessionTimeoutMillis: number;
  readonly heartbeatMillis: number;
  readonly zookeeperSessionMillis: number;
  readonly initialRebalanceDelayMillis: number;
  readonly consumerSessionMillis: number;
  readonly consumerHeartbeatMillis: number;
  readonly retentionCheckMillis: number;
  readonly cleanerMillis: number;
  readonly autoRebalance: boolean;
  readonly rebalanceCheckMillis: number;
  readonly offsetsPartitions: number;
  readonly offsetsReplicationFactor: number;
  readonly minSessionTimeoutMillis: number;
}

export interface GroupConfig {
  readonly protocol: 'classic' | 'consumer' | 'share';
  readonly assignor: string;
  readonly serverAssignor: string;
  readonly library: 'java' | 'librdkafka';
  readonly sessionTimeoutMillis: number;
  readonly heartbeatMillis: number;
  readonly maxPollIntervalMillis: number;
  /** Of share groups: where a group begins that has read nothing yet, and how its records are handed out. */
  readonly shareOffsetReset: 'earliest' | 'latest';
  readonly shareLockMillis: number;
  readonly shareDeliveryLimit: number;
}

/** Node ids of each partition, as an author writes them: `1:2:3, 2:3:1`. Undefined: not written so. */
export function replicasOf(text: string): readonly (readonly number[])[] | undefined {
  const partitions = text.split(',').map((one) => one.trim().split(':').map(Number));
  const isRight = partitions.every(
    (ids) => ids.length > 0 && new Set(ids).size === ids.length && ids.every((id) => Number.isInteger(id) && id > 0),
  );
  return isRight ? partitions : undefined;
}
