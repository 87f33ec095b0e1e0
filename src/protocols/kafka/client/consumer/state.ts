import type { LineId, Micros, PartId } from '../../../../base/index.ts';
import type { TopicPartition } from '../../assign/index.ts';
import type { ClientRequest, MetadataResponse, ShareAcknowledgement } from '../../frames.ts';
import type { KafkaMessage } from '../../message.ts';

/** A request that waits for its answer. Never changed. */
export interface Pending {
  readonly node: number;
  readonly part: PartId;
  readonly frame: ClientRequest;
  readonly sentAt: number;
  readonly deadline: number;
  /** What it was sent for, where its verb does not say. */
  readonly purpose: string;
}

/** What the consumer knows of one partition that it was assigned. */
export interface Assigned {
  readonly tp: string;
  readonly topic: string;
  readonly partition: number;
  /** `init`: what is committed is not known yet; `reset`: the leader is to be asked where reading begins. */
  state: 'init' | 'reset' | 'ready';
  /** Next offset that a poll will hand out; -1 while it is not known. */
  position: number;
  /** As far as this client knows; -1 = nothing. */
  committed: number;
  resetTo: 'earliest' | 'latest';
  /** Why it is reset: reason key. */
  resetCause: string;
  /** Of the last answer; -1 before any. */
  highWatermark: number;
  /** Node to read from instead of the leader; -1 = the leader. */
  preferred: number;
  preferredUntil: number;
  /** Where it was believed to be was wrong: it waits for new metadata. */
  isAstray: boolean;
  /** It is about to be given up: nothing of it is fetched or handed out any more. */
  isRevoking: boolean;
  /** A fetch for it was sent: it is being read. */
  isRead: boolean;
}

/** A record in a consumer. Never changed. */
export interface Entry {
  readonly at: number;
  readonly source: KafkaMessage;
  /** Share groups: how many times it has been handed out, this one included. */
  readonly deliveryCount?: number;
}

/** What one answer brought of one partition, as far as it was not handed out yet. Never changed. */
export interface Chunk {
  readonly tp: string;
  readonly line: LineId;
  readonly records: readonly Entry[];
  readonly nextOffset: number;
}

/** A record that a poll has handed to the application. Never changed. */
export interface Taken extends Entry {
  readonly tp: string;
  readonly line: LineId;
}

export interface Work {
  readonly record: Taken;
  readonly from: Micros;
  readonly until: Micros;
  /** 0 while the application hangs. */
  readonly timer: number;
  /** Remaining time, while it hangs. */
  readonly left: number;
}

/** The application's one thread: it polls, works on what it was given, commits, polls again. */
export interface App {
  phase: 'off' | 'polling' | 'working' | 'committing' | 'ended';
  /** It hangs in whatever it does: no poll, no work; the client's own threads go on. */
  isFrozen: boolean;
  /** `consumer.pause()`: it polls, and nothing is fetched or handed out. */
  isPaused: boolean;
  /** When it last called poll(). */
  polledAt: number;
  batch: readonly Taken[];
  /** Number of the next record of the batch. */
  next: number;
  work: Work | undefined;
  /** Offsets to commit once the batch is done, by partition: behind the last record that was done. */
  done: { [tp: string]: number };
  /** What comes after the commit that it waits for. */
  afterCommit: 'polling' | 'working';
  /** The error that ended it; '' = none. */
  failure: string;
}

/** A commit that somebody waits for. Frozen. */
export interface SyncCommit {
  readonly offsets: { readonly [tp: string]: number };
  readonly why: 'auto' | 'sync';
  /** Number of the request that is out; 0 = none. */
  readonly correlation: number;
  readonly retryAt: number;
  readonly giveUpAt: number;
}

/** A member of a classic group. */
export interface Classic {
  readonly kind: 'classic';
  state: 'unjoined' | 'preparing' | 'completing' | 'stable';
  memberId: string;
  /** -1 = none. */
  generation: number;
  isRejoinNeeded: boolean;
  /** Why it joins: reason key. */
  reason: string;
  /** What a rebalance takes away has been marked, and is being committed. */
  isPreparing: boolean;
  /** What a rebalance takes away has been given up. */
  isPrepared: boolean;
  /** The assignor that the group has agreed on. */
  assignor: string;
  isLeader: boolean;
  topics: readonly string[];
  /** What its assignor was told last, and when. */
  last: { readonly owned: readonly TopicPartition[]; readonly generation: number };
  /** The leader's: topics of all members, and how many partitions they had when it assigned them. */
  groupTopics: readonly string[];
  counted: string;
  /** An assignment that the next poll takes over. */
  received: readonly string[] | undefined;
  retryAt: number;
  heartbeatAt: number;
  heardAt: number;
}

