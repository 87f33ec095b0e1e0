import { fromMillis, micros, type PartId } from '../../../../../base/index.ts';
import type { Context, Frame } from '../../../../../engine/index.ts';
import type { ZkAnswer, ZkWatchEvent } from '../../../controller/index.ts';
import { ZOOKEEPER } from '../../../kinds.ts';
import type { ClientOp, ConnectFrame, PingFrame, ServerFrame } from './frames.ts';
import type { Asked, Purpose, ZkClient } from './state.ts';

/*
 * A client of ZooKeeper as a broker has it: it keeps its session alive, moves to another drawn server when its own is gone or
 * silent, sends again what was not answered, and learns that its session has expired only from a server.
 */

/** What has happened that the broker should know. */
export type ClientNews =
  | { readonly type: 'opened'; readonly session: number }
  | { readonly type: 'expired' }
  | { readonly type: 'reply'; readonly asked: Asked; readonly answer: ZkAnswer }
  | { readonly type: 'watch'; readonly event: ZkWatchEvent; readonly path: string };

/** A client that has found no server waits between half a second and a whole one. */
const PAUSE = 500;

/** Tries the next server that is not known to be away. */
export function connect(client: ZkClient, x: Context): void {
  const lines = x.wiring.linesOut(ZOOKEEPER);
  const open = lines.filter(({ to }) => !client.away.has(to));
  if (open.length === 0) {
    // Whoever is back is told of.
    client.status = 'idle';
    return;
  }
  let line = lines[client.next % lines.length];
  while (line && client.away.has(line.to)) line = lines[++client.next % lines.length];
  if (!line) return;
  client.next++;
  client.attempts++;
  Object.assign(client, { status: 'connecting', server: line.to, line: line.id, connection: client.connection + 1 });
  const { connection, session, timeoutMillis, seen: lastZxidSeen } = client;
  send(client, { verb: 'zk.connect', connection, session, timeoutMillis, lastZxidSeen } as ConnectFrame, x);
  // Time to try all servers before the session is over.
  x.wake({ name: 'zk.retry', connection }, micros(Math.floor(fromMillis(timeoutMillis) / lines.length)));
}

/** The connection is gone; the session may live on. */
export function disconnected(client: ZkClient, x: Context): void {
  client.asked = client.asked.filter(({ op }) => op.op !== 'setWatches').map((one) => ({ ...one, xid: 0 }));
  client.status = 'idle';
  client.server = '';
  client.connection++;
  if (client.attempts < x.wiring.linesOut(ZOOKEEPER).length) {
    connect(client, x);
    return;
  }
  client.attempts = 0;
  client.status = 'connecting';
  x.wake({ name: 'zk.retry', connection: client.connection }, micros(fromMillis(PAUSE) + x.random(fromMillis(PAUSE))));
}

/** No server has answered in time, or the pause is over. */
export function retry(client: ZkClient, connection: number, x: Context): void {
  if (client.connection === connection && client.status === 'connecting') connect(client, x);
}

export function ping(client: ZkClient, connection: number, x: Context): void {
  if (client.connection !== connection || client.status !== 'connected') return;
  const third = Math.floor(fromMillis(client.timeoutMillis) / 3);
  // Silence for two thirds of the session: this server is as good as gone.
  if (x.now - client.heardAt >= 2 * third) {
    disconnected(client, x);
    return;
  }
  send(client, { verb: 'zk.ping', connection } as PingFrame, x);
  x.wake({ name: 'zk.ping', connection }, micros(third));
}

export function serverAway(client: ZkClient, server: PartId, x: Context): void {
  client.away.add(server);
  if (client.server === server) disconnected(client, x);
}

export function serverBack(client: ZkClient, server: PartId, x: Context): void {
  client.away.delete(server);
  if (client.status === 'idle') connect(client, x);
}

/** Lines to servers came or went. */
export function rewired(client: ZkClient, x: Context): void {
  const lines = x.wiring.linesOut(ZOOKEEPER);
  if (client.server !== '' && !lines.some(({ to }) => to === client.server)) disconnected(client, x);
  else if (client.status === 'idle') connect(client, x);
}

