/** Releases that a broker can be; each stands for its line. */
export const VERSIONS = ['0.9', '2.8', '3.9', '4.0', '4.1', '4.3'] as const;
export type Version = (typeof VERSIONS)[number];

/** What a cluster can do: it goes by its oldest broker. */
export interface Features {
  readonly version: Version;
  /** Metadata leaves out replicas of brokers that are away (before 0.10). */
  readonly hidesAwayReplicas: boolean;
  /** Producer ids, transactions, leader epochs (0.11). */
  readonly hasIdempotence: boolean;
  /** First JoinGroup waits for others (0.11); the member id comes first (2.2); group.instance.id (2.3). */
  readonly hasInitialDelay: boolean;
  readonly needsMemberId: boolean;
  /** Leaders change ISRs by way of the controller (2.7); before they wrote into ZooKeeper themselves. */
  readonly hasAlterPartition: boolean;
  /** Clusters without KRaft can run (until 3.9). */
  readonly mayUseZookeeper: boolean;
  readonly mayUseKraft: boolean;
  /** Consumers may read from followers (2.4). */
  readonly hasFollowerFetch: boolean;
  /** The high watermark waits for min.insync.replicas (3.7). */
  readonly holdsWatermark: boolean;
  /** A broker that stopped in good order says so when it registers again (4.0). */
  readonly hasCleanShutdownEpoch: boolean;
  /** Consumer protocol of KIP-848 (4.0), share groups (4.1 preview, 4.2). */
  readonly hasConsumerProtocol: boolean;
  readonly hasShareGroups: boolean;
  /** Eligible leader replicas (4.1). */
  readonly hasElr: boolean;
  /** A new target assignment at most every so often, in µs (4.3). */
  readonly assignmentInterval: number;
}

export function featuresOf(versions: readonly string[]): Features {
  const rank = Math.min(...versions.map((version) => Math.max(0, VERSIONS.indexOf(version as Version))), VERSIONS.length - 1);
  const since = (version: Version) => rank >= VERSIONS.indexOf(version);
  return {
    version: VERSIONS[rank] as Version,
    hidesAwayReplicas: !since('2.8'),
    hasIdempotence: since('2.8'),
    hasInitialDelay: since('2.8'),
    needsMemberId: since('2.8'),
    hasAlterPartition: since('2.8'),
    mayUseZookeeper: !since('4.0'),
    mayUseKraft: since('2.8'),
    hasFollowerFetch: since('2.8'),
    holdsWatermark: since('3.9'),
    hasCleanShutdownEpoch: since('4.0'),
    hasConsumerProtocol: since('4.0'),
    hasShareGroups: since('4.1'),
    hasElr: since('4.1'),
    assignmentInterval: since('4.3') ? 1_000_000 : 0,
  };
}
