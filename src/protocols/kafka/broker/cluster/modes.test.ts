import { describe, expect, test } from 'vitest';
import { nextTime, step } from '../../../../engine/index.ts';
import { Play } from './modes.testkit.ts';

const SLOW = 60_000;
const ALL = ['0: 1 of 1 2 3', '1: 2 of 2 3 1', '2: 3 of 3 1 2'];

/** Elections of leaders after the run has begun, as `second node partition`. */
function elections(play: Play): readonly string[] {
  return play
    .of('replica.role', 0.001)
    .filter(({ why, data }) => why.startsWith('elected') && data?.['topic'] === 'orders')
    .map((fact) => `${Math.floor(play.seconds(fact))} ${fact.at} ${fact.data?.['partition']}`);
}

function confirmedIn(play: Play, from: number, to: number): number {
  return play.of('message.confirmed', from).filter((fact) => play.seconds(fact) < to).length;
}

describe('in ZooKeeper mode', () => {
  test(
    'the cluster stands at time 0: its metadata is in znodes, one broker is the controller',
    () => {
      const play = new Play({ servers: 3, version: '2.8', group: true, seconds: 3 });
      expect(play.leaders()).toEqual(ALL);
      expect(play.offices()).toEqual(['b1 1']);
      const paths = play.of('znode.created').map(({ data }) => String(data?.['path']));
      for (const path of ['/controller', '/brokers/ids/1', '/brokers/ids/3', '/brokers/topics/orders/partitions/2/state'])
        expect(paths).toContain(path);
      for (const node of [1, 2, 3]) {
        expect([...play.broker(node).image.brokers.keys()]).toEqual([1, 2, 3]);
        expect(play.figure(`b${node}`, 'zookeeperConnected')).toBe(true);
      }
      expect(confirmedIn(play.to(3), 0, 3)).toBeGreaterThan(2);
    },
    SLOW,
  );

  test(
    'a dead controller is missed after its session; another broker wins the race, then leaders move',
    () => {
      const play = new Play({
        servers: 1,
        version: '2.8',
        seconds: 45,
        deeds: [
          [5, 'crash', 'b1'],
          [30, 'restart', 'b1'],
          [40, 'elect', 'orders@2'],
        ],
      });
      play.to(18);
      expect(play.offices()).toEqual(['b1 1']);
      expect(play.leaders()).toEqual(['1: 2 of 2 3 1', '2: 3 of 3 1 2']);
      play.to(30);
      expect(play.offices()).toEqual(['b1 1', 'b2 2']);
      expect(play.leaders()).toEqual(['0: 2 of 2 3', '1: 2 of 2 3', '2: 3 of 3 2']);
      // A session of 18 s, heard of last before the crash, ends at a whole tick.
      expect(play.seconds(play.of('session.expired')[0])).toBeGreaterThanOrEqual(18);
      expect(play.seconds(play.of('session.expired')[0])).toBeLessThan(26);
      play.to(45);
      expect(play.leaders().map((text) => text.slice(0, 4))).toEqual(['0: 1', '1: 2', '2: 3']);
      expect(play.figure('b1', 'clusterRole')).toBe('standbyController');
      expect(play.of('broker.unfenced').map(({ at, why }) => [at, why])).toEqual([['b1', 'registered']]);
    },
    SLOW,
  );

  test(
    'without a majority of ZooKeeper data flows, but nobody is elected; then everything heals',
    () => {
      const play = new Play({
        ...{ servers: 3, version: '2.8', seconds: 70 },
        deeds: [
          [5, 'crash', 'zk1'],
          [5, 'crash', 'zk2'],
          [20, 'crash', 'b3'],
          [40, 'restart', 'zk1'],
        ],
      });
      play.to(20);
      expect(confirmedIn(play, 8, 20)).toBeGreaterThan(20);
      play.to(40);
      expect(elections(play)).toEqual([]);
      expect(play.leaders()).toEqual(['0: 1 of 1 2 3', '1: 2 of 2 3 1']);
      play.to(70);
      expect(play.leaders()).toEqual(['0: 1 of 1 2', '1: 2 of 2 1', '2: 1 of 1 2']);
      expect(play.offices()).toEqual(['b1 1']);
      expect(confirmedIn(play, 66, 70)).toBeGreaterThan(4);
    },
    SLOW,
  );

  test(
    'a controller that is cut off from ZooKeeper is replaced without knowing it, and gives in when it is back',
    () => {
      const play = new Play({
        servers: 1,
        version: '2.8',
        seconds: 45,
        deeds: [
          [5, 'cut', 'b1-zk1'],
          [35, 'heal', 'b1-zk1'],
        ],
      });
      play.to(34);
      expect([1, 2].map((node) => play.figure(`b${node}`, 'clusterRole'))).toEqual(['activeController', 'activeController']);
      // It goes on leading what another one leads already.
      expect(play.leaders().filter((text) => text.startsWith('0'))).toEqual(['0: 1 of 1 2 3', '0: 2 of 2 3']);
      play.to(45);
      expect(play.figure('b1', 'clusterRole')).toBe('standbyController');
      expect(play.leaders()).toEqual(['0: 2 of 2 3 1', '1: 2 of 2 3 1', '2: 3 of 3 2 1']);
    },
    SLOW,
  );

  test(
    'a broker that is stopped in good order is let go at once, its leaders have moved before',
    () => {
      const play = new Play({
        servers: 1,
        version: '2.8',
        seconds: 15,
        deeds: [
          [5, 'stop', 'b2'],
          [10, 'restart', 'b2'],
        ],
      });
      play.to(8);
      const stopped = play.of('node.crashed')[0];
      expect(stopped?.why).toBe('stopped');
      expect(play.seconds(stopped)).toBeLessThan(5.5);
      expect(elections(play)).toEqual(['5 b3 1']);
      expect(play.of('session.closed').map(({ data }) => data?.['client'])).toEqual(['b2']);
      expect(play.leaders()).toEqual(['0: 1 of 1 3', '1: 3 of 3 1', '2: 3 of 3 1']);
      play.to(15);
      expect(play.leaders()).toEqual(['0: 1 of 1 3 2', '1: 3 of 3 1 2', '2: 3 of 3 1 2']);
    },
    SLOW,
  );

  test(
    'a broker that is back before its session has ended can’t register until then',
    () => {
      const play = new Play({
        servers: 1,
        version: '2.8',
        seconds: 35,
        deeds: [
          [5, 'crash', 'b3'],
          [7, 'restart', 'b3'],
        ],
      });
      play.to(18);
      expect(play.of('request.refused').map(({ at, why }) => `${at} ${why}`)).toEqual(['b3 node-exists']);
      expect(play.leaders()).toEqual(['0: 1 of 1 2 3', '1: 2 of 2 3 1']);
      play.to(35);
      expect(play.leaders()).toEqual(['0: 1 of 1 2 3', '1: 2 of 2 1 3', '2: 1 of 1 2 3']);
    },
    SLOW,
  );

  test(
    'of old leaders write their ISR into ZooKeeper themselves and leave a notice; tools write topics and elections there',
    () => {
      const extra = {
        id: 'x',
        kind: 'kafka/topic',
        name: 'extra',
        parent: 'b2',
        x: 0,
        y: 0,
        config: { partitions: 2, replicationFactor: 3 },
      };
      const play = new Play({
        ...{ servers: 1, version: '0.9', broker: { zookeeperSessionMillis: 4_000 }, joins: [extra], seconds: 40 },
        deeds: [
          [2, 'join', 'x'],
          [4, 'reconfigure', 'x', { partitions: 4 }],
          [6, 'crash', 'b3'],
          [16, 'restart', 'b3'],
          [36, 'elect', 'orders'],
        ],
      });
      expect(play.to(3).leaders('extra')).toHaveLength(2);
      expect(play.to(5).leaders('extra')).toHaveLength(4);
      expect(play.to(15).leaders()).toEqual(['0: 1 of 1 2', '1: 2 of 2 1', '2: 1 of 1 2']);
      expect(play.to(34).leaders()).toEqual(['0: 1 of 1 2 3', '1: 2 of 2 1 3', '2: 1 of 1 2 3']);
      const created = play.of('znode.created', 0.001).map(({ data }) => String(data?.['path']));
      expect(created.some((path) => path.startsWith('/isr_change_notification/isr_change_'))).toBe(true);
      for (const node of [1, 2, 3]) expect(play.broker(node).image.topics.get('orders')?.partitions[2]?.isr).toEqual([1, 2, 3]);
      expect(play.to(40).leaders().at(-1)).toBe('2: 3 of 1 2 3');
    },
    SLOW,
  );
});

