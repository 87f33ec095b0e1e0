import { expect, test } from 'vitest';
import { type Client, play, textsOf, told, type Wish } from './cluster.testkit.ts';
import { add, end, find, init, read, send, sendPlain, type Who } from './transactions.testkit.ts';

const TOPICS = { orders: { partitions: 1, replicationFactor: 3, replicas: '1:2:3' }, bills: { partitions: 1, replicas: '2:3:1' } };

/** Asks until it is no more told to wait. */
function* patiently(wish: Wish, from: number): Generator<Wish, Who, Who & { readonly error: string }> {
  for (let at = from; ; at += 0.1) {
    const answer = yield wish;
    if (answer.error !== 'CONCURRENT_TRANSACTIONS') return answer;
    yield { until: at };
  }
}

/** A transaction over both topics, ended after 5 s. */
const writer = (isCommit: boolean, log: unknown[] = []): Client =>
  function* () {
    const { node } = yield find(3);
    const who: Who = yield init(node);
    log.push((yield add(node, who, 'orders-0', 'bills-0')).error);
    log.push((yield send(1, who, 'orders-0', 0, 'a', 'b')).results[0].error);
    log.push((yield send(2, who, 'bills-0', 0, 'c')).results[0].error);
    log.push((yield sendPlain(1, 'orders-0', 'plain')).results[0].error);
    yield { until: 5 };
    log.push((yield end(node, who, isCommit)).error);
  };

function reader(isolation: string, log: string[], tp = 'orders-0', node = 1): Client {
  return function* () {
    let offset = 0;
    yield { until: 2 };
    for (;;) {
      const answer = yield read(node, tp, offset, isolation, 20_000_000);
      if (!answer) return;
      offset = answer.partitions[0].nextOffset;
      if (answer.partitions[0].records.length > 0) log.push(textsOf(answer));
    }
  };
}

test('what is committed is seen by all, by readers of committed records when the end is marked', () => {
  const [written, dirty, clean, other]: [unknown[], string[], string[], string[]] = [[], [], [], []];
  const clients = {
    p: writer(true, written),
    dirty: reader('read_uncommitted', dirty),
    clean: reader('read_committed', clean),
    other: reader('read_committed', other, 'bills-0', 2),
  };
  const { facts } = play({ topics: TOPICS, clients, until: 12 });
  expect(written).toEqual(['', '', '', '', '']);
  expect(dirty).toEqual(['orders-0: 0 a, 1 b, 2 plain']);
  expect(clean).toEqual(['orders-0: 0 a, 1 b, 2 plain']);
  expect(other).toEqual(['bills-0: 0 c']);
  const isRead = facts.filter(({ kind }) => kind === 'message.read');
  const consumerAt = (id: string) => isRead.find(({ data }) => data?.['consumer'] === id)?.time ?? 0;
  expect(consumerAt('dirty')).toBeLessThan(3_000_000);
  expect(consumerAt('clean')).toBeGreaterThan(5_000_000);
  expect(consumerAt('clean')).toBeLessThan(6_000_000);
  expect(told(facts, 'transaction.marked')).toEqual([
    { partition: 0, index: 3, outcome: 'commit' },
    { partition: 0, index: 1, outcome: 'commit' },
  ]);
  expect(told(facts, 'transaction.state').map((data) => data?.['to'])).toEqual(['Empty', 'Ongoing', 'PrepareCommit', 'CompleteCommit']);
});

test('what is aborted is seen by readers of uncommitted records alone', () => {
  const [dirty, clean]: [string[], string[]] = [[], []];
  const clients = { p: writer(false), dirty: reader('read_uncommitted', dirty), clean: reader('read_committed', clean) };
  play({ topics: TOPICS, clients, until: 12 });
  expect(dirty).toEqual(['orders-0: 0 a, 1 b, 2 plain']);
  expect(clean).toEqual(['orders-0: 2 plain']);
});

