import type { PartId } from '../../../base/index.ts';
import type { Answer, ErrorName, EventType, Origin, SessionId, Zxid } from '../frames.ts';
import { nameOf, newZnode, parentOf, statOf, type Znode } from './znode.ts';

/** A session as every server of the ensemble knows it. Never changed. */
export interface Session {
  readonly client: PartId;
  readonly timeoutMillis: number;
}

/** What a transaction does, worked out by the leader: each server applies it to the same end. */
export type Change =
  | { readonly type: 'create'; readonly path: string; readonly data: string | null; readonly owner: SessionId; readonly created: number }
  | { readonly type: 'set'; readonly path: string; readonly data: string | null; readonly version: number }
  | { readonly type: 'delete'; readonly path: string }
  | { readonly type: 'check'; readonly path: string }
  | { readonly type: 'multi'; readonly changes: readonly Change[] }
  | { readonly type: 'open'; readonly session: SessionId; readonly record: Session }
  | { readonly type: 'close'; readonly session: SessionId; readonly paths: readonly string[]; readonly why: 'closed' | 'expired' }
  /** A request that failed takes a number, too. */
  | { readonly type: 'error'; readonly err: ErrorName; readonly results?: Answer['results'] };

/** A change with its number. Never changed: servers, frames and checkpoints share it. */
export interface Txn {
  readonly zxid: Zxid;
  readonly origin: Origin;
  readonly change: Change;
}

/** Znodes by path: the tree itself, or what it will be when all that is proposed is committed. */
export interface Store {
  get(path: string): Znode | undefined;
  put(path: string, znode: Znode): void;
  drop(path: string): void;
}

/** Something that happened to a path, in order: what watches wait for. */
export interface TreeEvent {
  readonly what: 'created' | 'deleted' | 'changed';
  readonly path: string;
  readonly owner: SessionId;
}

export interface Tree {
  znodes: Map<string, Znode>;
  sessions: Map<SessionId, Session>;
}
export interface Snapshot {
  readonly zxid: Zxid;
  readonly znodes: readonly (readonly [string, Znode])[];
  readonly sessions: readonly (readonly [SessionId, Session])[];
}

/** As a server finds it when it starts for the first time: with the branch that ZooKeeper keeps for itself. */
export function freshTree(): Tree {
  const leaf = newZnode(null, 0, 0);
  return {
    znodes: new Map<string, Znode>([
      ['/', { ...leaf, children: ['zookeeper'] }],
      ['/zookeeper', { ...leaf, children: ['config', 'quota'] }],
      ['/zookeeper/config', leaf],
      ['/zookeeper/quota', leaf],
    ]),
    sessions: new Map(),
  };
}

/** Paths that nobody may delete. */
export const RESERVED: ReadonlySet<string> = new Set(['/', '/zookeeper', '/zookeeper/config', '/zookeeper/quota']);

export function copyTree({ znodes, sessions }: Tree): Tree {
  return { znodes: new Map(znodes), sessions: new Map(sessions) };
}

export function treeStore({ znodes }: Tree): Store {
  return {
    get: (path) => znodes.get(path),
    put: (path, znode) => znodes.set(path, znode),
    drop: (path) => znodes.delete(path),
  };
}

/** Carries a change out on znodes; returns what happened. Sessions are not looked at. */
export function applyChange(store: Store, change: Change, zxid: Zxid): readonly TreeEvent[] {
  switch (change.type) {
    case 'create': {
      const { path, data, owner, created } = change;
      const parent = store.get(parentOf(path));
      if (!parent) return [];
      store.put(path, newZnode(data, zxid, owner));
      store.put(parentOf(path), { ...parent, created, children: [...parent.children, nameOf(path)], pzxid: zxid });
      return [{ what: 'created', path, owner }];
    }
    case 'set': {
      const { path, data, version } = change;
      const known = store.get(path);
      if (!known) return [];
      store.put(path, { ...known, data, version, mzxid: zxid });
      return [{ what: 'changed', path, owner: known.ephemeralOwner }];
    }
    case 'delete':
      return drop(store, change.path, zxid);
    case 'multi':
      return change.changes.flatMap((one) => applyChange(store, one, zxid));
    case 'close':
      return change.paths.flatMap((path) => drop(store, path, zxid));
    default:
      return [];
  }
}

function drop(store: Store, path: string, zxid: Zxid): readonly TreeEvent[] {
  const known = store.get(path);
  if (!known) return [];
  store.drop(path);
  const parent = store.get(parentOf(path));
  const name = nameOf(path);
  if (parent) store.put(parentOf(path), { ...parent, children: parent.children.filter((child) => child !== name), pzxid: zxid });
  return [{ what: 'deleted', path, owner: known.ephemeralOwner }];
}

/** What the client hears of its request, once it has been carried out. */
export function answerOf(store: Pick<Store, 'get'>, change: Change): Answer & { readonly err: ErrorName } {
  switch (change.type) {
    case 'create':
      return { err: '', path: change.path };
    case 'set': {
      const znode = store.get(change.path);
      return znode ? { err: '', stat: statOf(znode) } : { err: '' };
    }
    case 'multi':
      return { err: '', results: change.changes.map((one) => answerOf(store, one)) };
    case 'error':
      return change.results ? { err: change.err, results: change.results } : { err: change.err };
    default:
      return { err: '' };
  }
}

/** What watches on a path are told of an event: those on its data, and those on the children of its parent. */
export const EVENT_TYPES: { readonly [what in TreeEvent['what']]: EventType } = {
  created: 'NODE_CREATED',
  deleted: 'NODE_DELETED',
  changed: 'NODE_DATA_CHANGED',
};
