import { fromMillis, type Micros } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { Origin, SessionId, Zxid } from '../frames.ts';
import { applyChange, layer, type Txn, treeStore } from '../tree/index.ts';
import { commitUpTo } from './commit.ts';
import type { Wanted } from './frames.ts';
import { joinLimit, tell, tick, untilNextStroke } from './peers.ts';
import { work } from './request.ts';
import { tellRole } from './roleFacts.ts';
import { EPOCH, emptyLeadership, type Leadership, loggedZxid, majorityOf, type Server } from './state.ts';

/*
 * The leader's half of Zab. Discovery: with most servers here it opens an epoch that none of them knows. Synchronisation: it
 * makes their logs like its own. Broadcast: whatever is wanted becomes a proposal, and is committed when most have logged it.
 */

export function beginLeading(server: Server, x: Context): void {
  const self = x.wiring.self.id;
  server.role = 'leading';
  server.leader = self;
  server.term++;
  const leadership = emptyLeadership();
  server.leadership = leadership;
  for (const [node, epoch] of server.early) leadership.came.set(node, epoch);
  server.early.clear();
  leadership.came.set(self, server.acceptedEpoch);
  x.wake({ name: 'join', term: server.term }, joinLimit(server, x));
  openEpoch(server, leadership, x);
}

export function hearFollowerInfo(server: Server, node: NodeId, epoch: number, x: Context): void {
  const { leadership } = server;
  if (!leadership) {
    // It may lead in a moment; who follows another one says so.
    if (server.role === 'looking') server.early.set(node, epoch);
    else tell(node, { verb: 'zk.notLeading' }, x);
    return;
  }
  loseFollower(server, node);
  leadership.came.set(node, epoch);
  if (leadership.epoch === 0) openEpoch(server, leadership, x);
  else tell(node, { verb: 'zk.leaderInfo', epoch: leadership.epoch }, x);
}

function openEpoch(server: Server, leadership: Leadership, x: Context): void {
  const self = x.wiring.self.id;
  if (leadership.came.size < majorityOf(server)) return;
  leadership.epoch = Math.max(...leadership.came.values()) + 1;
  server.acceptedEpoch = leadership.epoch;
  leadership.agreed.set(self, loggedZxid(server));
  for (const node of leadership.came.keys()) if (node !== self) tell(node, { verb: 'zk.leaderInfo', epoch: leadership.epoch }, x);
  synchronise(server, leadership, x);
}

export function hearAckEpoch(server: Server, node: NodeId, epoch: number, zxid: Zxid, x: Context): void {
  const { leadership } = server;
  if (!leadership || leadership.epoch !== epoch) return;
  leadership.agreed.set(node, zxid);
  synchronise(server, leadership, x);
}

/** Most have agreed to the epoch: each of them gets what it lacks. */
function synchronise(server: Server, leadership: Leadership, x: Context): void {
  const self = x.wiring.self.id;
  if (leadership.agreed.size < majorityOf(server)) return;
  server.currentEpoch = leadership.epoch;
  for (const [node, zxid] of leadership.agreed) {
    if (node === self || leadership.forwarded.has(node)) continue;
    leadership.forwarded.add(node);
    sendSync(server, leadership.epoch, node, zxid, x);
  }
  activate(server, leadership, x);
}

function sendSync(server: Server, epoch: number, node: NodeId, logged: Zxid, x: Context): void {
  const common = { verb: 'zk.newLeader', epoch, committed: server.zxid } as const;
  if (logged < server.historyFrom) {
    const { znodes, sessions } = server.tree;
    const snapshot = { zxid: server.zxid, znodes: [...znodes], sessions: [...sessions] };
    tell(node, { ...common, keep: 0, snapshot, txns: server.pending }, x);
    return;
  }
  const all = [...server.history, ...server.pending];
  const keep = all.findLast(({ zxid }) => zxid <= logged)?.zxid ?? server.historyFrom;
  tell(node, { ...common, keep, snapshot: undefined, txns: all.filter(({ zxid }) => zxid > keep) }, x);
}

