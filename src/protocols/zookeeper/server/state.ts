import type { LineId, Micros, PartId } from '../../../base/index.ts';
import type { NodeId } from '../../../engine/index.ts';
import type { ReadFrame, SessionId, Zxid } from '../frames.ts';
import { copyTree, freshTree, type Tree, type Txn, type Znode } from '../tree/index.ts';
import type { Role, Vote } from './frames.ts';

/*
 * What a server holds. Plain data without closures; `copyServer` copies the containers and shares what never changes
 * (znodes, transactions, votes, requests).
 */

/** A request that waits for its turn: a write for its commit, a read for the writes of its client before it. Never changed. */
export type Waiting = { readonly xid: number } | { readonly xid: number; readonly read: ReadFrame };

/** A client that is connected with this server. */
export interface Connection {
  readonly client: PartId;
  readonly line: LineId;
  /** The client's own number of it. */
  readonly number: number;
  /** 0 until the session is open. */
  session: SessionId;
  /** Requests without an answer, in their order. Replaced, never changed. */
  waiting: readonly Waiting[];
}

/** Clients that wait for a change, by path. The lists are replaced, never changed. */
export type Watches = Map<string, readonly PartId[]>;

/** What a leader knows beyond what a follower does. */
export interface Leadership {
  /** 0 until enough followers have come. */
  epoch: number;
  /** Enough of them have all that it has: it serves. */
  isActive: boolean;
  /** Number of the last proposal within the epoch. */
  counter: number;
  /** Epochs that the servers who came have accepted; the logs of those that have agreed to the new one end where. */
  came: Map<NodeId, number>;
  agreed: Map<NodeId, Zxid>;
  /** Up to where each follower has everything in its log: they get proposals. */
  logged: Map<NodeId, Zxid>;
  /** Followers that proposals are sent to, and those of them that have been told to serve. */
  forwarded: Set<NodeId>;
  synced: Set<NodeId>;
  /** What znodes will be when all that is proposed is committed; undefined = deleted. */
  ahead: Map<string, Znode | undefined>;
  /** Sessions whose end is proposed. */
  ending: Set<SessionId>;
  /** When each session expires. */
  expiry: Map<SessionId, Micros>;
}

export interface Server {
  /** All servers of the ensemble, this one included, lowest id first. A server that leaves still counts: nobody told the others. */
  ensemble: readonly NodeId[];
  reachable: Set<NodeId>;
  role: Role;
  /** It answers clients. */
  isServing: boolean;
  /** The latest epochs: one that it has promised to follow, and one that it has followed. */
  acceptedEpoch: number;
  currentEpoch: number;
  /** Number of the last transaction in the tree. */
  zxid: Zxid;
  tree: Tree;
  /** The latest transactions of the tree: what followers that were away for a while are sent. */
  history: Txn[];
  /** What came after this transaction is in `history`, all of it. */
  historyFrom: Zxid;
  /** In the log but not committed, as far as this server knows. Replaced, never changed. */
  pending: readonly Txn[];
  /** Of an election: its number, this server's vote, those of the others who look, and what those say who do not. */
  round: number;
  vote: Vote;
  /** How long a vote is under way, in µs. */
  lag: number;
  votes: Map<NodeId, Vote>;
  settled: Map<NodeId, { readonly vote: Vote; readonly role: Role }>;
  /** Followers that came before this server knew that it leads: their accepted epochs. */
  early: Map<NodeId, number>;
  leadership: Leadership | undefined;
  /** Whom it follows, or ''. */
  leader: NodeId;
  /** Sessions heard of since the leader asked last. */
  touched: Set<SessionId>;
  connections: Map<PartId, Connection>;
  dataWatches: Watches;
  childWatches: Watches;
  /** Number of the role it has now: timers of an earlier one are void. */
  term: number;
}

/** So many transactions are kept for followers that were away; who missed more gets the whole tree. */
const HISTORY_MAX = 500;
/** Between the numbers of two epochs. */
export const EPOCH = 0x1_0000_0000;

export function emptyServer(self: NodeId): Server {
  return {
    ensemble: [self],
    reachable: new Set(),
    role: 'looking',
    isServing: false,
    acceptedEpoch: 0,
    currentEpoch: 0,
    zxid: 0,
    tree: freshTree(),
    history: [],
    historyFrom: 0,
    pending: [],
    round: 0,
    vote: { leader: self, epoch: 0, zxid: 0 },
    lag: 0,
    votes: new Map(),
    settled: new Map(),
    early: new Map(),
    leadership: undefined,
    leader: '',
    touched: new Set(),
    connections: new Map(),
    dataWatches: new Map(),
    childWatches: new Map(),
    term: 0,
  };
}

export function emptyLeadership(): Leadership {
  return {
    epoch: 0,
    isActive: false,
    counter: 0,
    came: new Map(),
    agreed: new Map(),
    logged: new Map(),
    forwarded: new Set(),
    synced: new Set(),
    ahead: new Map(),
    ending: new Set(),
    expiry: new Map(),
  };
}

/** The number of the last transaction in the log: what an election compares. */
export function loggedZxid(server: Server): Zxid {
  return server.pending.at(-1)?.zxid ?? server.zxid;
}

export function majorityOf(server: Server): number {
  return Math.floor(server.ensemble.length / 2) + 1;
}

export function remember(server: Server, txn: Txn): void {
  server.history.push(txn);
  if (server.history.length <= HISTORY_MAX) return;
  const gone = server.history.splice(0, HISTORY_MAX / 2);
  server.historyFrom = gone.at(-1)?.zxid ?? server.historyFrom;
}

export function copyServer(server: Server): Server {
  const { leadership } = server;
  return {
    ...server,
    reachable: new Set(server.reachable),
    tree: copyTree(server.tree),
    history: server.history.slice(),
    votes: new Map(server.votes),
    settled: new Map(server.settled),
    early: new Map(server.early),
    touched: new Set(server.touched),
    connections: new Map([...server.connections].map(([client, connection]) => [client, { ...connection }])),
    dataWatches: new Map(server.dataWatches),
    childWatches: new Map(server.childWatches),
    leadership: leadership && {
      ...leadership,
      came: new Map(leadership.came),
      agreed: new Map(leadership.agreed),
      logged: new Map(leadership.logged),
      forwarded: new Set(leadership.forwarded),
      synced: new Set(leadership.synced),
      ahead: new Map(leadership.ahead),
      ending: new Set(leadership.ending),
      expiry: new Map(leadership.expiry),
    },
  };
}
