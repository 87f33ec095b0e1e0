import type { Micros } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import { closeAll } from './connections.ts';
import { beginLeading } from './lead.ts';
import { joinLimit, othersWithinReach, tell, tick } from './peers.ts';
import { type RoleWhy, tellRole } from './roleFacts.ts';
import { loggedZxid, type Server } from './state.ts';

/** There is no leader, or this server does not know him: it serves nobody, and opens an election with a vote for itself. */
export function startLooking(server: Server, why: RoleWhy, x: Context): void {
  const self = x.wiring.self.id;
  // Those who follow would wait for ever: their connections with this server end.
  for (const node of server.leadership?.came.keys() ?? [])
    if (node !== self && server.reachable.has(node)) tell(node, { verb: 'zk.notLeading' }, x);
  closeAll(server, x);
  server.leadership = undefined;
  server.isServing = false;
  server.leader = '';
  server.role = 'looking';
  server.term++;
  server.round++;
  server.touched.clear();
  server.early.clear();
  server.votes.clear();
  server.settled.clear();
  server.vote = ownVote(server, x);
  tellRole(server, 'candidate', server.acceptedEpoch + 1, why, x);
  if (server.ensemble.length === 1) {
    beginLeading(server, x);
    return;
  }
  sendVote(server, x);
  askAgain(server, Math.max(tick(x) / 2, 4 * server.lag) as Micros, x);
}

export function ownVote(server: Server, x: Context): Server['vote'] {
  return { leader: x.wiring.self.id, epoch: server.currentEpoch, zxid: loggedZxid(server) };
}

export function sendVote(server: Server, x: Context): void {
  for (const node of othersWithinReach(server, x)) server.lag = tellVote(server, node, x) - x.now;
}

export function tellVote({ vote, round, role }: Server, node: NodeId, x: Context): Micros {
  return tell(node, { verb: 'zk.vote', vote, round, role }, x);
}

/** Who is still looking after a while says its vote again, ever less often. */
export function askAgain(server: Server, wait: Micros, x: Context): void {
  x.wake({ name: 'again', term: server.term, wait }, wait);
}

export function startFollowing(server: Server, leader: NodeId, x: Context): void {
  server.role = 'following';
  server.leader = leader;
  server.term++;
  for (const node of server.early.keys()) tell(node, { verb: 'zk.notLeading' }, x);
  server.early.clear();
  x.wake({ name: 'join', term: server.term }, joinLimit(server, x));
  tell(leader, { verb: 'zk.followerInfo', epoch: server.acceptedEpoch, zxid: loggedZxid(server) }, x);
}