export function askZooKeeper(client: ZkClient, op: ClientOp, purpose: Purpose, x: Context): void {
  const isOpen = client.status === 'connected';
  const asked: Asked = { xid: isOpen ? ++client.xid : 0, op, purpose };
  client.asked = [...client.asked, asked];
  if (isOpen) sendAsked(client, asked, x);
}

function sendAsked(client: ZkClient, { xid, op: whole }: Asked, x: Context): void {
  const { op, ...rest } = whole;
  const frame: Frame & { readonly connection: number; readonly xid: number } = {
    ...rest,
    verb: `zk.${op}`,
    connection: client.connection,
    xid,
  };
  send(client, frame, x);
}

function send(client: ZkClient, frame: Frame, x: Context): void {
  x.send(x.wiring.self.id, client.server, client.line, frame);
}

/** A frame of the server's. */
export function hearServer(client: ZkClient, from: PartId, frame: ServerFrame, x: Context): ClientNews | undefined {
  if (from !== client.server || frame.connection !== client.connection) return undefined;
  client.heardAt = x.now;
  switch (frame.verb) {
    case 'zk.connected':
      return connected(client, frame.session, frame.timeoutMillis, x);
    case 'zk.closed':
      disconnected(client, x);
      return undefined;
    case 'zk.watchEvent':
      watchFired(client, frame.type, frame.path);
      return { type: 'watch', event: frame.type, path: frame.path };
    case 'zk.reply': {
      client.seen = Math.max(client.seen, frame.zxid);
      const [asked] = client.asked;
      if (asked?.xid !== frame.xid) return undefined;
      client.asked = client.asked.slice(1);
      noteWatch(client, asked.op, frame.err);
      return { type: 'reply', asked, answer: frame };
    }
    case 'zk.pong':
      return undefined;
  }
}

function connected(client: ZkClient, session: number, timeoutMillis: number, x: Context): ClientNews | undefined {
  if (session === 0) {
    client.session = 0;
    client.seen = 0;
    for (const watches of [client.dataWatches, client.existWatches, client.childWatches]) watches.clear();
    return { type: 'expired' };
  }
  const isNew = client.session === 0;
  Object.assign(client, { status: 'connected', session, timeoutMillis, attempts: 0 });
  const { connection } = client;
  x.wake({ name: 'zk.ping', connection }, micros(Math.floor(fromMillis(timeoutMillis) / 3)));
  const waiting = client.asked;
  client.asked = [];
  if (!isNew) repeatWatches(client, x);
  for (const { op, purpose } of waiting) askZooKeeper(client, op, purpose, x);
  return isNew ? { type: 'opened', session } : undefined;
}

function repeatWatches(client: ZkClient, x: Context): void {
  const { dataWatches, existWatches, childWatches, seen: relativeZxid } = client;
  if (dataWatches.size + existWatches.size + childWatches.size === 0) return;
  const lists = { dataWatches: [...dataWatches], existWatches: [...existWatches], childWatches: [...childWatches] };
  askZooKeeper(client, { op: 'setWatches', relativeZxid, ...lists }, { for: 'nothing' }, x);
}

/** A watch on a znode that is not there waits for its creation. */
function noteWatch(client: ZkClient, op: ClientOp, err: string): void {
  if (!('watch' in op) || !op.watch) return;
  if (err === '') (op.op === 'children' ? client.childWatches : client.dataWatches).add(op.path);
  else if (op.op === 'exists') client.existWatches.add(op.path);
}

function watchFired(client: ZkClient, event: ZkWatchEvent, path: string): void {
  const { dataWatches, existWatches, childWatches } = client;
  if (event === 'NODE_CHILDREN_CHANGED' || event === 'NODE_DELETED') childWatches.delete(path);
  if (event === 'NODE_CHILDREN_CHANGED') return;
  dataWatches.delete(path);
  if (event !== 'NODE_DELETED') existWatches.delete(path);
}
