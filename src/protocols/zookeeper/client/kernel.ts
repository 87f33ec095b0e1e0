import { fromMillis, type Json, type JsonObject, type Micros, micros } from '../../../base/index.ts';
import type { Context, Kernel } from '../../../engine/index.ts';
import type { ClientFrame, ReplyFrame, ServerFrame } from '../frames.ts';
import { type ClientWatches, copyClient, emptyClient, endSession, type ScriptClient, type ScriptDeed } from './state.ts';

/*
 * A client without a will of its own, as a usual client library is: it keeps its session alive, moves to another server when
 * its own is gone, and repeats its watches there. `client.saw`: why = watch | state; data {type, path} or {state}.
 * `client.replied`: data {step, reply} or {step, error}.
 */
export const clientKernel: Kernel<ScriptClient> = {
  kind: 'zookeeper/client',
  models: 'zookeeper.client',
  omits: [],

  start(x) {
    return emptyClient(x.wiring.lines.map(({ id, to }) => ({ id: to, line: id })));
  },

  receive(client, input, x) {
    switch (input.type) {
      case 'command':
        perform(client, input.args as unknown as ScriptDeed, x);
        return;
      case 'frame':
        if (input.from === client.server) hear(client, input.frame as ServerFrame, x);
        return;
      case 'peer':
        if (!input.up && input.node === client.server) disconnected(client, x);
        return;
      case 'timer':
        if (input.timer['connection'] !== client.connection) return;
        if (input.timer.name === 'ping') ping(client, x);
        else if (client.status === 'connecting') connect(client, x);
        return;
      default:
    }
  },

  crash: endSession,
  leave() {},
  copy: copyClient,
  describe: (client, wiring) =>
    new Map([[wiring.self.id, { status: 'up', figures: [{ key: 'connected', value: client.status === 'connected' }], details: [] }]]),
  invariants: () => undefined,
};

function send(client: ScriptClient, frame: ClientFrame, x: Context): void {
  x.send(x.wiring.self.id, client.server, client.line, frame);
}

function perform(client: ScriptClient, deed: ScriptDeed, x: Context): void {
  if (client.status === 'connected') {
    ask(client, deed, x);
    return;
  }
  client.queued = [...client.queued, deed];
  if (client.status === 'connecting') return;
  client.timeoutMillis = deed.timeoutMillis;
  connect(client, x);
}

/** Tries the next server. */
function connect(client: ScriptClient, x: Context): void {
  const server = client.servers[client.next % client.servers.length];
  if (!server) return;
  client.next++;
  client.attempts++;
  client.status = 'connecting';
  client.server = server.id;
  client.line = server.line;
  client.connection++;
  const { connection, session, timeoutMillis, seen } = client;
  send(client, { verb: 'zk.connect', connection, session, timeoutMillis, lastZxidSeen: seen }, x);
  // Time to try all servers before the session is over.
  x.wake({ name: 'retry', connection }, fromMillis(timeoutMillis / client.servers.length));
}

/** When all servers have been tried it waits a moment, so that it does not ask without end. */
function disconnected(client: ScriptClient, x: Context): void {
  if (client.status === 'idle') return;
  for (const { deed } of client.asked) if (deed) failed(deed.step, 'CONNECTION_LOSS', x);
  client.asked = [];
  client.status = 'connecting';
  client.server = '';
  if (client.attempts < client.servers.length) {
    connect(client, x);
    return;
  }
  client.attempts = 0;
  x.wake({ name: 'retry', connection: ++client.connection }, micros(fromMillis(500) + x.random(fromMillis(500))));
}

function ping(client: ScriptClient, x: Context): void {
  if (client.status !== 'connected') return;
  const { connection } = client;
  send(client, { verb: 'zk.ping', connection }, x);
  x.wake({ name: 'ping', connection }, micros(fromMillis(client.timeoutMillis) / 3) as Micros);
}

