import { describe, expect, test } from 'vitest';
import { type Options, play, type Script } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };
const group = { protocol: 'consumer', serverAssignor: 'uniform' };

/** Assigns as told, from these milliseconds on. */
const assigns =
  (steps: { readonly [millis: number]: readonly string[] }): Script =>
  (_, cluster, __, millis) => {
    for (const [at, target] of Object.entries(steps))
      if (millis >= Number(at)) {
        cluster.target = target;
        cluster.epoch = 1 + Object.keys(steps).indexOf(at);
      }
    return undefined;
  };
const BOTH = ['orders-0', 'orders-1'];
const playModern = (options: Options) => play({ group, topics: { orders: 2 }, ...options, consumer: { ...EARLIEST, ...options.consumer } });

/** The first heartbeat from then on is answered with an error, once. */
function fences(from: number): Script {
  let isDone = false;
  return (request, cluster, node, millis) => {
    assigns({ 0: BOTH })(request, cluster, node, millis);
    if (request.verb !== 'ConsumerGroupHeartbeat' || millis < from || isDone) return undefined;
    isDone = true;
    return { error: 'FENCED_MEMBER_EPOCH' };
  };
}

describe('the consumer protocol', () => {
  test('one heartbeat joins, the next one says what it has taken over', () => {
    const story = playModern({ answer: assigns({ 0: BOTH }), until: 4_000 });
    expect(story.sent('ConsumerGroupHeartbeat')).toMatchObject([
      { memberId: '', memberEpoch: 0, owned: [], topics: ['orders'], serverAssignor: 'uniform' },
      { memberId: 'm1', memberEpoch: 1, owned: BOTH },
    ]);
    expect(story.sent('JoinGroup', 'SyncGroup', 'Heartbeat')).toEqual([]);
    expect(story.lines('reading.resumed')).toHaveLength(2);
  });

  test('later ones follow at the interval that the coordinator sets', () => {
    const story = playModern({ answer: assigns({ 0: BOTH }), until: 16_000 });
    expect(story.sent('ConsumerGroupHeartbeat').map(({ at }) => at)).toEqual([0, 0, 5_000, 10_020, 15_040]);
  });

  test('what it has to give up it commits first, at its next poll; then it says so at once', () => {
    const consumer = { maxPollRecords: 1, workMillis: 4_000 };
    const story = playModern({ consumer, records: 9, answer: assigns({ 0: BOTH, 4500: ['orders-1'] }), until: 9_000 });
    expect(story.lines('offset.committed', 'partition.revoked', 'reading.stopped')).toEqual([
      '8020 offset.committed auto {"offsets":{"orders-0":2,"orders-1":0}}',
      '8020 partition.revoked {"partitions":["orders-0"]}',
      '8020 reading.stopped {"lane":"orders-0"}',
    ]);
    expect(story.sent('ConsumerGroupHeartbeat').at(-1)).toMatchObject({ at: 8_020, memberEpoch: 2, owned: ['orders-1'] });
  });

  test('without auto commit it needs no poll for that', () => {
    const consumer = { maxPollRecords: 1, workMillis: 9_000, commit: 'after' };
    const story = playModern({ consumer, records: 9, answer: assigns({ 0: BOTH, 4500: ['orders-1'] }), until: 8_500 });
    expect(story.lines('partition.revoked')).toEqual(['5020 partition.revoked {"partitions":["orders-0"]}']);
  });

  test('commits carry the member epoch', () => {
    const story = playModern({ consumer: { commit: 'after' }, records: 1, answer: assigns({ 0: BOTH }), until: 3_000 });
    expect(story.sent('OffsetCommit')[0]).toMatchObject({ memberId: 'm1', generation: 1 });
  });

  test('fenced: everything is lost, and it joins again with the id that it has', () => {
    const story = playModern({ answer: fences(4_000), until: 9_000 });
    expect(story.told('partition.lost')).toHaveLength(1);
    expect(story.sent('ConsumerGroupHeartbeat')[3]).toMatchObject({ memberId: 'm1', memberEpoch: 0, owned: [] });
    expect(story.figure('memberState')).toBe('stable');
  });

  test('fenced while it works: it is not seen to wait before its work is done', () => {
    const story = playModern({ consumer: { workMillis: 1_000 }, records: 20, answer: fences(4_000), until: 9_000 });
    expect([story.figure('assigned'), story.view().work?.length, story.view().status, story.figure('waitsFor')]).toEqual([
      ...[0, 1],
      ...['up', undefined],
    ]);
  });

  test('too slow: it leaves, loses everything, and comes back with its next poll', () => {
    const story = playModern({
      ...{ group: { ...group, maxPollIntervalMillis: 6_000 }, answer: assigns({ 0: BOTH }), until: 22_000 },
      deeds: [
        [2_000, 'freeze', 'consumer'],
        [20_000, 'resume', 'consumer'],
      ],
    });
    const [leave, join] = story.sent('ConsumerGroupHeartbeat').slice(3);
    expect([leave, join]).toMatchObject([
      { at: 8_000, memberEpoch: -1 },
      { at: 20_000, memberEpoch: 0 },
    ]);
    expect(story.lines('partition.lost')).toEqual(['8000 partition.lost {"partitions":["orders-0","orders-1"]}']);
  });

  test('stopped it leaves; a static member for a while', () => {
    const stop = { answer: assigns({ 0: BOTH }), deeds: [[2_000, 'stop', 'consumer']], until: 3_000 } as const;
    expect(playModern(stop).sent('ConsumerGroupHeartbeat').at(-1)).toMatchObject({ memberEpoch: -1 });
    expect(
      playModern({ ...stop, consumer: { instanceId: 'one' } })
        .sent('ConsumerGroupHeartbeat')
        .at(-1),
    ).toMatchObject({ memberEpoch: -2, instanceId: 'one' });
  });

  test('an instance id that another process holds ends the application', () => {
    const answer: Script = (request) => (request.verb === 'ConsumerGroupHeartbeat' ? { error: 'UNRELEASED_INSTANCE_ID' } : undefined);
    const story = playModern({ consumer: { instanceId: 'one' }, answer, until: 3_000 });
    expect(story.lines('client.failed')).toEqual(['0 client.failed UNRELEASED_INSTANCE_ID']);
  });
});
