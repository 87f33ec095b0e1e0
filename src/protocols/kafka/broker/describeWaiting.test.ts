import { expect, test } from 'vitest';
import type { Frame } from '../../../engine/index.ts';
import { type Client, type Drawn, play, seconds, type Wish } from './cluster.testkit.ts';
import { waitingByPart, waitingTable } from './describeWaiting.ts';
import { take } from './share.testkit.ts';
import type { Broker } from './state.ts';
import { read, sendPlain } from './transactions.testkit.ts';

const TP = 'orders-0';
const topics = { orders: { partitions: 1, replicationFactor: 3, replicas: '1:2:3' } };
const once = (wish: Wish): Client =>
  function* () {
    yield { until: 3 };
    yield wish;
  };
const ask = (made: object): Wish => ({ node: 1, frame: made as Frame });
const member: Client = function* () {
  yield ask({ verb: 'FindCoordinator', keyType: 'group', key: 'g' });
  const join = (memberId: string) =>
    ask({
      ...{ verb: 'JoinGroup', group: 'g', memberId, clientId: 'x', instanceId: '', reason: '' },
      ...{ sessionTimeout: seconds(10), rebalanceTimeout: seconds(60) },
      protocols: [{ name: 'range', metadata: { topics: ['orders'], owned: [], generation: -1, rack: '' } }],
    });
  // Whoever is new is given an id and sent back for it.
  yield join((yield join('')).memberId);
};

/** What waits at broker 1 when the run stands at `until`, as `<who>: <what>`. */
function waiting(clients: Drawn['clients'], until: number, more: Partial<Drawn> = {}) {
  const { world } = play({ topics, clients, until, ...more });
  const broker = world.nodes.get('b1') as Broker;
  const at = [...waitingByPart(broker)].flatMap(([part, all]) => all.map(({ from, verb }) => `${part} ${from}: ${verb}`));
  return { at: at.toSorted(), table: waitingTable(broker).rows.map((row) => row.join(' ')) };
}

test('a reader’s request waits at its broker until there are records, or its time is over', () => {
  const clients = { reader: once(read(1, TP, 0, 'read_uncommitted', seconds(5))) };
  expect(waiting(clients, 4)).toEqual({
    at: ['b1 b2: Fetch.replica', 'b1 b3: Fetch.replica', 'b1 reader: Fetch'],
    table: ['Fetch reader'],
  });
  expect(waiting(clients, 9).table).toEqual([]);
  const writer: Client = function* () {
    yield { until: 3.5 };
    yield sendPlain(1, TP, 'a');
  };
  expect(waiting({ ...clients, writer }, 4).table).toEqual([]);
});

test('members of a share group wait for records, too', () => {
  const clients = { reader: once(take(1, 'm', TP, { wait: seconds(5) })) };
  expect(waiting(clients, 4, { groups: { g: { protocol: 'share' } } }).table).toEqual(['ShareFetch reader']);
});

test('a write waits for followers that are in sync and do not come', () => {
  const clients = { writer: once(sendPlain(1, TP, 'a')) };
  const away = { deeds: [{ at: 2.9, verb: 'crash', target: 'b2' }] };
  expect(waiting(clients, 3.1, away).table).toEqual(['Produce writer']);
  expect(waiting(clients, 3.1).table).toEqual([]);
});

test('who joins a group waits until the others have come', () => {
  expect(waiting({ member }, 3, { brokers: 1, topics: {}, groups: { g: {} } }).at).toEqual(['b1 member: JoinGroup']);
});

test('what waited is lost with a crash', () => {
  const clients = { reader: once(read(1, TP, 0, 'read_uncommitted', seconds(5))) };
  expect(waiting(clients, 4, { deeds: [{ at: 3.9, verb: 'crash', target: 'b1' }] })).toEqual({ at: [], table: [] });
});
