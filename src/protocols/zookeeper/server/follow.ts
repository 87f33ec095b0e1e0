import type { Context, NodeId } from '../../../engine/index.ts';
import type { Txn } from '../tree/index.ts';
import { commitUpTo } from './commit.ts';
import type { PeerFrame } from './frames.ts';
import { tell } from './peers.ts';
import { tellRole } from './roleFacts.ts';
import { startLooking } from './roles.ts';
import { loggedZxid, type Server } from './state.ts';

/** A follower's half of Zab. Frames of anyone but its leader are of the past. */

type Of<Verb extends PeerFrame['verb']> = PeerFrame & { readonly verb: Verb };

export function hearFromLeader(server: Server, from: NodeId, frame: PeerFrame, x: Context): void {
  if (server.role !== 'following' || server.leader !== from) return;
  switch (frame.verb) {
    case 'zk.leaderInfo':
      if (frame.epoch < server.acceptedEpoch) {
        startLooking(server, 'zk-no-leader', x);
        return;
      }
      server.acceptedEpoch = frame.epoch;
      tell(from, { verb: 'zk.ackEpoch', epoch: frame.epoch, zxid: loggedZxid(server) }, x);
      return;
    case 'zk.newLeader':
      catchUp(server, from, frame, x);
      return;
    case 'zk.upToDate':
      commitUpTo(server, frame.committed, x);
      server.isServing = true;
      tellRole(server, 'follower', frame.epoch, 'zk-leader-known', x);
      return;
    case 'zk.proposal':
      log(server, from, frame.txn, x);
      return;
    case 'zk.commit':
      commitUpTo(server, frame.zxid, x);
      return;
    case 'zk.leaderPing':
      tell(from, { verb: 'zk.alive', sessions: [...server.touched] }, x);
      server.touched.clear();
      return;
    case 'zk.notLeading':
      startLooking(server, 'zk-no-leader', x);
      return;
    default:
  }
}

/** The log becomes like the leader's: what he does not know goes, what is missing comes. */
function catchUp(server: Server, leader: NodeId, { epoch, keep, snapshot, txns, committed }: Of<'zk.newLeader'>, x: Context): void {
  if (epoch !== server.acceptedEpoch) return;
  server.currentEpoch = epoch;
  if (snapshot) {
    server.tree = { znodes: new Map(snapshot.znodes), sessions: new Map(snapshot.sessions) };
    server.zxid = snapshot.zxid;
    server.history = [];
    server.historyFrom = snapshot.zxid;
    server.pending = txns;
  } else server.pending = [...server.pending.filter(({ zxid }) => zxid <= keep), ...txns];
  commitUpTo(server, committed, x);
  tell(leader, { verb: 'zk.ack', epoch, zxid: loggedZxid(server) }, x);
}

function log(server: Server, leader: NodeId, txn: Txn, x: Context): void {
  server.pending = [...server.pending, txn];
  tell(leader, { verb: 'zk.ack', epoch: server.currentEpoch, zxid: txn.zxid }, x);
}
