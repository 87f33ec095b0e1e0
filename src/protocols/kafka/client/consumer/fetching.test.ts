import { describe, expect, test } from 'vitest';
import { play, type Script } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };

describe('where reading begins', () => {
  test('a committed offset wins over the reset rule', () => {
    let isFirst = true;
    const answer: Script = (_, cluster) => {
      if (isFirst) cluster.committed['orders-0'] = 3;
      isFirst = false;
      return undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, records: 5, answer, until: 4_000 });
    expect(story.told('message.received').map(({ data }) => data?.['offset'])).toEqual([3, 4]);
    expect(story.told('position.reset')).toEqual([]);
  });

  test('latest: what is there already is passed over', () => {
    const story = play({ group: {}, consumer: { offsetReset: 'latest' }, records: 5, until: 2_000 });
    expect(story.lines('position.reset')).toEqual([
      '0 position.reset latest {"partition":"orders-0","offset":5,"cause":"no-committed-offset"}',
    ]);
    expect(story.told('message.received')).toEqual([]);
  });

  test('none: the application falls over it and leaves', () => {
    const story = play({ group: {}, consumer: { offsetReset: 'none' }, records: 5, until: 2_000 });
    expect(story.lines('client.failed')).toEqual(['0 client.failed NoOffsetForPartitionException']);
    expect(story.sent('LeaveGroup')).toHaveLength(1);
    expect(story.view().status).toBe('failed');
  });

  test('a position that retention has overtaken is reset', () => {
    const answer: Script = (_, cluster, __, millis) => {
      if (millis > 2_000) cluster.logStart = 10;
      return undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, records: 2, answer, until: 8_000 });
    expect(story.lines('position.reset').at(-1)).toMatch(
      /position.reset earliest {"partition":"orders-0","offset":10,"cause":"out-of-range"}/,
    );
    expect(story.told('message.received').map(({ data }) => data?.['offset'])).toEqual([0, 1, 10, 11]);
  });
});

describe('whom it reads from', () => {
  test('one fetch at a time goes to each leader, for all that it leads', () => {
    const answer: Script = (_, cluster) => {
      cluster.leader = { 'orders-0': 1, 'orders-1': 2, 'orders-2': 2 };
      return undefined;
    };
    const story = play({ group: {}, consumer: EARLIEST, brokers: 2, topics: { orders: 3 }, answer, until: 400 });
    expect(story.sent('Fetch').map((frame) => [frame.node, 'partitions' in frame && frame.partitions.length])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test('NOT_LEADER_OR_FOLLOWER: it asks for metadata, then the new leader', () => {
    const answer: Script = (request, cluster, node, millis) => {
      if (millis >= 1_000) cluster.leader = { 'orders-0': 2 };
      if (request.verb !== 'Fetch' || node === cluster.leader['orders-0'] || millis < 1_000) return undefined;
      return {
        partitions: [
          {
            tp: 'orders-0',
            error: 'NOT_LEADER_OR_FOLLOWER',
            records: [],
            nextOffset: 0,
            highWatermark: -1,
            logStart: -1,
            preferredReplica: -1,
          },
        ],
      };
    };
    const story = play({ group: {}, consumer: EARLIEST, brokers: 2, answer, until: 3_000 });
    const later = story.sent('Fetch', 'Metadata').filter(({ at }) => at > 900);
    expect(later.slice(0, 3).map(({ verb, node }) => [verb, node])).toEqual([
      ['Fetch', 1],
      ['Metadata', 1],
      ['Fetch', 2],
    ]);
  });

  test('the leader sends it to the nearest replica', () => {
    const answer: Script = (request, _, node) =>
      request.verb === 'Fetch' && node === 1
        ? { partitions: [{ tp: 'orders-0', error: '', records: [], nextOffset: 0, highWatermark: 2, logStart: 0, preferredReplica: 2 }] }
        : undefined;
    const story = play({ group: {}, consumer: { ...EARLIEST, rack: 'east' }, brokers: 2, records: 2, answer, until: 5_000 });
    expect(story.sent('Fetch').filter(({ node }) => node === 1)).toMatchObject([{ rack: 'east' }]);
    expect(story.told('work.finished')).toHaveLength(2);
  });

  test('a follower that is not that far does not reset the reader: the leader is asked', () => {
    const answer: Script = (request, _, node, millis) => {
      if (request.verb !== 'Fetch') return undefined;
      const one = { tp: 'orders-0', records: [], nextOffset: 0, highWatermark: 2, logStart: 0, preferredReplica: -1 };
      if (node === 2) return { partitions: [{ ...one, error: 'OFFSET_OUT_OF_RANGE' }] };
      return millis < 100 ? { partitions: [{ ...one, error: '', preferredReplica: 2 }] } : undefined;
    };
    const story = play({
      group: {},
      consumer: { ...EARLIEST, startMillis: 1, rack: 'east' },
      brokers: 2,
      records: 2,
      answer,
      until: 5_000,
    });
    expect(story.lines('position.reset')).toHaveLength(1);
    expect(story.told('work.finished')).toHaveLength(2);
  });

  test('a leader that dies is asked for until there is another one', () => {
    const answer: Script = (_, cluster, __, millis) => {
      if (millis >= 4_000) cluster.leader = { 'orders-0': 2 };
      return undefined;
    };
    const story = play({
      group: {},
      consumer: { ...EARLIEST, assigned: '' },
      brokers: 2,
      records: 1,
      answer,
      deeds: [[2_000, 'crash', 'b1']],
      until: 8_000,
    });
    const asked = story.sent('Metadata').filter(({ at }) => at > 2_000 && at < 4_000);
    expect(asked.map(({ node }) => node)).toEqual(asked.map(() => 2));
    // Its pauses grow to a second.
    expect(asked.length).toBeLessThan(8);
    expect(story.sent('Fetch').at(-1)).toMatchObject({ node: 2 });
  });
});

describe('what a fetch asks for', () => {
  test('waiting time, sizes and isolation are as set', () => {
    const consumer = { ...EARLIEST, fetchMaxWaitMillis: 2_000, fetchMinBytes: 50, partitionFetchBytes: 999, isolation: 'read_committed' };
    const story = play({ group: {}, consumer, until: 1_000 });
    expect(story.sent('Fetch')).toMatchObject([
      { maxWait: 2_000_000, minBytes: 50, isolation: 'read_committed', partitions: [{ maxBytes: 999 }] },
    ]);
    expect(story.sent('ListOffsets')).toMatchObject([{ isolation: 'read_committed' }]);
  });

  test('marks and aborted records are passed over, the position moves behind them', () => {
    const marks = { tp: 'orders-0', error: '', records: [], nextOffset: 4, highWatermark: 4, logStart: 0 };
    const answer: Script = (request, cluster) => {
      if (request.verb !== 'Fetch' || request.partitions[0]?.offset !== 0) return undefined;
      cluster.logStart = 4;
      return { partitions: [{ ...marks, preferredReplica: -1 }] };
    };
    const story = play({ group: {}, consumer: EARLIEST, answer, until: 1_000 });
    expect(story.sent('Fetch')[1]).toMatchObject({ partitions: [{ offset: 4 }] });
    expect(story.view().pointers).toEqual([{ store: 'orders', lane: '0', at: 4, kind: 'position', reader: 'consumer' }]);
  });

  test('the lag is what its last answer leaves to read', () => {
    const story = play({ group: {}, consumer: { ...EARLIEST, maxPollRecords: 2 }, records: 5, until: 500 });
    expect(story.figure('lag')).toBe(3);
    expect(story.view().details[0]?.rows).toEqual([['orders-0', 2, '–', 3]]);
  });
});
