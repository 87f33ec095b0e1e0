import { describe, expect, test } from 'vitest';
import { fenceBroker, fenceStaleBroker, nextControllerCheck, periodicRound, unfenceBroker } from '../index.ts';
import { alterIsr, apply, ask, clusterWith, partition, SETTINGS } from './kraft.testkit.ts';

const ELR = { ...SETTINGS, eligibleLeaderReplicas: true, minInsyncReplicas: 2 };

function fence(controller: ReturnType<typeof clusterWith>, ...ids: readonly number[]): void {
  for (const id of ids) apply(controller, fenceBroker(controller.image, controller.settings, id));
}

function unfence(controller: ReturnType<typeof clusterWith>, id: number): void {
  apply(controller, unfenceBroker(controller.image, controller.settings, id));
}

describe('leaders and ISRs', () => {
  test('the last member of an ISR is kept, and only it may lead again', () => {
    const c = clusterWith([0, 1, 2], [[0, 1, 2]]);
    fence(c, 0, 1, 2);
    expect(partition(c)).toMatchObject({ leader: -1, isr: [2] });
    unfence(c, 0);
    expect(partition(c)).toMatchObject({ leader: -1, isr: [2] });
    unfence(c, 2);
    expect(partition(c)).toMatchObject({ leader: 2, isr: [2], leaderRecoveryState: 'RECOVERED' });
  });

  test('a broker that returns is in the ISR only when its leader says so', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    fence(c, 0);
    unfence(c, 0);
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1] });
    expect(alterIsr(c, [1, 0])).toBe('NONE');
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1, 0] });
  });

  test('the preferred leader takes over again in the periodic round, once it is in sync', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    fence(c, 0);
    unfence(c, 0);
    expect(periodicRound(c, 'balance')).toEqual([]);
    alterIsr(c, [1, 0]);
    apply(c, periodicRound(c, 'balance'));
    expect(partition(c)).toMatchObject({ leader: 0, leaderEpoch: 2 });
  });

  test('a topic that allows it gets a leader from outside the ISR when a replica lives', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    ask(c, { type: 'AlterConfig', topic: 't', name: 'unclean.leader.election.enable', value: 'true' });
    fence(c, 1, 0);
    expect(partition(c)).toMatchObject({ leader: -1, isr: [0] });
    unfence(c, 1);
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1], leaderRecoveryState: 'RECOVERING' });
  });

  test('a topic that comes to allow unclean elections gets its leader in the periodic round', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    fence(c, 1, 0);
    unfence(c, 1);
    expect(periodicRound(c, 'unclean')).toEqual([]);
    ask(c, { type: 'AlterConfig', topic: 't', name: 'unclean.leader.election.enable', value: 'true' });
    apply(c, periodicRound(c, 'unclean'));
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1] });
  });

  test('a leader that is still recovering may not let others into its ISR', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    fence(c, 1, 0);
    unfence(c, 1);
    ask(c, { type: 'ElectLeaders', election: 'UNCLEAN', partitions: [{ topic: 't', partition: 0 }] });
    unfence(c, 0);
    const { leaderEpoch, partitionEpoch } = partition(c);
    const wish = { topic: 't', partition: 0, leaderEpoch, partitionEpoch, newIsr: [1, 0], leaderRecoveryState: 'RECOVERING' } as const;
    const answer = ask(c, { type: 'AlterPartition', brokerId: 1, brokerEpoch: 1, partitions: [wish] });
    expect(answer.partitions?.[0]?.error).toBe('INVALID_REQUEST');
    expect(alterIsr(c, [1, 0])).toBe('NONE');
    expect(partition(c).leaderRecoveryState).toBe('RECOVERED');
  });

  test('a leader that does not know of its successor is told so', () => {
    const c = clusterWith([0, 1, 2], [[0, 1, 2]]);
    fence(c, 0);
    const wish = { topic: 't', partition: 0, leaderEpoch: 0, partitionEpoch: 0, newIsr: [0] };
    const answer = ask(c, { type: 'AlterPartition', brokerId: 0, brokerEpoch: 0, partitions: [wish] });
    expect(answer.partitions?.[0]?.error).toBe('FENCED_LEADER_EPOCH');
  });

  test('with metadata before 3.6 a shrinking ISR raises the leader epoch, an expanding one does not', () => {
    const c = clusterWith([0, 1], [[0, 1]], { ...SETTINGS, raisesEpochOnIsrShrink: true });
    alterIsr(c, [0]);
    expect(partition(c).leaderEpoch).toBe(1);
    alterIsr(c, [0, 1]);
    expect(partition(c).leaderEpoch).toBe(1);
  });
});

