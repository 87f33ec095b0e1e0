import { fromMillis, type Micros } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { PeerFrame, Vote } from './frames.ts';
import { beginLeading } from './lead.ts';
import { askAgain, ownVote, sendVote, startFollowing, startLooking, tellVote } from './roles.ts';
import { majorityOf, type Server } from './state.ts';

/*
 * Fast leader election: everyone votes for the best server that he has heard of, and says so when he changes his mind. When
 * most agree, one waits a moment for a better vote; then it is settled.
 */

/** That moment. */
const FINAL_WAIT_MILLIS = 200;
const AGAIN_MILLIS_MAX = 60_000;

/** The newer epoch, then the longer log, then the higher id. */
function isBetter(server: Server, a: Vote, b: Vote): boolean {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch;
  if (a.zxid !== b.zxid) return a.zxid > b.zxid;
  return server.ensemble.indexOf(a.leader) > server.ensemble.indexOf(b.leader);
}

export function hearVote(server: Server, from: NodeId, heard: PeerFrame & { readonly verb: 'zk.vote' }, x: Context): void {
  server.reachable.add(from);
  if (server.role !== 'looking') {
    if (heard.role === 'looking') tellVote(server, from, x);
    return;
  }
  if (heard.role === 'looking') hearCandidate(server, from, heard, x);
  else hearSettled(server, from, heard, x);
}

function hearCandidate(server: Server, from: NodeId, { vote, round }: PeerFrame & { readonly verb: 'zk.vote' }, x: Context): void {
  if (round < server.round) {
    tellVote(server, from, x);
    return;
  }
  const own = ownVote(server, x);
  if (round > server.round) {
    server.round = round;
    server.votes.clear();
    server.vote = isBetter(server, vote, own) ? vote : own;
    sendVote(server, x);
  } else if (isBetter(server, vote, server.vote)) {
    server.vote = vote;
    sendVote(server, x);
  }
  server.votes.set(from, vote);
  count(server, x);
}

/** Somebody does not look, but follows or leads. It is believed when most say so, the leader among them. */
function hearSettled(server: Server, from: NodeId, heard: PeerFrame & { readonly verb: 'zk.vote' }, x: Context): void {
  const { leader } = heard.vote;
  server.settled.set(from, heard);
  let agreeing = 0;
  for (const { vote } of server.settled.values()) if (vote.leader === leader) agreeing++;
  const isLed = leader !== x.wiring.self.id && server.settled.get(leader)?.role === 'leading';
  // With this server's own vote they must be most.
  if (!isLed || agreeing + 1 < majorityOf(server) || !server.reachable.has(leader)) return;
  server.round = heard.round;
  server.vote = heard.vote;
  startFollowing(server, leader, x);
}

function hasMost(server: Server): boolean {
  let agreeing = 1;
  for (const vote of server.votes.values()) if (vote.leader === server.vote.leader) agreeing++;
  return agreeing >= majorityOf(server);
}

function count(server: Server, x: Context): void {
  if (!hasMost(server)) return;
  const { round, vote } = server;
  // The further the others are, the longer a better vote may take.
  x.wake({ name: 'final', round, leader: vote.leader }, Math.max(fromMillis(FINAL_WAIT_MILLIS), 2 * server.lag) as Micros);
}

/** The moment is over. */
export function settle(server: Server, round: number, leader: NodeId, x: Context): void {
  if (server.role !== 'looking' || server.round !== round || server.vote.leader !== leader || !hasMost(server)) return;
  if (leader === x.wiring.self.id) beginLeading(server, x);
  else if (server.reachable.has(leader)) startFollowing(server, leader, x);
}

export function again(server: Server, wait: number, x: Context): void {
  if (server.role !== 'looking') return;
  if (server.vote.leader !== x.wiring.self.id && !server.reachable.has(server.vote.leader)) {
    startLooking(server, 'zk-no-leader', x);
    return;
  }
  sendVote(server, x);
  askAgain(server, Math.min(2 * wait, fromMillis(AGAIN_MILLIS_MAX)) as Micros, x);
}