/** A member of a group of the consumer protocol (KIP-848), or of a share group. */
export interface Modern {
  readonly kind: 'consumer' | 'share';
  /** `stale`: it left because it was too slow, and comes back with the next poll. */
  state: 'unjoined' | 'joining' | 'reconciling' | 'acknowledging' | 'stable' | 'stale';
  memberId: string;
  epoch: number;
  /** What the coordinator wants it to have. */
  target: readonly string[];
  /** Its positions are being committed before it gives partitions up. */
  isCommitting: boolean;
  topics: readonly string[];
  interval: number;
  heartbeatAt: number;
}
export type Member = Classic | Modern;

/** All that ends with the process. */
export interface Life {
  /** `fixedSettings` that this client was made with. */
  settings: string;
  /** When it begins; -1 = it has. */
  startsAt: number;
  unreachable: Set<PartId>;
  /** Nodes that have answered. */
  connected: Set<PartId>;
  /** Those that are out, in order of sending. */
  readonly requests: Pending[];
  nextCorrelation: number;
  /** Whose turn it is to be asked what any broker knows. */
  turn: number;
  metadata: MetadataResponse | undefined;
  metadataAt: number;
  isMetadataWanted: boolean;
  metadataTries: number;
  metadataRetryAt: number;
  /** Node id of the group's coordinator; -1 = not known. */
  coordinator: number;
  coordinatorTries: number;
  coordinatorRetryAt: number;
  topics: readonly string[];
  member: Member | undefined;
  partitions: Map<string, Assigned>;
  /** In order of arrival. */
  buffer: readonly Chunk[];
  offsetsRetryAt: number;
  fetchNotBefore: number;
  app: App;
  sync: SyncCommit | undefined;
  autoCommitAt: number;
  /** Share groups: what is to be told with the next fetch. */
  acknowledgements: readonly ShareAcknowledgement[];
  tick: { readonly timer: number; readonly at: number } | undefined;
}

/** What outlives it: counts, and a store of its own. */
export interface Consumer extends Life {
  received: number;
  done: number;
  failed: number;
  skipped: number;
  workedMicros: number;
  /** Ids of records whose work is done. */
  remembered: Set<number>;
}

export function newConsumer(): Consumer {
  return { ...newLife(), received: 0, done: 0, failed: 0, skipped: 0, workedMicros: 0, remembered: new Set() };
}

export function newLife(): Life {
  return {
    settings: '',
    startsAt: -1,
    unreachable: new Set(),
    connected: new Set(),
    requests: [],
    nextCorrelation: 1,
    turn: 0,
    metadata: undefined,
    metadataAt: 0,
    isMetadataWanted: true,
    metadataTries: 0,
    metadataRetryAt: 0,
    coordinator: -1,
    coordinatorTries: 0,
    coordinatorRetryAt: 0,
    topics: [],
    member: undefined,
    partitions: new Map(),
    buffer: [],
    offsetsRetryAt: 0,
    fetchNotBefore: 0,
    app: newApp(),
    sync: undefined,
    autoCommitAt: 0,
    acknowledgements: [],
    tick: undefined,
  };
}

function newApp(): App {
  return {
    phase: 'off',
    isFrozen: false,
    isPaused: false,
    polledAt: 0,
    batch: [],
    next: 0,
    work: undefined,
    done: {},
    afterCommit: 'polling',
    failure: '',
  };
}

export function copyConsumer(state: Consumer): Consumer {
  return {
    ...state,
    unreachable: new Set(state.unreachable),
    connected: new Set(state.connected),
    requests: state.requests.slice(),
    partitions: copyPartitions(state.partitions),
    remembered: new Set(state.remembered),
    member: state.member && { ...state.member },
    app: { ...state.app, done: { ...state.app.done } },
  };
}

function copyPartitions(partitions: Life['partitions']): Life['partitions'] {
  const copy: Life['partitions'] = new Map();
  for (const [tp, of] of partitions) copy.set(tp, { ...of });
  return copy;
}

/** True while the application is inside poll(): what belongs to its thread can happen. */
export function isPolling({ app }: Life): boolean {
  return app.phase === 'polling' && !app.isFrozen;
}

/** `max.poll.interval.ms` has passed since it last came to poll. */
export function isPollOverdue(state: Life, maxPollInterval: number, now: number): boolean {
  return !isPolling(state) && now - state.app.polledAt >= maxPollInterval;
}

export function changePartition(state: Life, tp: string, change: Partial<Assigned>): void {
  const known = state.partitions.get(tp);
  if (known) Object.assign(known, change);
}
