import { describe, expect, test } from 'vitest';
import type { JoinGroupRequest } from '../../frames.ts';
import { type Cluster, play, type Script } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };

/** From this millisecond on heartbeats tell of a rebalance, until the member joins again. */
function rebalanceAt(at: number, onJoin: (cluster: Cluster) => void = () => undefined): Script {
  let isOver = false;
  return (request, cluster, _, millis) => {
    if (millis > at && request.verb === 'JoinGroup') {
      isOver = true;
      onJoin(cluster);
    }
    return request.verb === 'Heartbeat' && millis > at && !isOver ? { error: 'REBALANCE_IN_PROGRESS' } : undefined;
  };
}

describe('joining', () => {
  test('a new member is sent back once to come again with its id', () => {
    const story = play({ group: {}, consumer: EARLIEST, until: 1_000 });
    expect(story.sent('FindCoordinator', 'JoinGroup', 'SyncGroup', 'OffsetFetch').map(({ verb }) => verb)).toEqual([
      'FindCoordinator',
      'JoinGroup',
      'JoinGroup',
      'SyncGroup',
      'OffsetFetch',
    ]);
    expect(story.sent('JoinGroup')).toMatchObject([
      { memberId: '', reason: 'first' },
      { memberId: 'm1', reason: 'member-id-required' },
    ]);
    expect(story.figure('memberState')).toBe('stable');
  });

  test('it offers its assignors in their order, and says how long it may take', () => {
    const group = { assignor: 'range,cooperative-sticky', sessionTimeoutMillis: 9_000, maxPollIntervalMillis: 8_000 };
    const story = play({ group, consumer: { ...EARLIEST, rack: 'east' }, until: 1_000 });
    const request = story.sent('JoinGroup')[0] as unknown as JoinGroupRequest;
    expect(request).toMatchObject({ group: 'group', clientId: 'consumer', sessionTimeout: 9_000_000, rebalanceTimeout: 8_000_000 });
    expect(request.protocols.map(({ name }) => name)).toEqual(['range', 'cooperative-sticky']);
    expect(request.protocols[0]?.metadata).toEqual({
      topics: ['orders'],
      owned: [],
      generation: -1,
      subscriptionGeneration: -1,
      rack: 'east',
    });
  });

  test('the leader deals out the partitions of all members', () => {
    const metadata = { topics: ['orders'], owned: [], generation: -1, rack: '' };
    const answer: Script = (request) =>
      request.verb === 'JoinGroup'
        ? {
            ...{ generation: 1, protocol: 'roundrobin', leader: 'm1', memberId: 'm1', skipAssignment: false },
            members: ['m1', 'm2'].map((memberId) => ({ memberId, instanceId: '', metadata })),
          }
        : undefined;
    const story = play({ group: { assignor: 'roundrobin' }, consumer: EARLIEST, topics: { orders: 3 }, answer, until: 1_000 });
    expect(story.sent('SyncGroup')).toMatchObject([{ assignments: { m1: ['orders-0', 'orders-2'], m2: ['orders-1'] } }]);
    expect(story.lines('partition.assigned')).toEqual(['0 partition.assigned {"partitions":["orders-0","orders-2"],"total":2}']);
  });

  test('a static member comes with its instance id and needs no second try', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, instanceId: 'one' }, until: 1_000 });
    expect(story.sent('JoinGroup')).toMatchObject([{ memberId: '', instanceId: 'one' }]);
  });

  test('an assignor that the others do not have ends the application', () => {
    const answer: Script = (request) => (request.verb === 'JoinGroup' ? { error: 'INCONSISTENT_GROUP_PROTOCOL' } : undefined);
    const story = play({ group: {}, consumer: EARLIEST, answer, until: 5_000 });
    expect(story.lines('client.failed')).toEqual(['0 client.failed INCONSISTENT_GROUP_PROTOCOL']);
    expect(story.figure('error')).toBe('INCONSISTENT_GROUP_PROTOCOL');
  });

  test('more partitions: the leader calls for a rebalance', () => {
    const answer: Script = (_, cluster, __, millis) => {
      if (millis > 1_000) cluster.partitions = { orders: 2 };
      return undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, answer, until: 301_000 });
    expect(story.sent('JoinGroup').at(-1)).toMatchObject({ at: 300_040, reason: 'topics-changed' });
    expect(story.lines('partition.assigned').at(-1)).toContain('"orders-0","orders-1"');
  });
});

