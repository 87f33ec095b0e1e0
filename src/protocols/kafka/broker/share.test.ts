import { expect, test } from 'vitest';
import type { Fact } from '../../../engine/index.ts';
import { type Client, type Drawn, play, textsOf } from './cluster.testkit.ts';
import { accept, acknowledge, reject, release, take } from './share.testkit.ts';
import { sendPlain } from './transactions.testkit.ts';

const TP = 'orders-0';
const GROUP = { protocol: 'share', shareOffsetReset: 'earliest' };
const topics = { orders: { partitions: 1, replicationFactor: 3, replicas: '1:2:3' } };

/** A cluster with records a, b, c, d in one partition, and members of a share group. */
function share(clients: Drawn['clients'], until: number, more: Partial<Drawn> = {}) {
  const producer: Client = function* () {
    yield sendPlain(1, TP, 'a', 'b', 'c', 'd');
  };
  return play({ topics, groups: { g: GROUP }, clients: { producer, ...clients }, until, ...more });
}

const short = (facts: readonly Fact[], ...kinds: readonly string[]) =>
  facts
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, why, data }) => [kind.slice('message.'.length), data?.['index'], data?.['deliveries'], why].join(' ').trim());

test('records of one partition go to several members, each to one', () => {
  const log: string[] = [];
  const member = (name: string): Client =>
    function* () {
      yield { until: 2 };
      for (let i = 0; i < 2; i++) {
        const answer = yield take(1, name, TP, { max: 1, wait: 5 });
        log.push(`${name} ${textsOf(answer)}`);
        yield { until: 3 };
      }
    };
  const { facts } = share({ x: member('x'), y: member('y') }, 10);
  expect(log.toSorted()).toEqual(['x orders-0: 0 a', 'x orders-0: 2 c', 'y orders-0: 1 b', 'y orders-0: 3 d']);
  expect(facts.filter(({ kind }) => kind === 'message.acquired').map(({ data }) => data?.['consumer'])).toEqual(['x', 'y', 'x', 'y']);
});

test('accepted ones are done, released ones come again with a higher count, rejected ones never', () => {
  const log: unknown[] = [];
  const x: Client = function* () {
    yield { until: 2 };
    yield take(1, 'x', TP, { wait: 5 });
    log.push((yield acknowledge(1, 'x', accept(TP, 0), release(TP, 1), reject(TP, 2), accept(TP, 3))).error);
    const answer = yield take(1, 'x', TP, { wait: 5 });
    log.push(textsOf(answer), answer.partitions[0].records[0].deliveryCount);
    // With the next request at the latest.
    log.push((yield take(1, 'x', TP, { wait: 1, acknowledgements: [accept(TP, 1)] })).verb);
    log.push((yield acknowledge(1, 'x', accept(TP, 1))).error);
  };
  const { facts } = share({ x }, 20);
  expect(log).toEqual(['', 'orders-0: 1 b', 2, 'ShareFetchResponse.empty', '']);
  expect(short(facts, 'message.accepted', 'message.released', 'message.archived')).toEqual([
    'accepted 0 1',
    'released 1 1 release',
    'archived 2 1 reject',
    'accepted 3 1',
    'accepted 1 2',
  ]);
});

test('whoever waits gets what another one gives back, and new records as they come', () => {
  const log: unknown[] = [];
  const x: Client = function* () {
    yield { until: 2 };
    yield take(1, 'x', TP, { wait: 5 });
    yield { until: 6 };
    yield acknowledge(1, 'x', release(TP, 3));
    yield { until: 9 };
    yield sendPlain(1, TP, 'new');
  };
  const y: Client = function* () {
    for (const at of [4, 8]) {
      yield { until: at };
      const answer = yield take(1, 'y', TP, { wait: 10 });
      log.push(textsOf(answer));
    }
  };
  const { facts } = share({ x, y }, 20);
  expect(log).toEqual(['orders-0: 3 d', 'orders-0: 4 new']);
  const got = facts.filter(({ kind, data }) => kind === 'message.acquired' && data?.['consumer'] === 'y');
  expect(got.map(({ time }) => Math.floor(time / 1_000_000))).toEqual([6, 9]);
});

