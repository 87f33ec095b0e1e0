import { describe, expect, test } from 'vitest';
import { play } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };

describe('the poll loop', () => {
  test('a poll hands out at most max.poll.records, which are worked on one after the other', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, maxPollRecords: 2 }, records: 5, until: 6_000 });
    expect(story.lines('message.received', 'work.started', 'work.finished')).toEqual([
      '0 message.received {"partition":0,"offset":0}',
      '0 message.received {"partition":0,"offset":1}',
      '0 work.started',
      '1000 work.finished',
      '1000 work.started',
      '2000 work.finished',
      '2000 message.received {"partition":0,"offset":2}',
      '2000 message.received {"partition":0,"offset":3}',
      '2000 work.started',
      '3000 work.finished',
      '3000 work.started',
      '4000 work.finished',
      '4000 message.received {"partition":0,"offset":4}',
      '4000 work.started',
      '5000 work.finished',
    ]);
  });

  test('before a poll returns it sends the next fetch, so the answer waits when the work is done', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, maxPollRecords: 10 }, records: 2, until: 3_000 });
    const [first, next] = story.sent('Fetch');
    expect(first).toMatchObject({ partitions: [{ tp: 'orders-0', offset: 0 }] });
    expect(next).toMatchObject({ partitions: [{ tp: 'orders-0', offset: 2 }] });
    expect(next?.at).toBe(0);
    expect(story.lines('work.started')[0]).toBe('0 work.started');
  });

  test('a partition with records that were not handed out is not fetched', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, maxPollRecords: 1 }, records: 3, until: 2_500 });
    expect(story.sent('Fetch').map((frame) => 'partitions' in frame && frame.partitions)).toHaveLength(2);
    expect(story.figure('buffered')).toBe(0);
  });

  test('work by weight takes as long as the record is heavy', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, work: 'weight', workMillis: 300 }, records: 1, until: 1_000 });
    expect(story.lines('work.finished')).toEqual(['300 work.finished']);
  });

  test('without a group it reads all partitions of its topics and commits nothing', () => {
    const story = play({ consumer: EARLIEST, topics: { orders: 2 }, records: 1, until: 20_000 });
    expect(story.lines('partition.assigned')).toEqual(['0 partition.assigned {"partitions":["orders-0","orders-1"],"total":2}']);
    expect(story.told('work.finished')).toHaveLength(2);
    expect(story.sent('OffsetCommit', 'FindCoordinator', 'JoinGroup', 'OffsetFetch')).toEqual([]);
  });

  test('without a group it may name its partitions itself', () => {
    const story = play({ consumer: { ...EARLIEST, assigned: 'orders-1, orders-9' }, topics: { orders: 2 }, until: 1_000 });
    expect(story.lines('partition.assigned')).toEqual(['0 partition.assigned {"partitions":["orders-1"],"total":1}']);
  });

  test('it begins when its time has come', () => {
    const consumer = { ...EARLIEST, startMillis: 3_000 };
    const story = play({ consumer, until: 5_000 });
    expect(story.requests[0]?.at).toBe(3_000);
    expect(story.view().status).toBe('up');
    expect(play({ consumer, until: 2_000 }).view().status).toBe('unstarted');
  });
});

describe('verbs', () => {
  test('a consumer that hangs polls no more, its heartbeats go on', () => {
    const story = play({
      group: {},
      consumer: EARLIEST,
      records: 3,
      deeds: [
        [1_500, 'freeze', 'consumer'],
        [20_000, 'resume', 'consumer'],
      ],
      until: 24_000,
    });
    expect(story.lines('work.finished')).toEqual(['1000 work.finished', '20500 work.finished', '21500 work.finished']);
    expect(story.view().status).toBe('up');
    expect(story.sent('Heartbeat').filter(({ at }) => at > 1_500 && at < 20_000)).toHaveLength(6);
    expect(story.sent('Fetch').filter(({ at }) => at > 1_500 && at < 20_000)).toEqual([]);
  });

  test('a paused consumer polls and fetches nothing', () => {
    const story = play({
      group: {},
      consumer: { ...EARLIEST, maxPollRecords: 1 },
      records: 3,
      deeds: [
        [1_500, 'pause', 'consumer'],
        [20_000, 'resume', 'consumer'],
      ],
      until: 24_000,
    });
    expect(story.lines('work.started')).toEqual(['0 work.started', '1000 work.started', '20000 work.started']);
    // Auto commits are part of polling.
    expect(story.lines('offset.committed')).toEqual(['5020 offset.committed auto {"offsets":{"orders-0":2}}']);
    expect(story.lines('node.paused', 'node.resumed')).toEqual(['1500 node.paused', '20000 node.resumed']);
  });

  test('seeking goes back to the beginning, or on to the end', () => {
    const back = play({ group: {}, consumer: EARLIEST, records: 1, deeds: [[5_000, 'seekToBeginning', 'consumer']], until: 8_000 });
    expect(back.told('work.finished')).toHaveLength(2);
    expect(back.lines('position.reset').at(-1)).toBe('5020 position.reset earliest {"partition":"orders-0","offset":0,"cause":"seek"}');
    const on = play({
      group: {},
      consumer: { ...EARLIEST, maxPollRecords: 1 },
      records: 9,
      deeds: [[1_500, 'seekToEnd', 'consumer']],
      until: 8_000,
    });
    expect(on.told('work.finished')).toHaveLength(2);
  });

  test('by hand it commits what poll has returned, done or not', () => {
    const story = play({
      group: {},
      consumer: { ...EARLIEST, commit: 'never' },
      records: 4,
      deeds: [[1_500, 'commit', 'consumer']],
      until: 3_000,
    });
    expect(story.lines('offset.committed')).toEqual(['1520 offset.committed sync {"offsets":{"orders-0":4}}']);
  });

  test('what it remembers is not worked on again after a crash', () => {
    const crash = [
      [2_500, 'crash', 'consumer'],
      [3_000, 'restart', 'consumer'],
    ] as const;
    const story = play({ group: {}, consumer: { ...EARLIEST, remembers: true, commit: 'never' }, records: 3, deeds: crash, until: 6_000 });
    expect(story.told('work.skipped').map(({ message }) => message)).toEqual([1_000, 1_001]);
    expect(story.told('work.finished').map(({ message }) => message)).toEqual([1_000, 1_001, 1_002]);
  });

  test('a crash sends nothing; a new process begins anew', () => {
    const crash = [
      [2_500, 'crash', 'consumer'],
      [3_000, 'restart', 'consumer'],
    ] as const;
    const story = play({ group: {}, consumer: EARLIEST, records: 3, deeds: crash, until: 6_000 });
    expect(story.sent('LeaveGroup', 'OffsetCommit').filter(({ at }) => at < 3_000)).toEqual([]);
    expect(story.lines('reading.stopped')).toEqual(['2500 reading.stopped {"lane":"orders-0"}']);
    expect(story.sent('JoinGroup').at(-2)).toMatchObject({ memberId: '' });
  });
});
