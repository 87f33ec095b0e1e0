import type { LineId, PartId, RisingMap } from '../../../base/index.ts';
import type { MetadataImage } from '../controller/image.ts';
import type { FetchRequest, ProduceResult } from '../frames.ts';
import { copyLog, type LogSettings, type LogState } from '../log/index.ts';
import { copyLeader, type LeaderState } from '../replication/index.ts';
import type { Features } from '../versions.ts';
import { type Cluster, copyCluster } from './cluster/state.ts';
import { type Coordinators, copyCoordinators } from './coordinators.ts';
import { copyShares, type Shares } from './share/state.ts';
import { copyTransactions, type Transactions } from './transactions/state.ts';

/** Whom an answer goes to: the request's line and ends, turned round, and its number. */
export interface Return {
  readonly line: LineId;
  /** The part of this broker that the request came to. */
  readonly from: PartId;
  readonly to: PartId;
  readonly correlation: number;
}

/** Settings of a topic as far as its replicas look at them; times in µs. */
export interface TopicSettings extends LogSettings {
  readonly minInsyncReplicas: number;
}

/** One replica of a partition in this broker. */
export interface Replica {
  readonly tp: string;
  readonly topic: string;
  readonly index: number;
  log: LogState;
  settings: TopicSettings;
  /** Node id of the leader, -1 = none. */
  leaderNode: number;
  leaderEpoch: number;
  /** Set while this broker leads the partition. */
  lead: LeaderState | undefined;
  /** Ids of consumers' requests that wait for records here, in order of arrival. */
  readers: readonly number[];
  /** Ids of produce requests that wait for the followers, in order of arrival. */
  writers: readonly number[];
}

/** A consumer's Fetch that waits for records. */
export interface WaitingFetch {
  readonly id: number;
  readonly back: Return;
  readonly request: FetchRequest;
  readonly deadline: number;
}

/** A Produce with acks=all, or a transaction's end, that waits until all replicas in sync have its batches. */
export interface WaitingProduce {
  readonly id: number;
  readonly verb: 'ProduceResponse' | 'WriteTxnMarkersResponse';
  readonly back: Return;
  readonly deadline: number;
  readonly results: readonly PendingResult[];
}

/** One batch of a request: decided, or right once the high watermark has come to `wanted`. */
export interface PendingResult {
  readonly result: ProduceResult;
  readonly wanted: number | undefined;
}

/** A follower's fetch session, as the leader keeps it. */
export interface Session {
  /** Of the follower. */
  readonly node: number;
  /** When it asked last. */
  askedAt: number;
  /** The request that waits for records; undefined while the answer is on its way. */
  waiting: { readonly back: Return; readonly deadline: number } | undefined;
  /** Partitions that have something for it: records, or a new high watermark. */
  readonly news: Set<string>;
}

/** What this broker, as a follower, fetches from one leader. */
export interface Fetcher {
  /** Number of the request that is out; 0 = none. */
  correlation: number;
  /** The next request begins a session anew and names all partitions. */
  isNew: boolean;
  /** Partitions to name in the next request. */
  readonly changed: Set<string>;
}

const NONE: readonly number[] = [];

/** The list of those that wait without one of them: mostly the first, or the only one. */
export function without(waiting: readonly number[], id: number): readonly number[] {
  if (waiting.length === 1 && waiting[0] === id) return NONE;
  const at = waiting.indexOf(id);
  return at < 0 ? waiting : waiting.toSpliced(at, 1);
}

/** A broker: its replicas, what it knows of the cluster, and what waits in it. */
export interface Broker {
  readonly node: number;
  readonly part: PartId;
  /** Of its registration: tells this life from earlier ones. */
  epoch: number;
  features: Features;
  image: MetadataImage;
  replicas: Map<string, Replica>;
  fetches: RisingMap<WaitingFetch>;
  produces: RisingMap<WaitingProduce>;
  /** By node id of the follower. */
  sessions: Map<number, Session>;
  /** By node id of the leader. */
  fetchers: Map<number, Fetcher>;
  /** Some partition that it leads may have a follower out of sync; false: none has. */
  hasStragglers: boolean;
  /** Peers that can't be reached. */
  unreachable: Set<number>;
  /** Partitions where whoever waits is to be looked at again; empty between steps. */
  readonly stirred: Set<string>;
  /** When the purgatory's timer goes off; 0 = none is set. */
  sweepAt: number;
  /** Number of the next request or waiting thing. */
  next: number;
  coordinators: Coordinators;
  transactions: Transactions;
  shares: Shares;
  cluster: Cluster;
  /** Number of the next producer id that this broker gives. */
  nextProducer: number;
  produced: number;
  fetched: number;
}

export function copyBroker(broker: Broker): Broker {
  return {
    ...broker,
    replicas: copyReplicas(broker.replicas),
    fetches: broker.fetches.copy(),
    produces: broker.produces.copy(),
    sessions: new Map([...broker.sessions].map(([node, session]) => [node, { ...session, news: new Set(session.news) }])),
    fetchers: new Map([...broker.fetchers].map(([node, fetcher]) => [node, { ...fetcher, changed: new Set(fetcher.changed) }])),
    unreachable: new Set(broker.unreachable),
    coordinators: copyCoordinators(broker.coordinators),
    transactions: copyTransactions(broker.transactions),
    shares: copyShares(broker.shares),
    cluster: copyCluster(broker.cluster),
  };
}

/** Field by field: every checkpoint copies some sixty replicas of every broker, most of them of the offsets topic. */
function copyReplicas(replicas: ReadonlyMap<string, Replica>): Map<string, Replica> {
  const copies = new Map<string, Replica>();
  for (const { tp, topic, index, log, settings, leaderNode, leaderEpoch, lead, readers, writers } of replicas.values())
    copies.set(tp, {
      tp,
      topic,
      index,
      log: copyLog(log),
      settings,
      leaderNode,
      leaderEpoch,
      lead: lead && copyLeader(lead),
      readers,
      writers,
    });
  return copies;
}
