import type { Context, Input, Kernel, NodeId, Timer } from '../../../engine/index.ts';
import type { ClientFrame, Origin } from '../frames.ts';
import { lifeOf, receiveFromClient, revalidated } from './clients.ts';
import { forget } from './connections.ts';
import { describeServer } from './describe.ts';
import { again, hearVote, settle } from './election.ts';
import { hearFromLeader } from './follow.ts';
import type { PeerFrame } from './frames.ts';
import { serverInvariants } from './invariants.ts';
import { hearAck, hearAckEpoch, hearFollowerInfo, loseFollower, propose, startClock, touch } from './lead.ts';
import { meetPeers, strokeMicros, tell, tick } from './peers.ts';
import { tellRole } from './roleFacts.ts';
import { startLooking, tellVote } from './roles.ts';
import { copyServer, emptyLeadership, emptyServer, majorityOf, type Server } from './state.ts';

/** What these servers do not do, as i18n keys `omit.<key>`. */
export const SERVER_OMITS = [
  'zookeeper.acl',
  'zookeeper.container',
  'zookeeper.persistent-watches',
  'zookeeper.observers',
  'zookeeper.reconfig',
] as const;

/** A ZooKeeper 3.8 server, alone or in an ensemble: the tree of znodes, sessions, watches, election and broadcast. */
export const serverKernel: Kernel<Server> = {
  kind: 'zookeeper/server',
  models: 'zookeeper.server',
  omits: SERVER_OMITS,

  start(x) {
    const server = emptyServer(x.wiring.self.id);
    meetPeers(server, x);
    if (x.booting && server.ensemble.length > 1) startTogether(server, x);
    else startLooking(server, 'zk-started', x);
    return server;
  },

  receive(server, input, x) {
    switch (input.type) {
      case 'frame':
        if (server.ensemble.includes(input.from)) hearPeer(server, input.from, input.frame as PeerFrame, x);
        else receiveFromClient(server, input.from, input.line, input.frame as ClientFrame, x);
        return;
      case 'timer':
        ring(server, input.timer, x);
        return;
      case 'peer':
        meet(server, input, x);
        return;
      case 'wiring':
        meetPeers(server, x);
        return;
      case 'restarted':
        meetPeers(server, x);
        for (const node of server.ensemble) if (node !== x.wiring.self.id) server.reachable.add(node);
        startLooking(server, 'zk-started', x);
        return;
      case 'command':
        return;
    }
  },

  crash(server) {
    // The log is on disk before it is acknowledged, and the tree can be made from it.
    server.leadership = undefined;
    server.isServing = false;
    server.role = 'looking';
    server.leader = '';
    server.round = 0;
    for (const memory of [server.connections, server.dataWatches, server.childWatches, server.touched]) memory.clear();
    for (const memory of [server.votes, server.settled, server.early]) memory.clear();
  },
  leave() {
    // Clients and the other servers see their connections closed; the session's time runs on.
  },
  copy: copyServer,
  describe: describeServer,
  invariants: serverInvariants,
};

/** A run begins when the first election is over: with empty logs the highest id has won it. */
function startTogether(server: Server, x: Context): void {
  const self = x.wiring.self.id;
  const leader = server.ensemble.at(-1) as NodeId;
  Object.assign(server, { acceptedEpoch: 1, currentEpoch: 1, round: 1, leader, isServing: true });
  server.vote = { leader, epoch: 0, zxid: 0 };
  if (leader !== self) {
    server.role = 'following';
    tellRole(server, 'follower', 1, 'booted', x);
    return;
  }
  server.role = 'leading';
  const others = server.ensemble.filter((node) => node !== self);
  server.leadership = {
    ...emptyLeadership(),
    epoch: 1,
    isActive: true,
    came: new Map(server.ensemble.map((node) => [node, 0])),
    agreed: new Map(server.ensemble.map((node) => [node, 0])),
    logged: new Map(others.map((node) => [node, 0])),
    forwarded: new Set(others),
    synced: new Set(others),
  };
  tellRole(server, 'leader', 1, 'booted', x);
  startClock(server, x);
}

function hearPeer(server: Server, from: NodeId, frame: PeerFrame, x: Context): void {
  switch (frame.verb) {
    case 'zk.vote':
      hearVote(server, from, frame, x);
      return;
    case 'zk.followerInfo':
      hearFollowerInfo(server, from, frame.epoch, x);
      return;
    case 'zk.ackEpoch':
      hearAckEpoch(server, from, frame.epoch, frame.zxid, x);
      return;
    case 'zk.ack':
      hearAck(server, from, frame.epoch, frame.zxid, x);
      return;
    case 'zk.request':
      if (server.leadership?.forwarded.has(from)) propose(server, frame.origin, frame.wanted, x);
      return;
    case 'zk.alive':
      for (const session of frame.sessions) touch(server, session, x);
      return;
    case 'zk.revalidate':
      if (server.leadership?.isActive)
        tell(from, { verb: 'zk.revalidated', origin: frame.origin, timeoutMillis: lifeOf(server, frame.origin, x) }, x);
      return;
    case 'zk.revalidated':
      revalidated(server, frame.origin, frame.timeoutMillis, x);
      return;
    default:
      hearFromLeader(server, from, frame, x);
  }
}

function ring(server: Server, timer: Timer, x: Context): void {
  switch (timer.name) {
    case 'final':
      settle(server, timer['round'] as number, timer['leader'] as NodeId, x);
      return;
    case 'again':
      if (timer['term'] === server.term) again(server, timer['wait'] as number, x);
      return;
    case 'join':
      if (timer['term'] === server.term && !server.isServing) startLooking(server, 'zk-no-leader', x);
      return;
    case 'stroke':
      if (timer['term'] === server.term) strike(server, x);
      return;
    default:
  }
}

const NOBODY: Omit<Origin, 'session'> = { server: '', client: '', connection: 0, xid: 0 };

/** The leader's clock: sessions expire, followers are asked whether they live, and once a tick he makes sure that he has most. */
function strike(server: Server, x: Context): void {
  const { leadership } = server;
  if (!leadership) return;
  const isTick = x.now % tick(x) < strokeMicros(x);
  if (isTick && leadership.synced.size + 1 < majorityOf(server)) {
    startLooking(server, 'zk-no-quorum', x);
    return;
  }
  for (const [session, at] of [...leadership.expiry]) {
    if (at > x.now) continue;
    leadership.expiry.delete(session);
    propose(server, { ...NOBODY, session }, { op: 'expire', session }, x);
  }
  for (const node of leadership.synced) tell(node, { verb: 'zk.leaderPing' }, x);
  startClock(server, x);
}

/** A connection has ended, or can be made again. */
function meet(server: Server, { node, up }: Input & { readonly type: 'peer' }, x: Context): void {
  if (!server.ensemble.includes(node)) {
    if (!up) forget(server, node);
    return;
  }
  if (up) {
    server.reachable.add(node);
    if (server.role === 'looking') tellVote(server, node, x);
    return;
  }
  server.reachable.delete(node);
  for (const memory of [server.votes, server.settled, server.early]) memory.delete(node);
  loseFollower(server, node);
  const isLost = server.role === 'following' ? server.leader === node : server.role === 'looking' && server.vote.leader === node;
  if (isLost) startLooking(server, 'zk-no-leader', x);
}
