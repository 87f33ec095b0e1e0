import type { Answer, CreateOp, ErrorName, SessionId, SingleOp, Zxid } from '../frames.ts';
import { applyChange, type Change, RESERVED, type Store } from './tree.ts';
import { isValidPath, parentOf, sequence, type Znode } from './znode.ts';

/*
 * The leader works out what a request does, in view of all that is proposed already; what can't be done becomes an error,
 * which takes its turn like any other transaction. The order of the checks is the server's own.
 */

/** A store on top of another one: what is changed stays here. */
export function layer(below: Pick<Store, 'get'>, changed: Map<string, Znode | undefined>): Store {
  return {
    get: (path) => (changed.has(path) ? changed.get(path) : below.get(path)),
    put: (path, znode) => changed.set(path, znode),
    drop: (path) => changed.set(path, undefined),
  };
}

function failure(err: ErrorName): Change {
  return { type: 'error', err };
}

/** What one op of a session comes to. */
export function prepare(store: Pick<Store, 'get'>, op: SingleOp, session: SessionId): Change {
  if (op.op === 'create') return prepareCreate(store, op, session);
  if (!isValidPath(op.path) || (op.op === 'delete' && RESERVED.has(op.path))) return failure('BAD_ARGUMENTS');
  const znode = store.get(op.path);
  if (!znode) return failure('NO_NODE');
  if (op.version !== -1 && op.version !== znode.version) return failure('BAD_VERSION');
  switch (op.op) {
    case 'set':
      return { type: 'set', path: op.path, data: op.data, version: znode.version + 1 };
    case 'delete':
      return znode.children.length > 0 ? failure('NOT_EMPTY') : { type: 'delete', path: op.path };
    case 'check':
      return { type: 'check', path: op.path };
  }
}

/** Sequential names take the number of children ever created below their parent, whatever these were called. */
function prepareCreate(store: Pick<Store, 'get'>, op: CreateOp, session: SessionId): Change {
  const { mode, data } = op;
  const isSequential = mode.endsWith('SEQUENTIAL');
  if (!op.path.startsWith('/')) return failure('BAD_ARGUMENTS');
  const parent = store.get(parentOf(op.path));
  if (!parent) return failure('NO_NODE');
  const path = isSequential ? op.path + sequence(parent.created) : op.path;
  if (!isValidPath(path) || path === '/') return failure('BAD_ARGUMENTS');
  if (store.get(path)) return failure('NODE_EXISTS');
  if (parent.ephemeralOwner !== 0) return failure('NO_CHILDREN_FOR_EPHEMERALS');
  return { type: 'create', path, data, owner: mode.startsWith('EPHEMERAL') ? session : 0, created: parent.created + 1 };
}

/** All ops or none: the first that fails names the error, those after it are not looked at. */
export function prepareMulti(store: Store, ops: readonly SingleOp[], session: SessionId, zxid: Zxid): Change {
  const trial = layer(store, new Map());
  const changes: Change[] = [];
  for (const [i, op] of ops.entries()) {
    const change = prepare(trial, op, session);
    if (change.type === 'error') return { type: 'error', err: change.err, results: failedResults(ops.length, i, change.err) };
    applyChange(trial, change, zxid);
    changes.push(change);
  }
  return { type: 'multi', changes };
}

function failedResults(count: number, at: number, err: ErrorName): Answer['results'] {
  return Array.from({ length: count }, (_, i) => ({ err: i < at ? '' : i === at ? err : 'RUNTIME_INCONSISTENCY' }));
}
