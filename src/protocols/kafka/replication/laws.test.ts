import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogState, newLog } from '../log/index.ts';
import { recordsOf, SETTINGS } from '../log/log.testkit.ts';
import { answerFollower } from './fetch.ts';
import { applyFetch, followerFetch } from './follower.ts';
import { becomeLeader, checkIsr, type IsrProposal, isrChanged, type LeaderState, type ReplicationRules } from './leader.ts';
import { checkAcks, produce } from './produce.ts';

const REPLICAS = [0, 1, 2];
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('produce' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('fetch' as const), replica: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('check' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('elect' as const), heir: fc.nat(2) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** One partition on three brokers; elections are clean, the controller agrees at once. */
interface Cluster {
  readonly logs: readonly LogState[];
  leader: LeaderState;
  readonly acknowledged: Set<number>;
  waiting: { readonly offset: number; readonly message: number }[];
  produced: number;
}

function rules(now: number): ReplicationRules {
  return { now, replicaLagTimeMax: 30, minInsyncReplicas: 1, holdsUnderMinIsr: true, mayJoinIsr: () => true };
}

function elect(logs: readonly LogState[], id: number, isr: readonly number[], leaderEpoch: number, now: number): LeaderState {
  const news = { leaderEpoch, partitionEpoch: leaderEpoch * 1_000, replicas: REPLICAS, isr };
  return becomeLeader(undefined, id, logs[id] as LogState, news, rules(now)) as LeaderState;
}

function leadersLog(cluster: Cluster): LogState {
  return cluster.logs[cluster.leader.brokerId] as LogState;
}

function agree(cluster: Cluster, proposal: IsrProposal | undefined, now: number): void {
  const partitionEpoch = cluster.leader.partitionEpoch + 1;
  if (proposal) isrChanged(cluster.leader, leadersLog(cluster), { ...proposal, partitionEpoch }, rules(now));
}

function send(cluster: Cluster, now: number): void {
  const message = ++cluster.produced;
  const records = [{ message, key: 'k', value: 'v', producer: 'p', timestamp: now, weight: 0 }];
  const batch = { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records };
  const made = produce(cluster.leader, leadersLog(cluster), batch, -1, { now, settings: SETTINGS }, rules(now));
  cluster.waiting.push({ offset: made.requiredOffset as number, message });
}

function fetch(cluster: Cluster, replica: number, now: number): void {
  const { leader } = cluster;
  if (replica === leader.brokerId) return;
  const own = cluster.logs[replica] as LogState;
  const request = { ...followerFetch(own, leader.leaderEpoch), replica, brokerEpoch: 1 };
  const { answer, noted } = answerFollower(leader, leadersLog(cluster), request, { maxBytes: 1_000, minOneMessage: true }, rules(now));
  agree(cluster, noted?.proposal, now);
  applyFetch(own, answer, now, SETTINGS);
}

function act(cluster: Cluster, what: Deed, now: number): void {
  const { leader, logs } = cluster;
  if (what.do === 'produce') send(cluster, now);
  else if (what.do === 'fetch') fetch(cluster, what.replica, now);
  else if (what.do === 'check') agree(cluster, checkIsr(leader, leadersLog(cluster), rules(now)), now);
  else {
    const heir = leader.isr[what.heir % leader.isr.length] as number;
    if (heir === leader.brokerId) return;
    cluster.leader = elect(logs, heir, leader.isr, leader.leaderEpoch + 1, now);
    cluster.waiting = [];
  }
}

function noteAcknowledged({ leader, waiting, acknowledged, logs }: Cluster): void {
  const log = logs[leader.brokerId] as LogState;
  for (const { offset, message } of waiting) if (checkAcks(leader, log, offset, 1) === 'NONE') acknowledged.add(message);
}

function below(log: LogState, offset: number) {
  return recordsOf(log).filter((record) => record.at < offset);
}

test('what was acknowledged with acks = all survives any clean election, and logs agree below their high watermarks', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 100, size: 'max' }), (deeds) => {
      const logs = REPLICAS.map(() => newLog(0));
      const cluster: Cluster = { logs, leader: elect(logs, 0, REPLICAS, 0, 0), acknowledged: new Set(), waiting: [], produced: 0 };
      for (const [i, what] of deeds.entries()) {
        act(cluster, what, i * 7);
        noteAcknowledged(cluster);
        const leads = leadersLog(cluster);
        const kept = new Set(recordsOf(leads).map((record) => record.message));
        expect([...cluster.acknowledged].filter((message) => !kept.has(message))).toEqual([]);
        for (const own of logs) {
          const common = Math.min(own.highWatermark, leads.highWatermark);
          const theirs = below(leads, common);
          expect(below(own, common).every((record, n) => record === theirs[n])).toBe(true);
        }
      }
    }),
  );
});
