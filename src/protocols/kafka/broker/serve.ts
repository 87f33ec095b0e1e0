import type { Micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { ReplicaFetched, ReplicaFetchPartition, ReplicaFetchRequest, ReplicaFetchResponse } from '../frames.ts';
import { answerFetch, type FetchAnswer, hearFollower, noteFollowerFetch } from '../replication/index.ts';
import { answer } from './answer.ts';
import { sweepBy } from './deadline.ts';
import { proposeIsr } from './isr.ts';
import { risenTo, rulesOf } from './partition.ts';
import type { Broker, Replica, Return, Session } from './state.ts';

const LIMITS = { maxBytes: 1_048_576, minOneMessage: true } as const;
/** It has been noted and found right already. */
const UNCHECKED = -1;

/** A follower asks for what is new: what it names tells how far it has come. */
export function serveReplica(broker: Broker, request: ReplicaFetchRequest, back: Return, x: Context): void {
  const { node, partitions, isNewSession, maxWait } = request;
  let session = broker.sessions.get(node);
  if (session === undefined || isNewSession) {
    session = { node, askedAt: x.now, waiting: undefined, news: new Set(partitions.map(({ tp }) => tp)) };
    broker.sessions.set(node, session);
  }
  session.askedAt = x.now;
  const risen: Replica[] = [];
  const wrong: ReplicaFetched[] = [];
  for (const wanted of partitions) {
    const refused = note(broker, request, wanted, risen, x);
    if (refused) {
      wrong.push(refused);
      session.news.delete(wanted.tp);
    } else if ((broker.replicas.get(wanted.tp) as Replica).log.logEndOffset > wanted.offset) session.news.add(wanted.tp);
  }
  noteUnnamed(broker, request, risen, x);
  for (const replica of risen) risenTo(broker, replica, x);
  if (wrong.length > 0 || hasRecords(broker, node, session)) {
    reply(broker, node, session, wrong, back, x);
    return;
  }
  const deadline = (x.now + maxWait) as Micros;
  session.waiting = { back, deadline };
  sweepBy(broker, deadline, x);
}

/** What a request does not name is where it was. That matters to a follower that waits to be taken for in sync again. */
function noteUnnamed(broker: Broker, request: ReplicaFetchRequest, risen: Replica[], x: Context): void {
  const { node, brokerEpoch, partitions } = request;
  if (!broker.hasStragglers) return;
  broker.hasStragglers = false;
  for (const replica of broker.replicas.values()) {
    const { lead, log, tp } = replica;
    if (lead && lead.isr.length < lead.replicas.length) broker.hasStragglers = true;
    const known = lead?.followers.get(node);
    if (!lead || !known || known.logEndOffset < 0 || lead.isr.includes(node) || partitions.some((named) => named.tp === tp)) continue;
    const fetch = { replica: node, brokerEpoch, offset: known.logEndOffset, logStartOffset: known.logStartOffset };
    const noted = noteFollowerFetch(lead, log, fetch, rulesOf(broker, replica, x));
    if (noted?.highWatermarkRose) risen.push(replica);
    if (noted?.proposal) proposeIsr(broker, replica, noted.proposal, x);
  }
}

/** Takes note of how far a follower has come; undefined when nothing is wrong. */
function note(
  broker: Broker,
  { node, brokerEpoch }: ReplicaFetchRequest,
  wanted: ReplicaFetchPartition,
  risen: Replica[],
  x: Context,
): ReplicaFetched | undefined {
  const { tp, offset, leaderEpoch: currentLeaderEpoch, lastFetchedEpoch, logStart: logStartOffset } = wanted;
  const replica = broker.replicas.get(tp);
  if (!replica?.lead) return { tp, answer: NOT_LEADER };
  const fetch = { replica: node, brokerEpoch, offset, lastFetchedEpoch, currentLeaderEpoch, logStartOffset };
  const { refused, noted } = hearFollower(replica.lead, replica.log, fetch, rulesOf(broker, replica, x));
  if (noted?.highWatermarkRose) risen.push(replica);
  if (noted?.proposal) proposeIsr(broker, replica, noted.proposal, x);
  return refused && { tp, answer: refused };
}

const NOT_LEADER: FetchAnswer = {
  error: 'NOT_LEADER_OR_FOLLOWER',
  read: undefined,
  divergingEpoch: undefined,
  highWatermark: -1,
  lastStableOffset: -1,
  logStartOffset: -1,
};

function hasRecords(broker: Broker, node: number, { news }: Session): boolean {
  for (const tp of news) {
    const replica = broker.replicas.get(tp);
    const known = replica?.lead?.followers.get(node);
    if (replica && known && known.logEndOffset >= 0 && replica.log.logEndOffset > known.logEndOffset) return true;
  }
  return false;
}

/** Followers' requests that wait are answered where there is something for them now. */
export function wakeFollowers(broker: Broker, x: Context): void {
  for (const session of broker.sessions.values())
    if (session.waiting && session.news.size > 0 && hasRecords(broker, session.node, session))
      reply(broker, session.node, session, [], session.waiting.back, x);
}

export function expireSession(broker: Broker, node: number, x: Context): void {
  const session = broker.sessions.get(node);
  if (session?.waiting) reply(broker, node, session, [], session.waiting.back, x);
}

function reply(broker: Broker, node: number, session: Session, wrong: readonly ReplicaFetched[], back: Return, x: Context): void {
  const partitions = [...wrong];
  let count = 0;
  for (const tp of session.news) {
    const replica = broker.replicas.get(tp);
    const offset = replica?.lead?.followers.get(node)?.logEndOffset ?? -1;
    if (!replica?.lead || offset < 0) continue;
    const wanted = { offset, lastFetchedEpoch: UNCHECKED, currentLeaderEpoch: UNCHECKED };
    const fetched = answerFetch(replica.log, replica.leaderEpoch, wanted, 'log_end', LIMITS);
    count += fetched.read?.records.length ?? 0;
    partitions.push({ tp, answer: fetched });
  }
  session.news.clear();
  session.waiting = undefined;
  const verb = count > 0 ? 'FetchResponse.replica' : 'FetchResponse.idle';
  const response: ReplicaFetchResponse = { verb, correlation: back.correlation, partitions };
  answer(back, response, x);
}
