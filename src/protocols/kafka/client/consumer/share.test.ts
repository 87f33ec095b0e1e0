import { describe, expect, test } from 'vitest';
import type { ShareFetchRequest } from '../../frames.ts';
import { acquired, type Options, play, type Script } from './consumer.testkit.ts';

const group = { protocol: 'share' };

/** Each fetch brings two more records of `orders-0`, four in all; others are kept waiting. */
function deals(): Script {
  let next = 0;
  return (request, cluster) => {
    cluster.target = ['orders-0'];
    if (request.verb !== 'ShareFetch') return undefined;
    if (next >= 4) return 'silence';
    next += 2;
    return acquired(request, 'orders-0', [next - 2, next - 1]);
  };
}
const playShare = (options: Options = {}) => play({ group, until: 6_000, answer: deals(), ...options });
const acknowledged = (request: unknown) => (request as ShareFetchRequest).acknowledgements;

describe('a share group', () => {
  test('records are accepted with the next fetch, once their work is done', () => {
    const story = playShare();
    expect(story.sent('ShareFetch').map((frame) => [frame.at, acknowledged(frame)])).toEqual([
      [0, []],
      [2_000, [{ tp: 'orders-0', first: 0, last: 1, type: 'accept' }]],
      [4_020, [{ tp: 'orders-0', first: 2, last: 3, type: 'accept' }]],
    ]);
    expect(story.told('message.acked')).toHaveLength(4);
    expect(story.sent('OffsetFetch', 'OffsetCommit', 'Fetch')).toEqual([]);
  });

  test('failed work is released', () => {
    const story = playShare({ consumer: { failEvery: 2 } });
    expect(acknowledged(story.sent('ShareFetch')[1])).toEqual([
      { tp: 'orders-0', first: 0, last: 0, type: 'accept' },
      { tp: 'orders-0', first: 1, last: 1, type: 'release' },
    ]);
    expect(story.lines('message.rejected')[0]).toBe('2000 message.rejected {"requeue":true}');
  });

  test('no more records are asked for than a poll hands out', () => {
    expect(playShare({ consumer: { maxPollRecords: 7 } }).sent('ShareFetch')[0]).toMatchObject({ maxRecords: 7, partitions: ['orders-0'] });
  });

  test('stopped, it gives back what it has not worked on and leaves', () => {
    const story = playShare({ deeds: [[1_500, 'stop', 'consumer']], until: 3_000 });
    expect(story.requests.slice(-2).map(({ frame }) => frame)).toMatchObject([
      {
        verb: 'ShareAcknowledge',
        acknowledgements: [
          { first: 0, last: 0, type: 'accept' },
          { first: 1, last: 1, type: 'release' },
        ],
      },
      { verb: 'ShareGroupHeartbeat', memberEpoch: -1 },
    ]);
  });

  test('a paused consumer still says what became of its records', () => {
    const story = playShare({ deeds: [[1_500, 'pause', 'consumer']], until: 4_000 });
    expect(story.sent('ShareFetch')).toHaveLength(1);
    expect(story.sent('ShareAcknowledge')).toMatchObject([{ at: 2_000, acknowledgements: [{ first: 0, last: 1, type: 'accept' }] }]);
  });
});