describe('in KRaft mode, for comparison', () => {
  test(
    'a dead broker is fenced after 9 s; a dead controller is replaced in seconds by one that knows everything',
    () => {
      const play = new Play({
        servers: 0,
        version: '4.1',
        seconds: 30,
        deeds: [
          [5, 'crash', 'b1'],
          [20, 'restart', 'b1'],
        ],
      });
      play.to(19);
      expect(play.offices()).toHaveLength(2);
      const [, taken] = play.of('controller.role').filter(({ data }) => data?.['role'] === 'active');
      expect(play.seconds(taken)).toBeLessThan(9);
      expect(elections(play).map((text) => text.split(' ')[2])).toEqual(['0']);
      play.to(30);
      expect(play.leaders().map((text) => text.slice(-5).split(' ').length)).toEqual([3, 3, 3]);
      // A voter that is back waits for its leader before it stands itself.
      expect(play.offices()).toHaveLength(2);
      // The controller tells of the dead one that it is fenced, and not one is fenced twice.
      const [fenced, unfenced, ...more] = [...play.of('broker.fenced'), ...play.of('broker.unfenced')];
      expect([fenced?.at, unfenced?.at, more]).toEqual(['b1', 'b1', []]);
      expect(play.seconds(fenced)).toBeGreaterThan(14);
      expect(play.seconds(unfenced)).toBeGreaterThan(20);
    },
    SLOW,
  );

  test(
    'a broker that is cut off from all others is fenced without knowing it, and unfenced when it is back',
    () => {
      const links = [
        ['b1', 'b3'],
        ['b2', 'b3'],
      ] as const;
      const deeds: [number, string, string][] = [
        [5, 'cut', 'b1-b3'],
        [5, 'cut', 'b2-b3'],
        [25, 'heal', 'b1-b3'],
        [25, 'heal', 'b2-b3'],
      ];
      const play = new Play({ servers: 0, version: '4.1', seconds: 45, links, deeds }).to(24);
      expect(play.of('broker.fenced').map(({ at }) => at)).toEqual(['b3']);
      expect(play.figure('b3', 'fenced')).toBeUndefined();
      expect(play.of('broker.unfenced')).toEqual([]);
      play.to(45);
      expect(play.of('broker.unfenced').map(({ at }) => at)).toEqual(['b3']);
      expect(play.of('broker.fenced')).toHaveLength(1);
    },
    SLOW,
  );

  test(
    'answers of the controller bear the names of the APIs that were asked',
    () => {
      const play = new Play({ servers: 0, version: '4.1', seconds: 30, deeds: [[5, 'crash', 'b3']] });
      const verbs = new Set<string>();
      while (nextTime(play.program, play.world) < 20_000_000 && step(play.program, play.world, play.facts))
        for (const { frame } of play.world.flights.values()) verbs.add(frame.verb);
      expect([...verbs]).toEqual(expect.arrayContaining(['BrokerHeartbeat', 'BrokerHeartbeatResponse']));
      expect([...verbs].filter((verb) => verb.startsWith('Controller'))).toEqual([]);
    },
    SLOW,
  );

  test(
    'a broker that is stopped in good order moves its leaders first, and says so when it is back',
    () => {
      const play = new Play({
        servers: 0,
        version: '4.1',
        seconds: 30,
        deeds: [
          [5, 'stop', 'b1'],
          [15, 'restart', 'b1'],
          [25, 'elect', 'orders'],
        ],
      });
      play.to(14);
      const [stopped] = play.of('node.crashed');
      expect(stopped?.why).toBe('stopped');
      expect(elections(play)).toEqual(['5 b2 0']);
      expect(play.seconds(stopped)).toBeLessThan(10);
      expect(play.broker(1).cluster).toMatchObject({ type: 'kraft', previousEpoch: 1 });
      play.to(30);
      expect(play.broker(1).cluster).toMatchObject({ previousEpoch: -1, stopping: 'no' });
      expect(play.leaders().map((text) => text.slice(0, 4))).toEqual(['0: 1', '1: 2', '2: 3']);
    },
    SLOW,
  );
});