test('a second producer under the same id fences the first, whose open transaction is aborted', () => {
  const log: unknown[] = [];
  const clean: string[] = [];
  const zombie: Client = function* () {
    const { node } = yield find(3);
    const who: Who = yield init(node);
    yield add(node, who, 'orders-0');
    yield send(1, who, 'orders-0', 0, 'zombie');
    yield { until: 10 };
    log.push((yield send(1, who, 'orders-0', 1, 'late')).results[0].error);
    log.push((yield end(node, who, true)).error);
  };
  const second: Client = function* () {
    yield { until: 4 };
    const { node } = yield find(1);
    log.push((yield init(node)).error);
    const who = yield* patiently(init(node), 5);
    log.push([who.producerEpoch]);
    yield add(node, who, 'orders-0');
    yield send(1, who, 'orders-0', 0, 'mine');
    log.push((yield end(node, who, true)).error);
  };
  const { facts } = play({ topics: TOPICS, clients: { zombie, second, clean: reader('read_committed', clean) }, until: 14 });
  expect(log).toEqual(['CONCURRENT_TRANSACTIONS', [2], '', 'INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED']);
  expect(clean).toEqual(['orders-0: 2 mine']);
  expect(facts.filter(({ kind, why }) => kind === 'transaction.state' && why === 'fenced')).toHaveLength(1);
});

test('a producer that does not end its transaction in time is fenced, and what it wrote is taken back', () => {
  const log: unknown[] = [];
  const clean: string[] = [];
  const slow: Client = function* () {
    const { node } = yield find(3);
    const who: Who = yield init(node, 15_000_000);
    yield add(node, who, 'orders-0');
    yield send(1, who, 'orders-0', 0, 'slow');
    yield sendPlain(1, 'orders-0', 'plain');
    yield { until: 40 };
    log.push((yield end(node, who, true)).error);
  };
  const { facts } = play({ topics: TOPICS, clients: { slow, clean: reader('read_committed', clean) }, until: 45 });
  expect(log).toEqual(['PRODUCER_FENCED']);
  expect(clean).toEqual(['orders-0: 1 plain']);
  const aborted = facts.find(({ kind, why }) => kind === 'transaction.state' && why === 'timed-out');
  expect(aborted?.data).toMatchObject({ from: 'Ongoing', to: 'PrepareAbort', epoch: 1 });
  // Every 10 s the coordinator looks; 15 s had passed at about 16 s.
  expect(Math.floor((aborted?.time ?? 0) / 1_000_000)).toBe(20);
});

test('a coordinator that dies once the end is decided leaves it to the next one', () => {
  const coordinator = { node: 0 };
  const ask: Client = function* () {
    coordinator.node = (yield find(1)).node;
  };
  play({ topics: TOPICS, clients: { ask }, until: 3 });
  const dying = coordinator.node;
  // Led by another broker than the coordinator's, so that only the coordinator dies.
  const others = [1, 2, 3].filter((node) => node !== dying);
  const topics = { orders: { partitions: 1, replicationFactor: 3, replicas: `${[...others, dying].join(':')}` } };
  const leader = others[0] as number;
  const clean: string[] = [];
  const log: unknown[] = [];
  const client: Client = function* () {
    const who: Who = yield init(dying);
    yield add(dying, who, 'orders-0');
    yield send(leader, who, 'orders-0', 0, 'kept');
    yield { until: 5 };
    log.push(yield end(dying, who, true));
    yield { until: 30 };
    const { node } = yield find(leader);
    log.push(node === dying ? 'same' : 'other', (yield end(node, who, true)).error);
  };
  const clients = { client, clean: reader('read_committed', clean, 'orders-0', leader) };
  // The end is decided, its marker on the way to the leader.
  const { facts } = play({ topics, clients, until: 40, deeds: [{ at: 5.0035, verb: 'crash', target: `b${dying}` }] });
  const states = facts.filter(({ kind }) => kind === 'transaction.state');
  expect(states.map(({ data, at }) => [data?.['to'], at === `b${dying}`])).toEqual([
    ['Empty', true],
    ['Ongoing', true],
    ['PrepareCommit', true],
    ['CompleteCommit', false],
  ]);
  expect(clean).toEqual([`orders-0: 0 kept`]);
  expect(log.slice(1)).toEqual(['other', '']);
});