describe('a rebalance', () => {
  test('the member hears of it with a heartbeat and joins when it next polls, however long its work takes', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, workMillis: 7_000 }, records: 1, answer: rebalanceAt(2_000), until: 8_000 });
    expect(story.lines('group.step').slice(-4)).toEqual([
      '3020 group.step rebalance {"step":"Told"}',
      '7020 group.step rebalance {"step":"JoinGroup","member":"m1"}',
      '7040 group.step {"step":"Assign","assignor":"range","members":1,"generation":2}',
      '7040 group.step leader {"step":"SyncGroup","generation":2}',
    ]);
  });

  test('eager: it commits, gives up everything, and gets its partitions anew', () => {
    const story = play({
      group: { assignor: 'range' },
      consumer: { ...EARLIEST, maxPollRecords: 1 },
      records: 9,
      answer: rebalanceAt(2_000),
      until: 5_000,
    });
    expect(
      story.lines('offset.committed', 'partition.revoked', 'reading.stopped', 'partition.assigned', 'reading.resumed').slice(2),
    ).toEqual([
      '4020 offset.committed auto {"offsets":{"orders-0":4}}',
      '4020 partition.revoked {"partitions":["orders-0"]}',
      '4020 reading.stopped {"lane":"orders-0"}',
      '4060 partition.assigned {"partitions":["orders-0"],"total":1}',
      '4080 reading.resumed {"lane":"orders-0"}',
    ]);
    // Nothing is read twice.
    expect(story.told('work.started').map(({ message }) => message)).toEqual([1_000, 1_001, 1_002, 1_003, 1_004]);
  });

  test('it is seen to wait for its part while it has nothing: with eager hand-over only', () => {
    const seenAt = (assignor: string, until: number) => {
      const story = play({
        ...{ group: { assignor }, consumer: { ...EARLIEST, maxPollRecords: 1 }, records: 9, answer: rebalanceAt(2_000) },
        until,
      });
      return [story.view().status, story.figure('waitsFor')];
    };
    expect([4_000, 4_030, 4_050, 4_070].map((until) => seenAt('range', until))).toEqual([
      ['up', undefined],
      ['blocked', 'preparing'],
      ['blocked', 'completing'],
      ['up', undefined],
    ]);
    expect(seenAt('cooperative-sticky', 4_030)).toEqual(['up', undefined]);
  });

  test('cooperative: it goes on reading what it keeps, gives up the rest afterwards and joins once more', () => {
    const story = play({
      ...{ group: { assignor: 'cooperative-sticky' }, consumer: { ...EARLIEST, workMillis: 100 }, topics: { orders: 2 }, until: 6_000 },
      answer: (request, cluster, node, millis) => {
        if (request.verb === 'SyncGroup' && cluster.generation === 2) return { assignment: ['orders-1'] };
        return rebalance(request, cluster, node, millis);
      },
    });
    expect(story.lines('partition.revoked', 'reading.stopped', 'partition.assigned')).toEqual([
      '0 partition.assigned {"partitions":["orders-0","orders-1"],"total":2}',
      '3080 partition.revoked {"partitions":["orders-0"]}',
      '3080 reading.stopped {"lane":"orders-0"}',
      '3080 partition.assigned {"partitions":[],"total":1}',
      '3140 partition.assigned {"partitions":["orders-0"],"total":2}',
    ]);
    expect(story.sent('JoinGroup').slice(2)).toMatchObject([
      { protocols: [{ metadata: { owned: ['orders-0', 'orders-1'], generation: 1 } }] },
      { reason: 'gave-up-partitions', protocols: [{ metadata: { owned: ['orders-1'], generation: 2 } }] },
    ]);
  });
  const rebalance = rebalanceAt(2_000);

  test('a commit in the midst of it is refused by the client itself', () => {
    const parked: Script = (request, cluster, node, millis) =>
      request.verb === 'JoinGroup' && millis > 2_000 ? 'silence' : rebalanceAt(2_000)(request, cluster, node, millis);
    const consumer = { ...EARLIEST, commit: 'after', maxPollRecords: 1 };
    const story = play({ group: { assignor: 'cooperative-sticky' }, consumer, records: 9, answer: parked, until: 6_000 });
    expect(story.lines('offset.refused')[0]).toContain('"error":"RebalanceInProgressException"');
    expect(story.told('work.finished').length).toBeGreaterThan(3);
  });
});