describe('eligible leader replicas', () => {
  test('an empty ISR is filled again from those that left it below min.insync.replicas', () => {
    const c = clusterWith([0, 1], [[0, 1]], ELR);
    fence(c, 1, 0);
    expect(partition(c)).toMatchObject({ leader: -1, isr: [], elr: [0, 1], lastKnownElr: [0] });
    unfence(c, 1);
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1], elr: [0], lastKnownElr: [] });
  });

  test('a broker that crashed is eligible no more; one that stopped cleanly is', () => {
    const again = (previousBrokerEpoch: number) => {
      const c = clusterWith([0, 1], [[0, 1]], ELR);
      fence(c, 1);
      ask(c, { type: 'RegisterBroker', brokerId: 1, incarnationId: 'second', previousBrokerEpoch }, 20_000);
      return partition(c).elr;
    };
    expect(again(-1)).toEqual([]);
    expect(again(1)).toEqual([1]);
  });
});

describe('sessions', () => {
  const beat = {
    type: 'BrokerHeartbeat',
    brokerId: 0,
    brokerEpoch: 0,
    currentMetadataOffset: 100,
    wantFence: false,
    wantShutDown: false,
  } as const;

  test('a silent broker is fenced after the session time-out, one at a time', () => {
    const c = clusterWith([0, 1, 2], [[0, 1, 2]]);
    ask(c, { ...beat, brokerId: 2, brokerEpoch: 2 }, 5_000);
    expect(nextControllerCheck(c)).toBe(9_001);
    expect(fenceStaleBroker(c, 9_000)).toEqual([]);
    const records = fenceStaleBroker(c, 9_001);
    expect(records.filter((r) => r.type === 'BrokerRegistrationChangeRecord')).toHaveLength(1);
    apply(c, records);
    apply(c, fenceStaleBroker(c, 9_001));
    expect(fenceStaleBroker(c, 9_001)).toEqual([]);
    expect(partition(c)).toMatchObject({ leader: 2, isr: [2] });
  });

  test('a new broker may lead when it has seen its own registration', () => {
    const c = clusterWith([0], [[0]]);
    const { brokerEpoch } = ask(c, { type: 'RegisterBroker', brokerId: 5, incarnationId: 'x', previousBrokerEpoch: -1 });
    const mine = { ...beat, brokerId: 5, brokerEpoch: brokerEpoch ?? -1 };
    expect(ask(c, { ...mine, currentMetadataOffset: 999 })).toMatchObject({ isFenced: true, isCaughtUp: false });
    expect(ask(c, { ...mine, currentMetadataOffset: 1_000 })).toMatchObject({ isFenced: false, isCaughtUp: true });
  });

  test('another process with a living broker’s id is refused', () => {
    const c = clusterWith([0], [[0]]);
    const register = { type: 'RegisterBroker', brokerId: 0, incarnationId: 'other', previousBrokerEpoch: -1 } as const;
    expect(ask(c, register, 1_000).error).toBe('DUPLICATE_BROKER_REGISTRATION');
    fence(c, 0);
    expect(ask(c, register, 10_000).error).toBe('NONE');
  });

  test('a heartbeat of a former life is refused', () => {
    const c = clusterWith([0], [[0]]);
    expect(ask(c, { ...beat, brokerEpoch: -5 }).error).toBe('STALE_BROKER_EPOCH');
  });

  test('a broker that wants to stop may, when others lead its partitions and all have seen that', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    expect(ask(c, { ...beat, wantShutDown: true })).toMatchObject({ shouldShutDown: false });
    expect(partition(c)).toMatchObject({ leader: 1, isr: [1] });
    expect(ask(c, { ...beat, wantShutDown: true })).toMatchObject({ shouldShutDown: false });
    ask(c, { ...beat, brokerId: 1, brokerEpoch: 1, currentMetadataOffset: 5_000 });
    expect(ask(c, { ...beat, wantShutDown: true })).toMatchObject({ shouldShutDown: true });
    expect(alterIsr(c, [1, 0])).toBe('INELIGIBLE_REPLICA');
  });
});

