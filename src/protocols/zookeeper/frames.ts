import type { PartId } from '../../base/index.ts';
import type { Frame } from '../../engine/index.ts';

/*
 * What clients and servers of ZooKeeper say to each other: plain data, so that parts of other packs can speak it.
 *
 * How to be a client, along any line that ends at a server's part:
 * 1. Send `zk.connect` with a `connection` number of your own (1, 2 … : one for each attempt) and `session` 0. Wait.
 * 2. `zk.connected` opens the session; with `session` 0 and `timeoutMillis` 0 it says instead that the session you named
 *    has expired. `zk.closed` says that this server does not take you: try another one, with the session you have.
 * 3. Send requests with rising `xid`s; you need not wait. Replies come in the order of the requests. A `zk.watchEvent`
 *    comes before any reply that shows what it is about. Ignore frames of another `connection` than the present one.
 * 4. Say something (`zk.ping`) at least every third of `timeoutMillis`, or the ensemble deletes the session with its ephemerals.
 * 5. After `zk.closed`, or when the server's node is gone (input `peer`), what was not answered is CONNECTION_LOSS: it may
 *    or may not have been done. Connect to any server with `session` and the highest `zxid` seen, then repeat the watches
 *    that have not fired with `zk.setWatches`.
 * Sessions are per client node: a second `zk.connect` of the same node to the same server takes the place of the first.
 */

/** Number of a session: the zxid of the transaction that opened it. 0 = none. */
export type SessionId = number;
/** Number of a transaction: epoch · 2³² + counter. */
export type Zxid = number;

export const ERRORS = [
  'NO_NODE',
  'NODE_EXISTS',
  'NOT_EMPTY',
  'BAD_VERSION',
  'NO_CHILDREN_FOR_EPHEMERALS',
  'BAD_ARGUMENTS',
  'SESSION_EXPIRED',
  'CONNECTION_LOSS',
  'RUNTIME_INCONSISTENCY',
] as const;
/** '' = all is well. CONNECTION_LOSS is the client's own. */
export type ErrorName = '' | (typeof ERRORS)[number];

export type CreateMode = 'PERSISTENT' | 'PERSISTENT_SEQUENTIAL' | 'EPHEMERAL' | 'EPHEMERAL_SEQUENTIAL';

/** Parts of a write request. `version` -1 = whatever it is. */
export interface CreateOp {
  readonly op: 'create';
  readonly path: string;
  readonly data: string | null;
  readonly mode: CreateMode;
}
export interface SetOp {
  readonly op: 'set';
  readonly path: string;
  readonly data: string | null;
  readonly version: number;
}
export interface DeleteOp {
  readonly op: 'delete';
  readonly path: string;
  readonly version: number;
}
/** In a `multi` alone: the others are done only if the znode has this version. */
export interface CheckOp {
  readonly op: 'check';
  readonly path: string;
  readonly version: number;
}
export type SingleOp = CreateOp | SetOp | DeleteOp | CheckOp;
/** All of them or none. */
export interface MultiOp {
  readonly op: 'multi';
  readonly ops: readonly SingleOp[];
}
/** The client goes: its session ends and its ephemerals are deleted at once. */
export interface CloseOp {
  readonly op: 'close';
}
export type WriteOp = Exclude<SingleOp, CheckOp> | MultiOp | CloseOp;

/** `watch`: tell me once when this changes. */
export interface ReadOp {
  readonly op: 'get' | 'exists' | 'children';
  readonly path: string;
  readonly watch: boolean;
}
/** Watches of a client that has connected anew, and the last zxid that it has seen: what changed since is told at once. */
export interface SetWatchesOp {
  readonly op: 'setWatches';
  readonly relativeZxid: Zxid;
  readonly dataWatches: readonly string[];
  readonly existWatches: readonly string[];
  readonly childWatches: readonly string[];
}

interface OnConnection {
  readonly connection: number;
}
type Request<Op extends { readonly op: string }> = Op extends unknown
  ? Frame & OnConnection & Omit<Op, 'op'> & { readonly verb: `zk.${Op['op']}`; readonly xid: number }
  : never;

export interface ConnectFrame extends OnConnection {
  readonly verb: 'zk.connect';
  readonly session: SessionId;
  readonly timeoutMillis: number;
  readonly lastZxidSeen: Zxid;
}
export interface PingFrame extends OnConnection {
  readonly verb: 'zk.ping';
}
export type WriteFrame = Request<WriteOp>;
export type ReadFrame = Request<ReadOp | SetWatchesOp>;
export type ClientFrame = ConnectFrame | PingFrame | WriteFrame | ReadFrame;

/** What is known of a znode besides its data. */
export interface Stat {
  readonly version: number;
  /** Children created and deleted, all counted. */
  readonly cversion: number;
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ephemeralOwner: SessionId;
  readonly numChildren: number;
}
/** What a reply holds when all is well: create → path; set → stat; get → data, stat; exists → stat; children → children, stat; multi → results. */
export interface Answer {
  readonly path?: string;
  readonly data?: string | null;
  readonly stat?: Stat;
  /** Names, sorted. */
  readonly children?: readonly string[];
  /** Of a multi, one for each op; there even when it failed. */
  readonly results?: readonly (Answer & { readonly err: ErrorName })[];
}

export type EventType = 'NODE_CREATED' | 'NODE_DELETED' | 'NODE_DATA_CHANGED' | 'NODE_CHILDREN_CHANGED';

export interface ConnectedFrame extends OnConnection {
  readonly verb: 'zk.connected';
  readonly session: SessionId;
  readonly timeoutMillis: number;
}
export interface ReplyFrame extends OnConnection, Answer {
  readonly verb: 'zk.reply';
  readonly xid: number;
  /** The last transaction that this server has applied. */
  readonly zxid: Zxid;
  readonly err: ErrorName;
}
export interface WatchEventFrame extends OnConnection {
  readonly verb: 'zk.watchEvent';
  readonly type: EventType;
  readonly path: string;
}
/** not-serving: it has no leader; ahead: you have seen more than this server knows; session-ended: expired or closed. */
export interface ClosedFrame extends OnConnection {
  readonly verb: 'zk.closed';
  readonly why: 'not-serving' | 'ahead' | 'session-ended';
}
export interface PongFrame extends OnConnection {
  readonly verb: 'zk.pong';
  readonly zxid: Zxid;
}
/** What a server says to a client. */
export type ServerFrame = ConnectedFrame | ReplyFrame | WatchEventFrame | ClosedFrame | PongFrame;

/** The client's end of a request: where its answer goes. */
export interface Origin {
  /** The server that the client is connected with; '' = nobody waits (an expiry). */
  readonly server: PartId;
  readonly client: PartId;
  readonly connection: number;
  readonly session: SessionId;
  readonly xid: number;
}