for (const [servers, version] of [
  [0, '4.1'],
  [1, '2.8'],
] as const)
  test(
    `fewer partitions are refused and nothing changes, Kafka ${version}`,
    () => {
      const play = new Play({
        ...{ servers, version, seconds: 14, topic: { replicas: '', partitions: 3 } },
        deeds: [
          [5, 'reconfigure', 'orders', { partitions: 5 }],
          [8, 'reconfigure', 'orders', { partitions: 2 }],
          // Of something else: what was refused is not asked for again.
          [11, 'reconfigure', 'orders', { retentionMillis: 60_000 }],
        ],
      });
      play.to(7);
      expect(play.leaders()).toHaveLength(5);
      play.to(14);
      expect(play.leaders()).toHaveLength(5);
      expect(play.of('request.refused').map(({ at, why, data }) => `${at} ${data?.['api']} ${why}`)).toEqual([
        'b1 CreatePartitions invalid-partitions',
      ]);
    },
    SLOW,
  );

describe('what is to be seen at a glance', () => {
  test(
    'is which node decides, and that goes with the office',
    () => {
      const play = new Play({ servers: 0, version: '4.1', seconds: 25, deeds: [[5, 'crash', 'b1']] });
      play.to(4);
      expect([1, 2, 3].map((node) => play.badges(`b${node}`))).toEqual([['office activeController'], [], []]);
      play.to(25);
      const now = [1, 2, 3].map((node) => play.badges(`b${node}`));
      expect(now[0]).toEqual([]);
      expect(now.flat()).toEqual(['office activeController']);
    },
    SLOW,
  );

  test(
    'is a node that only decides, where the cluster keeps its metadata itself',
    () => {
      const joins = [{ id: 'c9', kind: 'kafka/broker', name: 'c-9', x: 0, y: 0, config: { version: '4.1', roles: 'controller' } }];
      const drawn = { servers: 0, version: '4.1', seconds: 3, broker: { roles: 'broker' }, joins };
      const play = new Play(drawn).to(3);
      expect(play.badges('c9')).toEqual(['kind controllerOnly', 'office activeController']);
      expect(play.badges('b1')).toEqual([]);
    },
    SLOW,
  );

  test(
    'and such a node is no broker: nobody reaches it as one, it holds nothing, and stops without asking',
    () => {
      const joins = [{ id: 'c9', kind: 'kafka/broker', name: 'c-9', x: 0, y: 0, config: { version: '4.1', roles: 'controller' } }];
      const deeds: [number, string, string][] = [
        [10, 'stop', 'c9'],
        [20, 'restart', 'c9'],
      ];
      const play = new Play({ servers: 0, version: '4.1', group: true, seconds: 30, joins, deeds }).to(9);
      for (const node of [1, 2, 3]) expect([...play.broker(node).image.brokers.keys()]).toEqual([1, 2, 3]);
      expect(play.leaders()).toEqual(ALL);
      play.to(30);
      expect(play.of('broker.fenced')).toEqual([]);
      expect(play.of('node.crashed').map(({ at, time }) => `${time / 1_000_000} ${at}`)).toEqual(['10 c9']);
      expect(play.of('broker.unfenced').map(({ at, why }) => [at, why])).toEqual([['c9', 'controller-only']]);
    },
    SLOW,
  );
});
