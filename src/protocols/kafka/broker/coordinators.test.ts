import { expect, test } from 'vitest';
import type { Frame } from '../../../engine/index.ts';
import { type Client, play, textsOf, type Wish } from './cluster.testkit.ts';
import { add, end, find, init, read, send, type Who } from './transactions.testkit.ts';

const TOPICS = { orders: { partitions: 1, replicationFactor: 3, replicas: '1:2:3' } };
const GROUPS = { g: {} };

const ask = (node: number, made: object): Wish => ({ node, frame: made as Frame });
const findGroup = (node: number, key = 'g') => ask(node, { verb: 'FindCoordinator', keyType: 'group', key });
const join = (node: number, memberId: string, sessionTimeout = 45_000_000) =>
  ask(node, {
    ...{
      verb: 'JoinGroup',
      group: 'g',
      memberId,
      clientId: 'x',
      instanceId: '',
      sessionTimeout,
      rebalanceTimeout: 300_000_000,
      reason: '',
    },
    protocols: [{ name: 'range', metadata: { topics: ['orders'], owned: [], generation: -1, rack: '' } }],
  });
const fetchOffset = (node: number) => ask(node, { verb: 'OffsetFetch', group: 'g', partitions: ['orders-0'] });
const commit = (node: number, offset: number) =>
  ask(node, { verb: 'OffsetCommit', group: 'g', memberId: '', instanceId: '', generation: -1, offsets: { 'orders-0': offset } });
const commitInside = (node: number, who: Who, offset: number) =>
  ask(node, {
    ...{ verb: 'TxnOffsetCommit', transactionalId: 'any', producerId: who.producerId, producerEpoch: who.producerEpoch },
    ...{ group: 'g', memberId: '', instanceId: '', generation: -1, offsets: { 'orders-0': offset } },
  });
const addOffsets = (node: number, who: Who) =>
  ask(node, { verb: 'AddOffsetsToTxn', transactionalId: 'any', producerId: who.producerId, producerEpoch: who.producerEpoch, group: 'g' });

test('offsets that go with a transaction count when it is committed; until then nobody is told any', () => {
  for (const isCommit of [true, false]) {
    const log: unknown[] = [];
    const client: Client = function* () {
      const home = (yield find(1)).node;
      const { node } = yield findGroup(1);
      const who: Who = yield init(home);
      log.push((yield addOffsets(home, who)).error, (yield commitInside(node, who, 7)).error);
      log.push((yield fetchOffset(node)).error);
      yield end(home, who, isCommit);
      yield { until: 4 };
      const { error, offsets } = yield fetchOffset(node);
      log.push(error, offsets);
      log.push((yield commitInside(node, { ...who, producerEpoch: -1 }, 9)).error);
    };
    play({ topics: TOPICS, groups: GROUPS, clients: { client }, until: 6 });
    expect(log).toEqual(['', '', 'UNSTABLE_OFFSET_COMMIT', '', isCommit ? { 'orders-0': 7 } : {}, 'INVALID_PRODUCER_EPOCH']);
  }
});

test('a session time-out below the least one is refused', () => {
  const log: unknown[] = [];
  const client: Client = function* () {
    const { node } = yield findGroup(1);
    log.push((yield join(node, '', 5_999_000)).error, (yield join(node, '', 6_000_000)).error);
  };
  play({ topics: TOPICS, groups: GROUPS, clients: { client }, until: 3 });
  expect(log).toEqual(['INVALID_SESSION_TIMEOUT', 'MEMBER_ID_REQUIRED']);
});

test('a topic of coordinators comes into being when somebody first looks for one', () => {
  const log: unknown[] = [];
  const client: Client = function* () {
    log.push((yield findGroup(2)).error);
    yield { until: 3 };
    const { error, node } = yield findGroup(2);
    log.push(error, (yield join(node, '')).error);
  };
  play({ topics: TOPICS, clients: { client }, until: 5 });
  expect(log).toEqual(['COORDINATOR_NOT_AVAILABLE', '', 'MEMBER_ID_REQUIRED']);
});

test('who waits at a coordinator that loses its group is told so', () => {
  const where = { node: 0 };
  const scout: Client = function* () {
    where.node = (yield findGroup(1)).node;
  };
  play({ topics: TOPICS, groups: GROUPS, clients: { scout }, until: 3 });
  const log: unknown[] = [];
  const other = where.node === 3 ? 2 : 3;
  const client: Client = function* () {
    // The coordinator is cut off from its followers: what it decides is never safe.
    yield { until: 12 };
    const answer = yield commit(where.node, 5);
    log.push(answer?.error);
    log.push((yield findGroup(other)).node === where.node);
  };
  const others = [1, 2, 3].filter((node) => node !== where.node);
  const deeds = others.flatMap((node) => {
    const [a, b] = [Math.min(node, where.node), Math.max(node, where.node)];
    return [
      { at: 10, verb: 'cut', target: `b${a}-b${b}` },
      { at: 40, verb: 'heal', target: `b${a}-b${b}` },
    ];
  });
  play({ topics: TOPICS, groups: GROUPS, clients: { client }, until: 60, links: true, deeds });
  expect(log).toEqual(['NOT_COORDINATOR', false]);
});

test('a partition whose leader dies before its marker gets it from the next one', () => {
  const clean: string[] = [];
  // The end is decided while the leader of `orders` is down already, but still counts as its leader.
  const coordinator = { node: 0 };
  const scout: Client = function* () {
    coordinator.node = (yield find(1)).node;
  };
  play({ topics: TOPICS, clients: { scout }, until: 3 });
  const home = coordinator.node;
  const [leader = 0, next = 0] = [1, 2, 3].filter((node) => node !== home);
  const topics = { orders: { partitions: 1, replicationFactor: 3, replicas: `${leader}:${next}:${home}` } };
  const client: Client = function* () {
    const who: Who = yield init(home);
    yield add(home, who, 'orders-0');
    yield send(leader, who, 'orders-0', 0, 'kept');
    yield { until: 6 };
    yield end(home, who, true);
  };
  const reader: Client = function* () {
    yield { until: 40 };
    for (const node of [next, home]) {
      const answer = yield read(node, 'orders-0', 0, 'read_committed');
      if (answer.partitions[0].error === '') clean.push(textsOf(answer));
    }
  };
  const { facts } = play({ topics, clients: { client, reader }, until: 45, deeds: [{ at: 5, verb: 'crash', target: `b${leader}` }] });
  expect(clean).toEqual(['orders-0: 0 kept']);
  const marked = facts.filter(({ kind }) => kind === 'transaction.marked');
  expect(marked.map(({ at }) => at)).toEqual([`b${next}`]);
});
