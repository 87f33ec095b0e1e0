import { describe, expect, test } from 'vitest';
import { play } from './consumer.testkit.ts';

const EARLIEST = { offsetReset: 'earliest' };
const topics = { orders: 1, refunds: 1 };

describe('a drawing that changes', () => {
  test('a line that goes changes the subscription: the member joins anew', () => {
    const story = play({ group: {}, consumer: EARLIEST, topics, deeds: [[2_000, 'leave', 'refunds-group']], until: 4_000 });
    expect(story.lines('partition.assigned')).toEqual([
      '0 partition.assigned {"partitions":["orders-0","refunds-0"],"total":2}',
      '2060 partition.assigned {"partitions":["orders-0"],"total":1}',
    ]);
    expect(story.sent('JoinGroup').at(-1)).toMatchObject({ reason: 'subscription-changed' });
  });

  test('cooperative: only what is not subscribed to any more is given up', () => {
    const group = { assignor: 'cooperative-sticky' };
    const story = play({ group, consumer: EARLIEST, topics, deeds: [[2_000, 'leave', 'refunds-group']], until: 4_000 });
    expect(story.lines('partition.revoked')).toEqual(['2020 partition.revoked {"partitions":["refunds-0"]}']);
  });

  test('the last line: it leaves the group', () => {
    const story = play({ group: {}, consumer: EARLIEST, deeds: [[2_000, 'leave', 'orders-group']], until: 4_000 });
    expect(story.sent('LeaveGroup')).toMatchObject([{ reason: 'unsubscribed' }]);
    expect(story.figure('assigned')).toBe(0);
  });

  test('without a group it simply reads other partitions', () => {
    const story = play({ consumer: EARLIEST, topics, deeds: [[2_000, 'leave', 'orders-consumer']], until: 4_000 });
    expect(story.lines('partition.revoked')).toEqual(['2000 partition.revoked {"partitions":["orders-0"]}']);
  });

  test('another assignor for the group: the client is closed and made anew', () => {
    const deeds = [[2_000, 'reconfigure', 'group', { assignor: 'roundrobin' }]] as const;
    const story = play({ group: {}, consumer: EARLIEST, deeds, until: 4_000 });
    expect(story.sent('LeaveGroup')).toHaveLength(1);
    expect(story.sent('JoinGroup').at(-1)).toMatchObject({ protocols: [{ name: 'roundrobin' }] });
  });

  test('other work needs no new client', () => {
    const deeds = [[1_500, 'reconfigure', 'consumer', { workMillis: 100 }]] as const;
    const story = play({ group: {}, consumer: EARLIEST, records: 4, deeds, until: 3_000 });
    expect(story.lines('work.finished')).toEqual(['1000 work.finished', '2000 work.finished', '2100 work.finished', '2200 work.finished']);
    expect(story.sent('LeaveGroup')).toEqual([]);
  });

  test('a member of a group may also read a topic by itself', () => {
    const story = play({ group: {}, consumer: EARLIEST, topics: { orders: 1 }, until: 1_000 });
    expect(story.sent('JoinGroup')[0]).toMatchObject({ protocols: [{ metadata: { topics: ['orders'] } }, {}] });
  });
});
