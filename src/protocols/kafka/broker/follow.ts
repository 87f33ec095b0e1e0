import { fromMillis, type Micros, micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import type { ReplicaFetched, ReplicaFetchPartition, ReplicaFetchRequest, ReplicaFetchResponse } from '../frames.ts';
import type { LogRecord } from '../log/index.ts';
import { applyFetch, followerFetch, recoverOutOfRange } from '../replication/index.ts';
import { peerWay } from '../routes.ts';
import { placeOf } from './places.ts';
import { tellRemoved } from './removed.ts';
import type { Broker, Fetcher, Replica } from './state.ts';

/** Until a leader that could not answer is asked again, in µs (replica.fetch.backoff.ms). */
const BACKOFF = micros(1_000_000);
const AT_ONCE = 0 as Micros;

/** This replica follows its leader from now on, or goes on after something changed. */
export function follow(broker: Broker, { leaderNode, tp }: Replica, x: Context): void {
  if (leaderNode < 0) return;
  let fetcher = broker.fetchers.get(leaderNode);
  if (fetcher === undefined) {
    fetcher = { correlation: 0, isNew: true, changed: new Set() };
    broker.fetchers.set(leaderNode, fetcher);
  }
  fetcher.changed.add(tp);
  // What begins at one moment goes out together.
  x.wake({ name: 'askLeader', leader: leaderNode }, AT_ONCE);
}

/** This replica does not follow that leader any more: the session begins anew without it. */
export function unfollow(broker: Broker, leader: number, tp: string): void {
  const fetcher = broker.fetchers.get(leader);
  if (!fetcher) return;
  fetcher.changed.delete(tp);
  fetcher.isNew = true;
}

/** Asks a leader for news, unless a request is out already. */
export function askLeader(broker: Broker, leader: number, x: Context): void {
  const fetcher = broker.fetchers.get(leader);
  const way = peerWay(x.wiring, leader);
  if (fetcher?.correlation !== 0 || broker.unreachable.has(leader) || !way) return;
  const named = fetcher.isNew ? followed(broker, leader) : changed(broker, leader, fetcher);
  if (fetcher.isNew && named.length === 0) {
    broker.fetchers.delete(leader);
    return;
  }
  const { replicaFetchWaitMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  const request: ReplicaFetchRequest = {
    verb: 'Fetch.replica',
    correlation: broker.next++,
    node: broker.node,
    brokerEpoch: broker.epoch,
    maxWait: fromMillis(replicaFetchWaitMillis),
    isNewSession: fetcher.isNew,
    partitions: named,
  };
  fetcher.correlation = request.correlation;
  fetcher.isNew = false;
  fetcher.changed.clear();
  x.send(x.wiring.self.id, way.to, way.line, request);
}

function asked({ tp, log, leaderEpoch }: Replica): ReplicaFetchPartition {
  const { offset, lastFetchedEpoch, logStartOffset: logStart } = followerFetch(log, leaderEpoch);
  return { tp, offset, leaderEpoch, lastFetchedEpoch, logStart };
}

function followed(broker: Broker, leader: number): readonly ReplicaFetchPartition[] {
  const named: ReplicaFetchPartition[] = [];
  for (const replica of broker.replicas.values()) if (replica.leaderNode === leader && !replica.lead) named.push(asked(replica));
  return named;
}

function changed(broker: Broker, leader: number, fetcher: Fetcher): readonly ReplicaFetchPartition[] {
  const named: ReplicaFetchPartition[] = [];
  for (const tp of fetcher.changed) {
    const replica = following(broker, leader, tp);
    if (replica) named.push(asked(replica));
  }
  return named;
}

function following(broker: Broker, leader: number, tp: string): Replica | undefined {
  const replica = broker.replicas.get(tp);
  return replica && replica.leaderNode === leader && !replica.lead ? replica : undefined;
}

/** A leader's answer: records are appended, the high watermark is heard of, and the next request goes out. */
export function hearLeader(broker: Broker, leader: number, response: ReplicaFetchResponse, x: Context): void {
  const fetcher = broker.fetchers.get(leader);
  if (!fetcher || fetcher.correlation !== response.correlation) return;
  fetcher.correlation = 0;
  let hasFailed = false;
  for (const fetched of response.partitions) if (!take(broker, leader, fetcher, fetched, x)) hasFailed = true;
  if (hasFailed) x.wake({ name: 'askLeader', leader }, BACKOFF);
  else askLeader(broker, leader, x);
}

/** False: the leader could not answer for this partition. */
function take(broker: Broker, leader: number, fetcher: Fetcher, { tp, answer }: ReplicaFetched, x: Context): boolean {
  const replica = following(broker, leader, tp);
  if (!replica) return true;
  const { log } = replica;
  const end = log.logEndOffset;
  if (answer.error !== 'NONE') {
    fetcher.changed.add(tp);
    if (answer.error !== 'OFFSET_OUT_OF_RANGE') return false;
    const { removed } = recoverOutOfRange(log, answer.logStartOffset, answer.highWatermark, x.now);
    tellCut(replica, removed, end, 'out-of-range', x);
    return true;
  }
  const applied = applyFetch(log, answer, x.now, replica.settings);
  if (applied.truncated > 0) tellCut(replica, applied.removed, end, 'diverging-epoch', x);
  if (applied.appended > 0 && answer.read) {
    const { topic, index: partition } = replica;
    const at = placeOf(topic, x);
    for (const { message, at: index } of answer.read.records)
      if (message !== 0) x.fact('message.replicated', at, message, '', '', { topic, partition, index });
  }
  // What is new is told with the next request; a cut asks again from the new end.
  if (log.logEndOffset !== end || answer.divergingEpoch) fetcher.changed.add(tp);
  if (applied.highWatermarkChanged) broker.stirred.add(tp);
  return true;
}

/** Records are cut off: each leaves this log, which ended at `from`; then what is left of it is told. */
export function tellCut(replica: Replica, removed: readonly LogRecord[], from: number, why: string, x: Context): void {
  const { log, index, topic } = replica;
  tellRemoved(replica, removed, 'truncated', x);
  const { logStartOffset: start, logEndOffset: end } = log;
  const data = { topic, partition: index, start, index: end, count: Math.max(0, from - end) };
  x.fact('log.truncated', placeOf(topic, x), 0, '', why, data);
}
