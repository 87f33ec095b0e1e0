import { describe, expect, test } from 'vitest';
import { applyControlRequest, checkControlRequest, copyZkController, newZkBrokerView, partitionOf, zkReconnected } from '../index.ts';
import { ZkCluster } from './zk.testkit.ts';
import { encodePartitions, topicConfigPath, ZNODES } from './zookeeper.ts';

function clusterOf(brokers: readonly number[], replicas: readonly (readonly number[])[]): ZkCluster {
  const cluster = new ZkCluster();
  cluster.start(...brokers);
  cluster.createTopic('t', replicas);
  cluster.sent();
  return cluster;
}

function alterIsr(cluster: ZkCluster, leader: number, newIsr: readonly number[]): string | undefined {
  const controller = cluster.at(cluster.active());
  const known = controller.partitions.get('t-0');
  const { leaderEpoch = 0, partitionEpoch = 0 } = known ?? {};
  const brokerEpoch = controller.brokers.get(leader)?.epoch ?? -1;
  const partitions = [{ topic: 't', partition: 0, leaderEpoch, partitionEpoch, newIsr }];
  cluster.event(cluster.active(), { type: 'alterPartition', ticket: 1, brokerId: leader, brokerEpoch, partitions });
  const last = cluster.answers().at(-1);
  return last?.partitions?.[0]?.error ?? last?.error;
}

describe('the office of the controller', () => {
  test('the broker that creates /controller first has it, all others wait', () => {
    const cluster = new ZkCluster();
    cluster.start(0, 1, 2);
    expect(cluster.active()).toBe(0);
    expect(cluster.at(2).activeId).toBe(0);
    expect(cluster.zookeeper.nodes.get(ZNODES.controllerEpoch)?.data).toBe('1');
  });

  test('when its session ends another takes over in the next epoch, with everything read anew', () => {
    const cluster = clusterOf([0, 1, 2], [[0, 1, 2]]);
    cluster.kill(0);
    expect(cluster.active()).not.toBe(0);
    expect(cluster.zookeeper.nodes.get(ZNODES.controllerEpoch)?.data).toBe('2');
    expect(cluster.state()).toMatchObject({ leader: 1, isr: [1, 2], controllerEpoch: 2 });
  });

  test('a controller that has been replaced without noticing can write nothing any more, and resigns', () => {
    const cluster = clusterOf([0, 1, 2], [[0, 1, 2]]);
    cluster.expire(0, false);
    expect(cluster.at(0).activeId).toBe(0);
    expect(cluster.at(1).activeId).toBe(1);
    const before = cluster.state();
    expect(alterIsr(cluster, 0, [0, 1])).toBe('NOT_CONTROLLER');
    expect(cluster.state()).toEqual(before);
    expect(cluster.at(0).activeId).toBe(1);
  });

  test('brokers refuse orders of a controller of an earlier epoch, and those for a former life', () => {
    const request = { type: 'StopReplica', controllerId: 0, controllerEpoch: 2, brokerEpoch: 7, partitions: [] } as const;
    const view = applyControlRequest(newZkBrokerView(7), request);
    expect(checkControlRequest(view, { ...request, controllerEpoch: 1 })).toBe('STALE_CONTROLLER_EPOCH');
    expect(checkControlRequest(view, { ...request, brokerEpoch: 6 })).toBe('STALE_BROKER_EPOCH');
    expect(checkControlRequest(view, { ...request, controllerEpoch: 3 })).toBe('NONE');
  });

  test('a session that ends is noticed: the broker lays down its office and registers again', () => {
    const cluster = clusterOf([0, 1], [[0, 1]]);
    const session = cluster.expire(0, true);
    expect(cluster.active()).toBe(1);
    cluster.event(0, { type: 'registerAndReelect', session });
    expect(cluster.at(0).activeId).toBe(1);
    expect([...cluster.at(1).brokers.keys()].sort()).toEqual([0, 1]);
  });

  test('a broker can’t register while the znode of its former life is there', () => {
    const cluster = new ZkCluster();
    cluster.start(0, 1);
    const session = cluster.sessions.get(1);
    cluster.start(1);
    expect(cluster.facts.at(-1)?.effect.type).toBe('registrationRefused');
    cluster.zookeeper.expire(session ?? 0);
    cluster.event(1, { type: 'startup', session: cluster.sessions.get(1) ?? 0 });
    expect([...cluster.at(0).brokers.keys()].sort()).toEqual([0, 1]);
  });

  test('what was asked when the connection broke is asked again', () => {
    const cluster = new ZkCluster();
    cluster.start(0);
    const { awaiting } = cluster.at(0);
    expect(awaiting).toBeUndefined();
    expect(zkReconnected(cluster.at(0))).toEqual([]);
    const waiting = copyZkController(cluster.at(0));
    waiting.awaiting = { firstXid: 5, ops: [{ op: 'get', path: '/a', watch: false }], answers: [undefined], resume: { do: 'elect' } };
    expect(zkReconnected(waiting)).toEqual([{ type: 'zookeeper', xid: 5, op: { op: 'get', path: '/a', watch: false } }]);
  });
});