/** A follower has logged everything up to a number. */
export function hearAck(server: Server, node: NodeId, epoch: number, zxid: Zxid, x: Context): void {
  const { leadership } = server;
  if (!leadership || leadership.epoch !== epoch || !leadership.forwarded.has(node)) return;
  leadership.logged.set(node, zxid);
  if (!leadership.isActive) activate(server, leadership, x);
  else if (!leadership.synced.has(node)) welcome(server, leadership, node, x);
  commitLogged(server, leadership, x);
}

function welcome(server: Server, leadership: Leadership, node: NodeId, x: Context): void {
  leadership.synced.add(node);
  tell(node, { verb: 'zk.upToDate', epoch: leadership.epoch, committed: server.zxid }, x);
}

/** Most have all that the leader has: that is final now, and service begins. */
function activate(server: Server, leadership: Leadership, x: Context): void {
  if (leadership.isActive || leadership.logged.size + 1 < majorityOf(server)) return;
  leadership.isActive = true;
  server.isServing = true;
  if (server.ensemble.length > 1) tellRole(server, 'leader', leadership.epoch, 'zk-elected', x);
  commitUpTo(server, loggedZxid(server), x);
  for (const session of server.tree.sessions.keys()) touch(server, session, x);
  for (const node of leadership.logged.keys()) welcome(server, leadership, node, x);
  startClock(server, x);
}

export function startClock(server: Server, x: Context): void {
  x.wake({ name: 'stroke', term: server.term }, untilNextStroke(x));
}

/** A session was heard of: it lasts until the first tick after its time-out. */
export function touch(server: Server, session: SessionId, x: Context): void {
  const { leadership, tree } = server;
  const record = tree.sessions.get(session);
  if (record && leadership && !leadership.ending.has(session)) extend(leadership, session, record.timeoutMillis, x);
}

function extend(leadership: Leadership, session: SessionId, timeoutMillis: number, x: Context): void {
  const interval = tick(x);
  const until = x.now + fromMillis(timeoutMillis);
  leadership.expiry.set(session, ((Math.floor(until / interval) + 1) * interval) as Micros);
}

/** Something is wanted: it gets the next number, and everyone is to log it. */
export function propose(server: Server, origin: Origin, wanted: Wanted, x: Context): void {
  const { leadership } = server;
  if (!leadership?.isActive) return;
  const zxid = leadership.epoch * EPOCH + ++leadership.counter;
  const store = layer(treeStore(server.tree), leadership.ahead);
  const isKnown = server.tree.sessions.has(origin.session) && !leadership.ending.has(origin.session);
  const change = work(server, store, origin, wanted, isKnown, zxid);
  if (change.type === 'open') extend(leadership, change.session, change.record.timeoutMillis, x);
  if (change.type === 'close') {
    leadership.ending.add(change.session);
    leadership.expiry.delete(change.session);
  }
  applyChange(store, change, zxid);
  const txn: Txn = { zxid, origin, change };
  server.pending = [...server.pending, txn];
  for (const node of leadership.forwarded) tell(node, { verb: 'zk.proposal', txn }, x);
  commitLogged(server, leadership, x);
}

function commitLogged(server: Server, leadership: Leadership, x: Context): void {
  if (!leadership.isActive) return;
  const logged = [...leadership.logged.values()];
  const needed = majorityOf(server) - 1;
  let last = 0;
  for (const { zxid } of server.pending) {
    if (logged.filter((upTo) => upTo >= zxid).length < needed) break;
    last = zxid;
  }
  if (last === 0) return;
  for (const node of leadership.forwarded) tell(node, { verb: 'zk.commit', zxid: last }, x);
  commitUpTo(server, last, x);
  if (server.pending.length > 0) return;
  leadership.ahead.clear();
  leadership.ending.clear();
}

export function loseFollower(server: Server, node: NodeId): void {
  const { leadership } = server;
  if (!leadership) return;
  const { came, agreed, logged, forwarded, synced } = leadership;
  for (const known of [came, agreed, logged, forwarded, synced]) known.delete(node);
}
