import { describe, expect, test } from 'vitest';
import { play, type Script } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };
const commitsOf = (consumer: object, records = 2, until = 6_000, answer: Script = () => undefined) =>
  play({ group: {}, consumer: { ...EARLIEST, ...consumer }, records, until, answer });

describe('auto commit', () => {
  test('inside poll, once the interval has passed, it commits what earlier polls have returned', () => {
    const story = commitsOf({ maxPollRecords: 1, autoCommitMillis: 2_500 }, 9, 7_000);
    // At 3000 records 0–2 are done and the poll that commits returns record 3.
    expect(story.sent('OffsetCommit').map(({ at, ...frame }) => [at, 'offsets' in frame && frame.offsets])).toEqual([
      [3_000, { 'orders-0': 3 }],
      [6_000, { 'orders-0': 6 }],
    ]);
    expect(story.lines('offset.committed')).toEqual([
      '3020 offset.committed auto {"offsets":{"orders-0":3}}',
      '6020 offset.committed auto {"offsets":{"orders-0":6}}',
    ]);
  });

  test('long work between two polls puts it off', () => {
    const story = commitsOf({ maxPollRecords: 9, autoCommitMillis: 1_000 }, 4, 8_000);
    expect(story.sent('OffsetCommit')[0]?.at).toBe(4_000);
  });

  test('it goes on while nothing is read, which is no news', () => {
    const story = commitsOf({ autoCommitMillis: 1_000 }, 1, 10_500);
    expect(story.sent('OffsetCommit').length).toBeGreaterThan(8);
    expect(story.told('offset.committed')).toHaveLength(1);
  });

  test('failed work is committed all the same', () => {
    const story = commitsOf({ failEvery: 1, autoCommitMillis: 1_000 }, 2, 6_000);
    expect(story.told('work.failed')).toHaveLength(2);
    expect(story.cluster.committed).toEqual({ 'orders-0': 2 });
  });
});

describe('commits by the application', () => {
  test('after: it waits for the commit before it polls again', () => {
    const story = commitsOf({ commit: 'after', maxPollRecords: 1 }, 2, 4_000);
    expect(story.lines('work.started', 'work.finished', 'offset.committed')).toEqual([
      '0 work.started',
      '1000 work.finished',
      '1020 offset.committed sync {"offsets":{"orders-0":1}}',
      '1020 work.started',
      '2020 work.finished',
      '2040 offset.committed sync {"offsets":{"orders-0":2}}',
    ]);
  });

  test('before: a crash in the midst of the work loses the record for the group', () => {
    const story = play({
      group: {},
      consumer: { ...EARLIEST, commit: 'before', maxPollRecords: 1 },
      records: 1,
      until: 500,
      deeds: [[400, 'crash', 'consumer']],
    });
    expect(story.lines('offset.committed', 'work.started')).toEqual([
      '0 offset.committed sync {"offsets":{"orders-0":1}}',
      '0 work.started',
    ]);
    expect(story.told('work.finished')).toEqual([]);
  });

  test('async: it goes on at once', () => {
    const story = commitsOf({ commit: 'async', maxPollRecords: 1 }, 2, 4_000);
    expect(story.lines('work.started', 'offset.committed')).toEqual([
      '0 work.started',
      '1000 work.started',
      '1020 offset.committed async {"offsets":{"orders-0":1}}',
      '2020 offset.committed async {"offsets":{"orders-0":2}}',
    ]);
  });

  test('never', () => {
    expect(commitsOf({ commit: 'never' }, 2, 20_000).sent('OffsetCommit')).toEqual([]);
  });

  test('the commit of a record whose work failed is left out, and the next one covers it', () => {
    const story = commitsOf({ commit: 'after', maxPollRecords: 1, failEvery: 2 }, 3, 6_000);
    expect(story.told('offset.committed').map(({ data }) => data?.['offsets'])).toEqual([{ 'orders-0': 1 }, { 'orders-0': 3 }]);
  });

  test('a commit that finds no coordinator is tried again', () => {
    const answer: Script = (request, cluster, _, millis) => {
      if (millis >= 1_000) cluster.coordinator = 1;
      return request.verb === 'OffsetCommit' && millis < 1_500 ? { error: 'NOT_COORDINATOR' } : undefined;
    };
    const story = commitsOf({ commit: 'after' }, 1, 4_000, answer);
    expect(story.sent('FindCoordinator').length).toBeGreaterThan(1);
    expect(story.told('offset.refused')).toEqual([]);
    expect(story.cluster.committed).toEqual({ 'orders-0': 1 });
  });

  test('a commit of another generation fails, and the member joins anew with the id that it has', () => {
    const answer: Script = (request) =>
      request.verb === 'OffsetCommit' && request.generation === 1 ? { error: 'ILLEGAL_GENERATION' } : undefined;
    const story = commitsOf({ commit: 'after' }, 1, 4_000, answer);
    expect(story.lines('offset.refused', 'partition.lost')).toEqual([
      '1020 offset.refused sync {"offsets":{"orders-0":1},"error":"ILLEGAL_GENERATION"}',
      '1020 partition.lost {"partitions":["orders-0"]}',
    ]);
    expect(story.sent('JoinGroup').at(-1)).toMatchObject({ memberId: 'm1', reason: 'illegal-generation' });
    // What was not committed is read again.
    expect(story.told('work.finished').map(({ message }) => message)).toEqual([1_000, 1_000]);
  });
});

describe('a clean stop', () => {
  const stopped = (consumer: object, group = {}) =>
    play({ group, consumer: { ...EARLIEST, ...consumer }, records: 9, deeds: [[3_500, 'stop', 'consumer']], until: 5_000 });

  test('commits what is done, and leaves', () => {
    const story = stopped({});
    const last = story.requests.slice(-2).map(({ frame }) => frame);
    expect(last).toMatchObject([
      { verb: 'OffsetCommit', offsets: { 'orders-0': 3 } },
      { verb: 'LeaveGroup', memberId: 'm1' },
    ]);
    expect(story.lines('partition.revoked', 'reading.stopped')).toEqual([
      '3500 partition.revoked {"partitions":["orders-0"]}',
      '3500 reading.stopped {"lane":"orders-0"}',
    ]);
  });

  test('one that hangs can only be killed: nothing is said', () => {
    const story = play({
      group: {},
      consumer: EARLIEST,
      records: 9,
      deeds: [
        [3_200, 'freeze', 'consumer'],
        [3_500, 'stop', 'consumer'],
      ],
      until: 5_000,
    });
    expect(story.sent('LeaveGroup', 'OffsetCommit')).toEqual([]);
  });

  test('without auto commit nothing is committed', () => {
    expect(stopped({ commit: 'after' }).sent('OffsetCommit')).toEqual([]);
  });

  test('a static member does not leave: its place is kept', () => {
    const story = stopped({ instanceId: 'one' });
    expect(story.sent('LeaveGroup')).toEqual([]);
    expect(story.sent('OffsetCommit')).toHaveLength(1);
  });

  test('leaving the drawing is a clean stop', () => {
    const story = play({ group: {}, consumer: EARLIEST, records: 1, deeds: [[3_500, 'leave', 'consumer']], until: 5_000 });
    expect(story.sent('LeaveGroup')).toHaveLength(1);
  });
});
