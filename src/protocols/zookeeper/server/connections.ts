import type { LineId, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { Answer, ClosedFrame, ErrorName, EventType, Origin, ReadFrame, ServerFrame, Zxid } from '../frames.ts';
import { EVENT_TYPES, parentOf, statOf, type TreeEvent } from '../tree/index.ts';
import type { Connection, Server, Watches } from './state.ts';

/** Clients of this server: what they are told, and what they wait for. */

export function say(connection: Connection, frame: ServerFrame, x: Context): void {
  x.send(x.wiring.self.id, connection.client, connection.line, frame);
}

/** The connection that a request came by, if it is still there. */
export function connectionOf(
  server: Server,
  { client, connection: number }: Pick<Origin, 'client' | 'connection'>,
): Connection | undefined {
  const found = server.connections.get(client);
  return found?.number === number ? found : undefined;
}

/** A connection ends; its session goes on. */
export function forget(server: Server, client: PartId): void {
  server.connections.delete(client);
  for (const watches of [server.dataWatches, server.childWatches])
    for (const [path, clients] of watches) {
      if (!clients.includes(client)) continue;
      if (clients.length === 1) watches.delete(path);
      else
        watches.set(
          path,
          clients.filter((one) => one !== client),
        );
    }
}

export function close(server: Server, connection: Connection, why: ClosedFrame['why'], x: Context): void {
  forget(server, connection.client);
  say(connection, { verb: 'zk.closed', connection: connection.number, why }, x);
}

/** This server can't serve any more: its clients must look for another one. */
export function closeAll(server: Server, x: Context): void {
  for (const connection of [...server.connections.values()]) close(server, connection, 'not-serving', x);
}

/** Tells someone that is not connected. */
export function refuse(client: PartId, line: LineId, number: number, why: ClosedFrame['why'], x: Context): void {
  x.send(x.wiring.self.id, client, line, { verb: 'zk.closed', connection: number, why } as ClosedFrame);
}

export function reply(server: Server, connection: Connection, xid: number, answer: Answer & { readonly err: ErrorName }, x: Context): void {
  say(connection, { verb: 'zk.reply', connection: connection.number, xid, zxid: server.zxid, ...answer }, x);
}

/** The write at the head of the line is answered: the reads behind it have their turn. */
export function answerWrite(
  server: Server,
  connection: Connection,
  xid: number,
  answer: Answer & { readonly err: ErrorName },
  x: Context,
): void {
  connection.waiting = connection.waiting.filter((one) => one.xid !== xid || 'read' in one);
  reply(server, connection, xid, answer, x);
  for (let [next] = connection.waiting; next && 'read' in next; [next] = connection.waiting) {
    connection.waiting = connection.waiting.slice(1);
    read(server, connection, next.read, x);
  }
}

/** A read is answered from this server's own tree, in its turn. */
export function read(server: Server, connection: Connection, request: ReadFrame, x: Context): void {
  const { xid } = request;
  if (request.verb === 'zk.setWatches') {
    setWatches(server, connection, request, x);
    reply(server, connection, xid, { err: '' }, x);
    return;
  }
  const { path, watch } = request;
  const znode = server.tree.znodes.get(path);
  if (watch && (znode || request.verb === 'zk.exists'))
    addWatch(request.verb === 'zk.children' ? server.childWatches : server.dataWatches, path, connection.client);
  if (!znode) {
    reply(server, connection, xid, { err: 'NO_NODE' }, x);
    return;
  }
  const stat = statOf(znode);
  if (request.verb === 'zk.get') reply(server, connection, xid, { err: '', data: znode.data, stat }, x);
  else if (request.verb === 'zk.exists') reply(server, connection, xid, { err: '', stat }, x);
  else reply(server, connection, xid, { err: '', children: [...znode.children].sort(), stat }, x);
}

function addWatch(watches: Watches, path: string, client: PartId): void {
  const known = watches.get(path) ?? [];
  if (!known.includes(client)) watches.set(path, [...known, client]);
}

/** Watches of a client that comes from another server: what has happened meanwhile is told now. */
function setWatches(server: Server, connection: Connection, frame: ReadFrame & { readonly verb: 'zk.setWatches' }, x: Context): void {
  const { relativeZxid, dataWatches, existWatches, childWatches } = frame;
  const missed = (path: string, type: EventType) => fire(connection, path, type, x);
  const since = (zxid: Zxid) => zxid > relativeZxid;
  for (const path of dataWatches) {
    const znode = server.tree.znodes.get(path);
    if (!znode) missed(path, 'NODE_DELETED');
    else if (since(znode.mzxid)) missed(path, 'NODE_DATA_CHANGED');
    else addWatch(server.dataWatches, path, connection.client);
  }
  for (const path of existWatches) {
    if (server.tree.znodes.has(path)) missed(path, 'NODE_CREATED');
    else addWatch(server.dataWatches, path, connection.client);
  }
  for (const path of childWatches) {
    const znode = server.tree.znodes.get(path);
    if (!znode) missed(path, 'NODE_DELETED');
    else if (since(znode.pzxid)) missed(path, 'NODE_CHILDREN_CHANGED');
    else addWatch(server.childWatches, path, connection.client);
  }
}

/** Whoever waits for this event is told, once. Who is told of a deletion is told once, even if he watches data and children. */
export function trigger(server: Server, { what, path }: TreeEvent, x: Context): void {
  const type = EVENT_TYPES[what];
  const told = fireAll(server, server.dataWatches, path, type, [], x);
  if (what === 'changed') return;
  if (what === 'deleted') fireAll(server, server.childWatches, path, type, told, x);
  fireAll(server, server.childWatches, parentOf(path), 'NODE_CHILDREN_CHANGED', [], x);
}

function fireAll(server: Server, watches: Watches, path: string, type: EventType, told: readonly PartId[], x: Context): readonly PartId[] {
  const clients = watches.get(path);
  if (!clients) return [];
  watches.delete(path);
  for (const client of clients) {
    const connection = server.connections.get(client);
    if (connection && !told.includes(client)) fire(connection, path, type, x);
  }
  return clients;
}

function fire(connection: Connection, path: string, type: EventType, x: Context): void {
  x.fact('watch.fired', x.wiring.self.id, 0, connection.line, '', { path, type, client: connection.client });
  say(connection, { verb: 'zk.watchEvent', connection: connection.number, type, path }, x);
}