describe('partitions', () => {
  test('a new topic’s partitions are written, replicas are told, everybody learns of it', () => {
    const cluster = new ZkCluster();
    cluster.start(0, 1, 2);
    cluster.sent();
    cluster.createTopic('t', [[1, 2]]);
    expect(cluster.state()).toEqual({ leader: 1, leaderEpoch: 0, isr: [1, 2], controllerEpoch: 1, leaderRecoveryState: 'RECOVERED' });
    expect(cluster.sent()).toEqual(['LeaderAndIsr>1', 'LeaderAndIsr>2', 'UpdateMetadata>0', 'UpdateMetadata>1', 'UpdateMetadata>2']);
  });

  test('partitions that are added to a topic’s znode come up, too', () => {
    const cluster = clusterOf([0, 1], [[0, 1]]);
    const { data } = cluster.zookeeper.nodes.get('/brokers/topics/t') ?? { data: '' };
    const more = JSON.parse(data) as { partitions: Record<string, number[]> };
    more.partitions['1'] = [1, 0];
    cluster.zookeeper.apply(0, { op: 'set', path: '/brokers/topics/t', data: JSON.stringify(more), version: -1 });
    cluster.settle();
    expect(cluster.state('t', 1)).toMatchObject({ leader: 1, isr: [1, 0] });
  });

  test('when a broker dies its partitions move and it leaves all ISRs, with a new leader epoch each time', () => {
    const cluster = clusterOf(
      [0, 1, 2],
      [
        [2, 1, 0],
        [1, 2],
      ],
    );
    cluster.kill(2);
    expect(cluster.state('t', 0)).toMatchObject({ leader: 1, isr: [1, 0], leaderEpoch: 1 });
    expect(cluster.state('t', 1)).toMatchObject({ leader: 1, isr: [1], leaderEpoch: 1 });
    expect(cluster.sent().some((request) => request.endsWith('>2'))).toBe(false);
  });

  test('the last member of an ISR is kept: the partition waits for it', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    cluster.kill(1);
    cluster.kill(2);
    expect(cluster.state()).toMatchObject({ leader: -1, isr: [2] });
    cluster.start(1);
    expect(cluster.state()).toMatchObject({ leader: -1, isr: [2] });
    cluster.start(2);
    expect(cluster.state()).toMatchObject({ leader: 2, isr: [2] });
  });

  test('a topic that allows it gets a leader from outside the ISR', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    const data = JSON.stringify({ version: 1, config: { 'unclean.leader.election.enable': 'true' } });
    cluster.zookeeper.apply(0, { op: 'create', path: topicConfigPath('t'), data, mode: 'PERSISTENT' });
    cluster.kill(1);
    cluster.kill(2);
    cluster.start(1);
    expect(cluster.state()).toMatchObject({ leader: 1, isr: [1], leaderRecoveryState: 'RECOVERING' });
  });

  test('a broker that returns follows, joins the ISR by AlterPartition and leads again by a preferred election', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    cluster.kill(1);
    cluster.start(1);
    expect(cluster.state()).toMatchObject({ leader: 2, isr: [2] });
    const elect = { type: 'electLeaders', ticket: 3, election: 'PREFERRED', partitions: [{ topic: 't', partition: 0 }] } as const;
    cluster.event(0, elect);
    expect(cluster.answers().at(-1)?.results?.[0]?.error).toBe('PREFERRED_LEADER_NOT_AVAILABLE');
    expect(alterIsr(cluster, 2, [2, 1])).toBe('NONE');
    cluster.event(0, elect);
    expect(cluster.answers().at(-1)?.results?.[0]?.error).toBe('NONE');
    expect(cluster.state()).toMatchObject({ leader: 1, isr: [2, 1], leaderEpoch: 2 });
    cluster.event(0, elect);
    expect(cluster.answers().at(-1)?.results?.[0]?.error).toBe('ELECTION_NOT_NEEDED');
  });

  test('an election may be asked for by a znode', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    cluster.kill(1);
    cluster.start(1);
    alterIsr(cluster, 2, [2, 1]);
    const data = encodePartitions([{ topic: 't', partition: 0 }]);
    for (let round = 0; round < 2; round += 1) {
      cluster.zookeeper.apply(0, { op: 'create', path: ZNODES.preferredElection, data, mode: 'PERSISTENT' });
      cluster.settle();
      expect(cluster.zookeeper.nodes.has(ZNODES.preferredElection)).toBe(false);
    }
    expect(cluster.state()).toMatchObject({ leader: 1 });
  });

  test('leaders take ISRs back by notices where brokers are older than 2.7', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    const state = { controller_epoch: 1, leader: 1, version: 1, leader_epoch: 0, isr: [1] };
    const path = '/brokers/topics/t/partitions/0/state';
    cluster.zookeeper.apply(0, { op: 'set', path, data: JSON.stringify(state), version: 0 });
    const notice = `${ZNODES.isrChanges}/isr_change_0000000000`;
    const data = encodePartitions([{ topic: 't', partition: 0 }]);
    cluster.zookeeper.apply(0, { op: 'create', path: notice, data, mode: 'PERSISTENT' });
    cluster.settle();
    expect(cluster.at(0).partitions.get('t-0')).toMatchObject({ isr: [1], partitionEpoch: 1 });
    expect(cluster.zookeeper.nodes.has(notice)).toBe(false);
    expect(cluster.sent()).toEqual(['UpdateMetadata>0', 'UpdateMetadata>1', 'UpdateMetadata>2']);
  });

  test('a wish for an ISR that is out of date is refused', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    expect(alterIsr(cluster, 1, [1])).toBe('NONE');
    const { epoch: brokerEpoch = 0 } = cluster.at(0).brokers.get(1) ?? {};
    const wish = { topic: 't', partition: 0, leaderEpoch: 0, partitionEpoch: 0, newIsr: [1, 2] };
    const ask = (change: object, epoch = brokerEpoch) => {
      const partitions = [{ ...wish, ...change }];
      cluster.event(0, { type: 'alterPartition', ticket: 4, brokerId: 1, brokerEpoch: epoch, partitions });
      const answer = cluster.answers().at(-1);
      return answer?.partitions?.[0]?.error ?? answer?.error;
    };
    expect(ask({})).toBe('INVALID_UPDATE_VERSION');
    expect(ask({ partitionEpoch: 9 })).toBe('NOT_CONTROLLER');
    expect(ask({ partitionEpoch: 1, newIsr: [1, 7] })).toBe('INELIGIBLE_REPLICA');
    expect(ask({}, brokerEpoch - 1)).toBe('STALE_BROKER_EPOCH');
  });

  test('a broker that wants to stop hands its partitions over first', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2], [2, 1], [1]]);
    const { epoch: brokerEpoch = 0 } = cluster.at(0).brokers.get(1) ?? {};
    cluster.event(0, { type: 'controlledShutdown', ticket: 5, brokerId: 1, brokerEpoch });
    expect(cluster.answers().at(-1)).toEqual({ error: 'NONE', remaining: [] });
    expect(cluster.state('t', 0)).toMatchObject({ leader: 2, isr: [2] });
    expect(cluster.state('t', 1)).toMatchObject({ leader: 2, isr: [2] });
    expect(cluster.state('t', 2)).toMatchObject({ leader: 1, isr: [1] });
    expect(cluster.sent()).toContain('StopReplica>1');
  });

  test('a reassignment ends when the new replicas are in sync: old ones are deleted', () => {
    const cluster = clusterOf([0, 1, 2], [[1]]);
    cluster.event(0, { type: 'reassign', ticket: 6, partitions: [{ topic: 't', partition: 0, replicas: [2] }] });
    expect(cluster.at(0).partitions.get('t-0')).toMatchObject({ replicas: [2, 1], addingReplicas: [2], removingReplicas: [1] });
    expect(alterIsr(cluster, 1, [1, 2])).toBe('NONE');
    expect(cluster.at(0).partitions.get('t-0')).toMatchObject({ replicas: [2], isr: [2], leader: 2 });
    expect(cluster.requests.some(({ request }) => request.type === 'StopReplica' && request.partitions[0]?.deletePartition)).toBe(true);
    expect(JSON.parse(cluster.zookeeper.nodes.get('/brokers/topics/t')?.data ?? '')).toMatchObject({ partitions: { 0: [2] } });
  });

  test('a topic is deleted when all its replicas are there to delete their logs', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    cluster.kill(2);
    cluster.zookeeper.apply(0, { op: 'create', path: `${ZNODES.deleteTopics}/t`, data: '', mode: 'PERSISTENT' });
    cluster.settle();
    expect(cluster.zookeeper.nodes.has('/brokers/topics/t')).toBe(true);
    cluster.start(2);
    expect([...cluster.zookeeper.nodes.keys()].filter((path) => path.endsWith('/t') || path.includes('/t/'))).toEqual([]);
    const view = cluster.requests
      .filter(({ to }) => to === 1)
      .reduce((v, { request }) => applyControlRequest(v, request), newZkBrokerView(0));
    expect(view.image.topicIds.has('t')).toBe(false);
    cluster.createTopic('t', [[2]]);
    expect(cluster.state()).toMatchObject({ leader: 2, leaderEpoch: 0 });
  });

  test('every broker can tell clients what the controller has told it', () => {
    const cluster = new ZkCluster();
    cluster.start(0, 1);
    cluster.createTopic('t', [[1, 0]]);
    const views = [0, 1].map((id) =>
      cluster.requests.filter(({ to }) => to === id).reduce((view, { request }) => applyControlRequest(view, request), newZkBrokerView(0)),
    );
    for (const { image, controllerId } of views) {
      expect([...image.brokers.keys()]).toEqual([0, 1]);
      expect(partitionOf(image, 't', 0)).toMatchObject({ leader: 1, isr: [1, 0] });
      expect(controllerId).toBe(0);
    }
  });
});

describe('the periodic look at preferred leaders', () => {
  test('partitions go back only where more than the allowed share has left', () => {
    const cluster = clusterOf([0, 1, 2], [[1, 2]]);
    cluster.kill(1);
    cluster.start(1);
    alterIsr(cluster, 2, [2, 1]);
    cluster.event(0, { type: 'rebalance' });
    expect(cluster.state()).toMatchObject({ leader: 1 });
  });
});
