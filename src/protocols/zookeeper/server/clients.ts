import type { LineId, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { ClientFrame, ConnectFrame, Origin, SessionId, WriteFrame, WriteOp } from '../frames.ts';
import { openSession } from './commit.ts';
import { connectionOf, forget, read, refuse, say } from './connections.ts';
import type { Wanted } from './frames.ts';
import { propose, touch } from './lead.ts';
import { tell, tick } from './peers.ts';
import type { Connection, Server } from './state.ts';

/** Limits of what a client may ask for as its time-out, in ticks. */
const TICKS_MIN = 2;
const TICKS_MAX = 20;

export function receiveFromClient(server: Server, client: PartId, line: LineId, frame: ClientFrame, x: Context): void {
  if (frame.verb === 'zk.connect') {
    connect(server, client, line, frame, x);
    return;
  }
  const connection = connectionOf(server, { client, connection: frame.connection });
  if (!connection || connection.session === 0) return;
  hearOf(server, connection.session, x);
  switch (frame.verb) {
    case 'zk.ping':
      say(connection, { verb: 'zk.pong', connection: connection.number, zxid: server.zxid }, x);
      return;
    case 'zk.get':
    case 'zk.exists':
    case 'zk.children':
    case 'zk.setWatches':
      if (connection.waiting.length === 0) read(server, connection, frame, x);
      else connection.waiting = [...connection.waiting, { xid: frame.xid, read: frame }];
      return;
    default:
      connection.waiting = [...connection.waiting, { xid: frame.xid }];
      submit(server, originOf(connection, frame.xid, x), opOf(frame), x);
  }
}

/** The request without what belongs to the frame. */
function opOf(frame: WriteFrame): WriteOp {
  switch (frame.verb) {
    case 'zk.create':
      return { op: 'create', path: frame.path, data: frame.data, mode: frame.mode };
    case 'zk.set':
      return { op: 'set', path: frame.path, data: frame.data, version: frame.version };
    case 'zk.delete':
      return { op: 'delete', path: frame.path, version: frame.version };
    case 'zk.multi':
      return { op: 'multi', ops: frame.ops };
    case 'zk.close':
      return { op: 'close' };
  }
}

function originOf({ client, number, session }: Connection, xid: number, x: Context): Origin {
  return { server: x.wiring.self.id, client, connection: number, session, xid };
}

/** Only the leader decides. */
function submit(server: Server, origin: Origin, wanted: Wanted, x: Context): void {
  if (server.role === 'leading') propose(server, origin, wanted, x);
  else tell(server.leader, { verb: 'zk.request', origin, wanted }, x);
}

/** A session was heard of; the leader counts, a follower reports to him. */
function hearOf(server: Server, session: SessionId, x: Context): void {
  if (server.role === 'leading') touch(server, session, x);
  else server.touched.add(session);
}

function connect(server: Server, client: PartId, line: LineId, frame: ConnectFrame, x: Context): void {
  forget(server, client);
  const why = !server.isServing ? 'not-serving' : frame.lastZxidSeen > server.zxid ? 'ahead' : undefined;
  if (why !== undefined) {
    refuse(client, line, frame.connection, why, x);
    return;
  }
  const connection: Connection = { client, line, number: frame.connection, session: 0, waiting: [] };
  server.connections.set(client, connection);
  const origin = { ...originOf(connection, 0, x), session: frame.session };
  if (frame.session === 0) {
    const ticks = tick(x) / 1_000;
    const timeoutMillis = Math.min(Math.max(frame.timeoutMillis, TICKS_MIN * ticks), TICKS_MAX * ticks);
    submit(server, origin, { op: 'open', timeoutMillis }, x);
  } else if (server.role === 'leading') revalidated(server, origin, lifeOf(server, origin, x), x);
  else tell(server.leader, { verb: 'zk.revalidate', origin }, x);
}

/** The time-out of a session that lives, in ms; 0 when it does not. */
export function lifeOf(server: Server, { session }: Origin, x: Context): number {
  if (server.leadership?.ending.has(session)) return 0;
  touch(server, session, x);
  return server.tree.sessions.get(session)?.timeoutMillis ?? 0;
}

/** A client has come with a session that it had: the leader has said whether it lives. */
export function revalidated(server: Server, origin: Origin, timeoutMillis: number, x: Context): void {
  const connection = connectionOf(server, origin);
  if (!connection) return;
  if (timeoutMillis > 0) {
    openSession(connection, origin.session, timeoutMillis, 'moved', x);
    return;
  }
  say(connection, { verb: 'zk.connected', connection: connection.number, session: 0, timeoutMillis: 0 }, x);
  forget(server, connection.client);
}