describe('topics', () => {
  test('a topic’s ISR begins with its living replicas', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    fence(c, 0);
    ask(c, { type: 'CreatePartitions', topic: 't', count: 2, assignments: [[0, 1]] });
    expect(partition(c, 1)).toMatchObject({ replicas: [0, 1], leader: 1, isr: [1] });
  });

  test('what can’t be created is refused with Kafka’s errors', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    const error = (request: Parameters<typeof ask>[1]) => ask(c, request).error;
    expect(error({ type: 'CreateTopic', name: 't' })).toBe('TOPIC_ALREADY_EXISTS');
    expect(error({ type: 'CreateTopic', name: 'a b' })).toBe('INVALID_TOPIC_EXCEPTION');
    expect(error({ type: 'CreateTopic', name: 'u', replicationFactor: 3 })).toBe('INVALID_REPLICATION_FACTOR');
    expect(error({ type: 'CreateTopic', name: 'u', partitions: 0 })).toBe('INVALID_PARTITIONS');
    expect(error({ type: 'CreateTopic', name: 'u', assignments: [[0, 0]] })).toBe('INVALID_REPLICA_ASSIGNMENT');
    expect(error({ type: 'CreatePartitions', topic: 't', count: 1 })).toBe('INVALID_PARTITIONS');
    expect(error({ type: 'DeleteTopic', name: 'u' })).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test('the name of a deleted topic is free again', () => {
    const c = clusterWith([0], [[0]]);
    ask(c, { type: 'DeleteTopic', name: 't' });
    expect(c.image.topics.size).toBe(0);
    expect(ask(c, { type: 'CreateTopic', name: 't' }).error).toBe('NONE');
  });
});

describe('reassignment', () => {
  const move = (replicas: readonly number[] | undefined) =>
    ({ type: 'AlterPartitionReassignments', partitions: [{ topic: 't', partition: 0, replicas }] }) as const;

  test('old replicas go when the new ones are in sync, and the leader with them', () => {
    const c = clusterWith([0, 1, 2], [[0, 1]]);
    ask(c, move([2, 1]));
    expect(partition(c)).toMatchObject({ replicas: [2, 1, 0], addingReplicas: [2], removingReplicas: [0], leader: 0 });
    expect(alterIsr(c, [0, 1, 2])).toBe('NEW_LEADER_ELECTED');
    expect(partition(c)).toMatchObject({ replicas: [2, 1], isr: [1, 2], leader: 2, addingReplicas: [], removingReplicas: [] });
  });

  test('one that is taken back leaves the old replicas', () => {
    const c = clusterWith([0, 1, 2], [[0, 1]]);
    ask(c, move([2, 1]));
    ask(c, move(undefined));
    expect(partition(c).replicas).toEqual([1, 0]);
    expect(ask(c, move(undefined)).results?.[0]?.error).toBe('NO_REASSIGNMENT_IN_PROGRESS');
  });

  test('another order is through at once', () => {
    const c = clusterWith([0, 1], [[0, 1]]);
    ask(c, move([1, 0]));
    expect(partition(c)).toMatchObject({ replicas: [1, 0], leader: 0, addingReplicas: [], removingReplicas: [] });
  });
});
