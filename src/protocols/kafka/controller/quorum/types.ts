import type { Random } from '../image.ts';
import type { MetadataLog, OffsetAndEpoch } from './log.ts';

export type NodeNumber = number;

/** Times in the caller's unit; Kafka's defaults in brackets. */
export interface QuorumSettings {
  /** `controller.quorum.election.timeout.ms` (1 s): wait for votes, at most doubled by chance. */
  readonly electionTimeout: number;
  /** `controller.quorum.fetch.timeout.ms` (2 s): a follower without answer for so long becomes a candidate. */
  readonly fetchTimeout: number;
  /** `controller.quorum.election.backoff.max.ms` (1 s). */
  readonly electionBackoffMax: number;
  /** Step of the growing pause between elections (100 ms). */
  readonly backoffBase: number;
  /** `controller.quorum.request.timeout.ms` (2 s): after so long a fetch counts as lost. */
  readonly requestTimeout: number;
  /** `controller.quorum.retry.backoff.ms` (20 ms). */
  readonly retryBackoff: number;
  /** How long a leader holds a fetch that finds nothing new (500 ms). */
  readonly fetchMaxWait: number;
  /** Since 4.1 (KIP-1166) a held fetch is also answered when the high watermark moves on. */
  readonly fetchAwaitsHighWatermark: boolean;
}

export type Role =
  /** Knows no leader; `votedFor` is whom it gave this epoch's vote. A voter stands itself at the deadline. */
  | { readonly name: 'unattached'; readonly deadline: number }
  | {
      readonly name: 'candidate';
      readonly deadline: number;
      readonly granted: readonly NodeNumber[];
      readonly rejected: readonly NodeNumber[];
      readonly retries: number;
      /** The election is lost: the deadline is that of the pause before the next. */
      readonly backingOff: boolean;
    }
  | {
      readonly name: 'leader';
      readonly epochStart: number;
      /** How far each other voter has fetched, -1 before its first fetch. */
      readonly ends: ReadonlyMap<NodeNumber, number>;
      /** Voters that have fetched since the last time a majority was seen. */
      readonly fetched: readonly NodeNumber[];
      /** Without a majority of fetches until then the leader resigns (1.5 × fetch time-out). */
      readonly checkQuorumAt: number;
      readonly beginAgainAt: number;
      readonly parked: readonly ParkedFetch[];
    }
  | { readonly name: 'follower'; readonly leader: NodeNumber; readonly deadline: number }
  /** Led this epoch and gave up; waits for others to stand. */
  | { readonly name: 'resigned'; readonly deadline: number };

export interface ParkedFetch {
  readonly from: NodeNumber;
  readonly request: FetchRequest;
  readonly deadline: number;
  readonly highWatermark: number;
}

/** One member of the metadata quorum: a controller (voter) or a broker (observer). Values inside are never changed, only replaced. */
export interface QuorumState {
  readonly id: NodeNumber;
  readonly voters: readonly NodeNumber[];
  readonly settings: QuorumSettings;
  /** On disk: epoch, vote, known leader, log. */
  epoch: number;
  votedFor: NodeNumber | undefined;
  leaderId: NodeNumber | undefined;
  log: MetadataLog;
  /** Offsets below are committed. In memory: learnt anew after a restart. */
  highWatermark: number;
  role: Role;
  /** A fetch under way, or when the next may be sent. */
  fetch: { readonly state: 'sent' | 'waiting'; readonly until: number } | undefined;
}

export interface VoteRequest {
  readonly type: 'Vote';
  readonly epoch: number;
  readonly candidate: NodeNumber;
  readonly end: OffsetAndEpoch;
}

export interface FetchRequest {
  readonly type: 'Fetch';
  readonly epoch: number;
  readonly replica: NodeNumber;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number;
  readonly highWatermark: number;
}

export type QuorumError = 'NONE' | 'FENCED_LEADER_EPOCH' | 'UNKNOWN_LEADER_EPOCH' | 'NOT_LEADER_OR_FOLLOWER' | 'INVALID_REQUEST';

/** What every answer says of the answerer's knowledge. */
interface Answer {
  readonly error: QuorumError;
  readonly epoch: number;
  readonly leaderId: NodeNumber | undefined;
}

export type QuorumMessage =
  | VoteRequest
  | ({ readonly type: 'VoteAnswer'; readonly granted: boolean } & Answer)
  | { readonly type: 'BeginQuorumEpoch'; readonly epoch: number; readonly leader: NodeNumber }
  | ({ readonly type: 'BeginQuorumEpochAnswer' } & Answer)
  /** A leader that stops names its successors, the most up to date first. */
  | { readonly type: 'EndQuorumEpoch'; readonly epoch: number; readonly leader: NodeNumber; readonly successors: readonly NodeNumber[] }
  | ({ readonly type: 'EndQuorumEpochAnswer' } & Answer)
  | FetchRequest
  | ({
      readonly type: 'FetchAnswer';
      readonly batches: MetadataLog;
      readonly highWatermark: number;
      /** The logs part here: the largest epoch they may share and its end at the leader. */
      readonly diverging?: OffsetAndEpoch;
    } & Answer);

export type QuorumEffect =
  | { readonly type: 'send'; readonly to: NodeNumber; readonly message: QuorumMessage }
  /** This member changed its role or learnt of another leader. */
  | { readonly type: 'role'; readonly role: Role['name']; readonly epoch: number; readonly leaderId: NodeNumber | undefined }
  | { readonly type: 'committed'; readonly from: number; readonly to: number }
  /** Entries that never were committed are cut off. */
  | { readonly type: 'truncated'; readonly to: number };

/** What a step of the machine works with. */
export interface QuorumStep {
  readonly state: QuorumState;
  readonly now: number;
  readonly random: Random;
  readonly effects: QuorumEffect[];
}