test('a lock that runs out gives the record back; the fifth time it is given up', () => {
  const x: Client = function* () {
    yield { until: 2 };
    for (;;) yield take(1, 'x', TP, { max: 1, wait: 60 });
  };
  const one: Client = function* () {
    yield sendPlain(1, TP, 'poison');
  };
  const { facts } = play({ topics, groups: { g: { ...GROUP, shareLockMillis: 10_000 } }, clients: { one, x }, until: 70 });
  expect(short(facts, 'message.released', 'message.archived')).toEqual([
    'released 0 1 lock-expired',
    'released 0 2 lock-expired',
    'released 0 3 lock-expired',
    'released 0 4 lock-expired',
    'archived 0 5 delivery-limit',
  ]);
  const last = facts.find(({ kind }) => kind === 'message.archived');
  expect(Math.floor((last?.time ?? 0) / 1_000_000)).toBe(52);
});

test('a member whose connection is lost has nothing any more', () => {
  const log: string[] = [];
  const x: Client = function* () {
    yield { until: 2 };
    yield take(1, 'x', TP, { wait: 5 });
    yield { until: 60 };
  };
  const y: Client = function* () {
    yield { until: 4 };
    log.push(textsOf(yield take(1, 'y', TP, { wait: 20 })));
  };
  const { facts } = share({ x, y }, 20, { deeds: [{ at: 5, verb: 'crash', target: 'x' }] });
  expect(log).toEqual(['orders-0: 0 a, 1 b, 2 c, 3 d']);
  expect(short(facts, 'message.released')).toHaveLength(4);
});

test('a new leader goes on behind what was settled', () => {
  const log: unknown[] = [];
  const x: Client = function* () {
    yield { until: 2 };
    yield take(1, 'x', TP, { wait: 5 });
    log.push((yield acknowledge(1, 'x', accept(TP, 0, 1), release(TP, 2))).error);
    // The leader dies with c given back and d still out.
    yield { until: 5 };
    for (let at = 20; at < 40; at += 1) {
      yield { until: at };
      const answer = yield take(2, 'x', TP, { wait: 5 });
      if (answer.partitions.some(({ error }: { error: string }) => error !== '')) continue;
      log.push(
        textsOf(answer),
        answer.partitions[0].records.map(({ deliveryCount }: { deliveryCount: number }) => deliveryCount),
      );
      break;
    }
  };
  share({ x }, 45, { deeds: [{ at: 4, verb: 'crash', target: 'b1' }] });
  expect(log).toEqual(['', 'orders-0: 2 c, 3 d', [2, 1]]);
});

test('a group that begins at the latest record gets what comes from then on', () => {
  const log: unknown[] = [];
  const x: Client = function* () {
    yield { until: 3 };
    log.push(textsOf(yield take(1, 'x', TP, { wait: 10 })));
  };
  const late: Client = function* () {
    yield { until: 6 };
    yield sendPlain(1, TP, 'late');
  };
  share({ x, late }, 15, { groups: { g: { protocol: 'share' } } });
  expect(log).toEqual(['orders-0: 4 late']);
});

test('only who has a record may settle it', () => {
  const log: unknown[] = [];
  const x: Client = function* () {
    yield { until: 2 };
    yield take(1, 'x', TP, { wait: 5 });
    log.push((yield acknowledge(1, 'y', accept(TP, 0))).error);
    log.push((yield acknowledge(2, 'x', accept(TP, 0))).error);
    const answer = yield take(1, 'y', TP, { wait: 5, acknowledgements: [accept(TP, 0)] });
    log.push(answer.acknowledgeErrors);
  };
  share({ x }, 15);
  expect(log).toEqual(['INVALID_RECORD_STATE', 'NOT_LEADER_OR_FOLLOWER', { [TP]: 'INVALID_RECORD_STATE' }]);
});
