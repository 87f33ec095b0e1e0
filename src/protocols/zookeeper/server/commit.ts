import type { Context } from '../../../engine/index.ts';
import type { SessionId, Zxid } from '../frames.ts';
import { answerOf, applyChange, type TreeEvent, type Txn, treeStore } from '../tree/index.ts';
import { answerWrite, close, connectionOf, say, trigger } from './connections.ts';
import { type Connection, remember, type Server } from './state.ts';

/** Carries out what is pending, up to a number: every server does it in the same order. */
export function commitUpTo(server: Server, zxid: Zxid, x: Context): void {
  let done = 0;
  for (const txn of server.pending) {
    if (txn.zxid > zxid) break;
    done++;
  }
  if (done === 0) return;
  const txns = server.pending.slice(0, done);
  server.pending = server.pending.slice(done);
  for (const txn of txns) commit(server, txn, x);
}

/** Watches fire before anybody can read what has changed. */
function commit(server: Server, txn: Txn, x: Context): void {
  const { change, zxid } = txn;
  const store = treeStore(server.tree);
  server.zxid = zxid;
  remember(server, txn);
  if (change.type === 'open') server.tree.sessions.set(change.session, change.record);
  if (change.type === 'close') endSession(server, change.session, change.why, x);
  const events = applyChange(store, change, zxid);
  const why = change.type === 'close' ? `session-${change.why}` : '';
  for (const event of events) {
    if (server.role === 'leading') tellEvent(event, server, why, x);
    trigger(server, event, x);
  }
  finish(server, txn, x);
  if (change.type === 'close')
    for (const connection of [...server.connections.values()])
      if (connection.session === change.session) close(server, connection, 'session-ended', x);
}

/** All servers do it; the leader says so. */
function tellEvent({ what, path, owner }: TreeEvent, server: Server, why: string, x: Context): void {
  const version = what === 'changed' ? { version: server.tree.znodes.get(path)?.version ?? 0 } : {};
  x.fact(`znode.${what}`, x.wiring.self.id, 0, '', why, { path, owner, ...version });
}

function endSession(server: Server, session: SessionId, why: 'closed' | 'expired', x: Context): void {
  const record = server.tree.sessions.get(session);
  server.tree.sessions.delete(session);
  if (server.role === 'leading' && record) x.fact(`session.${why}`, x.wiring.self.id, 0, '', '', { session, client: record.client });
}

/** The client that asked is connected here: it has its answer. */
function finish(server: Server, { origin, change }: Txn, x: Context): void {
  if (origin.server !== x.wiring.self.id) return;
  const connection = connectionOf(server, origin);
  if (!connection) return;
  if (change.type === 'open') {
    openSession(connection, change.session, change.record.timeoutMillis, 'opened', x);
    return;
  }
  if (connection.session === origin.session) answerWrite(server, connection, origin.xid, answerOf(treeStore(server.tree), change), x);
}

/** The client is told that it has its session, or has it again. */
export function openSession(connection: Connection, session: SessionId, timeoutMillis: number, how: 'opened' | 'moved', x: Context): void {
  connection.session = session;
  x.fact(`session.${how}`, x.wiring.self.id, 0, connection.line, '', { session, client: connection.client, timeoutMillis });
  say(connection, { verb: 'zk.connected', connection: connection.number, session, timeoutMillis }, x);
}