describe('losing its place', () => {
  const onHeartbeat = (error: string): Script => {
    let isDone = false;
    return (request, _, __, millis) => {
      if (request.verb !== 'Heartbeat' || millis < 5_000 || isDone) return undefined;
      isDone = true;
      return { error };
    };
  };

  test('UNKNOWN_MEMBER_ID: what it has is lost, and it joins as a new member', () => {
    const story = play({ group: {}, consumer: EARLIEST, answer: onHeartbeat('UNKNOWN_MEMBER_ID'), until: 8_000 });
    expect(story.told('partition.lost')).toHaveLength(1);
    expect(story.told('partition.revoked')).toEqual([]);
    expect(story.sent('JoinGroup')[2]).toMatchObject({ memberId: '', reason: 'unknown-member-id' });
  });

  test('ILLEGAL_GENERATION: it keeps its id', () => {
    const story = play({ group: {}, consumer: EARLIEST, answer: onHeartbeat('ILLEGAL_GENERATION'), until: 8_000 });
    expect(story.sent('JoinGroup')[2]).toMatchObject({ memberId: 'm1', reason: 'illegal-generation' });
  });

  test('FENCED_INSTANCE_ID: another process has its name, it ends', () => {
    const consumer = { ...EARLIEST, instanceId: 'one' };
    const story = play({ group: {}, consumer, answer: onHeartbeat('FENCED_INSTANCE_ID'), until: 8_000 });
    expect(story.lines('client.failed')).toEqual(['6020 client.failed FENCED_INSTANCE_ID']);
    expect(story.sent('LeaveGroup')).toEqual([]);
  });
});

describe('an application that is too slow', () => {
  const slow = { ...EARLIEST, workMillis: 10_000, maxPollRecords: 1, commit: 'after' };
  const group = { maxPollIntervalMillis: 6_000 };

  test('its own client leaves the group; its commit fails, and the next poll joins anew', () => {
    const story = play({ group, consumer: slow, records: 2, until: 11_000 });
    expect(story.sent('LeaveGroup')).toMatchObject([{ at: 6_000, memberId: 'm1', reason: 'poll-timeout' }]);
    expect(story.sent('Heartbeat').filter(({ at }) => at > 6_000 && at < 10_000)).toEqual([]);
    expect(story.lines('reading.stopped', 'offset.refused', 'partition.lost')).toEqual([
      '6000 reading.stopped {"lane":"orders-0"}',
      '10000 offset.refused sync {"offsets":{"orders-0":1},"error":"CommitFailedException"}',
      '10000 partition.lost {"partitions":["orders-0"]}',
    ]);
    expect(story.sent('JoinGroup').at(-2)).toMatchObject({ at: 10_000, memberId: '' });
    // The record comes again.
    expect(story.told('work.started').map(({ message }) => message)).toEqual([1_000, 1_000]);
  });

  test('a static member says nothing and stops beating', () => {
    const story = play({ group, consumer: { ...slow, instanceId: 'one' }, records: 2, until: 9_500 });
    expect(story.sent('LeaveGroup')).toEqual([]);
    expect(story.sent('Heartbeat').filter(({ at }) => at > 6_000)).toEqual([]);
  });

  test('one that hangs is put out in the same way', () => {
    const story = play({ group, consumer: EARLIEST, deeds: [[2_000, 'freeze', 'consumer']], until: 9_000 });
    expect(story.sent('LeaveGroup')).toMatchObject([{ at: 8_000 }]);
    expect(story.view().status).toBe('hung');
  });
});

describe('the coordinator', () => {
  test('moves: it is looked for and found, and the member stays what it is', () => {
    const answer: Script = (request, cluster, node, millis) => {
      if (millis > 4_000) cluster.coordinator = 2;
      return request.verb === 'Heartbeat' && node !== cluster.coordinator ? { error: 'NOT_COORDINATOR' } : undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, brokers: 2, answer, until: 12_000 });
    expect(story.sent('Heartbeat').map(({ node }) => node)).toEqual([1, 1, 2, 2]);
    expect(story.told('partition.lost', 'partition.revoked')).toEqual([]);
  });

  test('dies: the member asks until there is another one', () => {
    const answer: Script = (_, cluster, __, millis) => {
      if (millis > 6_000) cluster.coordinator = 2;
      cluster.leader = { 'orders-0': 2 };
      return undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, brokers: 2, answer, deeds: [[2_000, 'crash', 'b1']], until: 12_000 });
    expect(story.sent('FindCoordinator').filter(({ at }) => at > 2_000 && at < 6_000).length).toBeGreaterThan(3);
    expect(story.sent('Heartbeat').at(-1)).toMatchObject({ node: 2, memberId: 'm1' });
  });

  test('in the midst of a join: it joins again', () => {
    const answer: Script = (request, cluster, _, millis) => {
      cluster.coordinator = millis < 3_000 ? 1 : 2;
      cluster.leader = { 'orders-0': 2 };
      return request.verb === 'JoinGroup' && millis < 3_000 && request.memberId !== '' ? 'silence' : undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, brokers: 2, answer, deeds: [[2_000, 'crash', 'b1']], until: 6_000 });
    expect(story.figure('memberState')).toBe('stable');
  });
});