function ask(client: ScriptClient, deed: ScriptDeed, x: Context): void {
  const { op, ...rest } = deed.request;
  const xid = ++client.xid;
  client.asked = [...client.asked, { xid, deed }];
  send(client, { ...rest, verb: `zk.${op}`, connection: client.connection, xid } as ClientFrame, x);
}

function hear(client: ScriptClient, frame: ServerFrame, x: Context): void {
  if (frame.connection !== client.connection) return;
  switch (frame.verb) {
    case 'zk.connected':
      connected(client, frame.session, frame.timeoutMillis, x);
      return;
    case 'zk.closed':
      disconnected(client, x);
      return;
    case 'zk.watchEvent':
      watched(client, frame.type, frame.path, x);
      return;
    case 'zk.reply':
      replied(client, frame, x);
      return;
    case 'zk.pong':
  }
}

function connected(client: ScriptClient, session: number, timeoutMillis: number, x: Context): void {
  if (session === 0) {
    const { queued } = client;
    endSession(client);
    saw('state', { state: 'EXPIRED' }, x);
    for (const deed of queued) failed(deed.step, 'SESSION_EXPIRED', x);
    return;
  }
  Object.assign(client, { status: 'connected', session, timeoutMillis, attempts: 0 });
  const { connection, dataWatches, existWatches, childWatches, queued } = client;
  x.wake({ name: 'ping', connection }, micros(fromMillis(timeoutMillis) / 3) as Micros);
  const paths = (watches: ClientWatches) => [...watches.keys()];
  if (dataWatches.size + existWatches.size + childWatches.size > 0) {
    const xid = ++client.xid;
    client.asked = [...client.asked, { xid, deed: undefined }];
    const lists = { dataWatches: paths(dataWatches), existWatches: paths(existWatches), childWatches: paths(childWatches) };
    send(client, { verb: 'zk.setWatches', connection, xid, relativeZxid: client.seen, ...lists }, x);
  }
  client.queued = [];
  for (const deed of queued) ask(client, deed, x);
}

/** Every call that asked for this event is told, each once. */
function watched(client: ScriptClient, type: string, path: string, x: Context): void {
  const { dataWatches, existWatches, childWatches } = client;
  const heeding: readonly ClientWatches[] =
    type === 'NODE_CHILDREN_CHANGED' ? [childWatches] : type === 'NODE_DELETED' ? [dataWatches, childWatches] : [dataWatches, existWatches];
  for (const watches of heeding) {
    const count = watches.get(path) ?? 0;
    watches.delete(path);
    for (let i = 0; i < count; i++) saw('watch', { type, path }, x);
  }
}

function replied(client: ScriptClient, frame: ReplyFrame, x: Context): void {
  client.seen = Math.max(client.seen, frame.zxid);
  const [call] = client.asked;
  if (call?.xid !== frame.xid) return;
  client.asked = client.asked.slice(1);
  const { deed } = call;
  if (!deed) return;
  const { request, step } = deed;
  if ('watch' in request && request.watch) note(client, request.op, request.path, frame.err);
  if (request.op === 'close') endSession(client);
  if (frame.err !== '' && !(request.op === 'exists' && frame.err === 'NO_NODE')) failed(step, frame.err, x);
  else x.fact('client.replied', x.wiring.self.id, 0, '', '', { step, reply: frame as unknown as Json });
}

/** A watch on a znode that is not there waits for its creation. */
function note(client: ScriptClient, op: string, path: string, err: string): void {
  const watches =
    err === '' ? (op === 'children' ? client.childWatches : client.dataWatches) : op === 'exists' ? client.existWatches : undefined;
  watches?.set(path, (watches.get(path) ?? 0) + 1);
}

function saw(why: 'watch' | 'state', data: JsonObject, x: Context): void {
  x.fact('client.saw', x.wiring.self.id, 0, '', why, data);
}

function failed(step: number, name: string, x: Context): void {
  x.fact('client.replied', x.wiring.self.id, 0, '', '', { step, error: { name } });
}
