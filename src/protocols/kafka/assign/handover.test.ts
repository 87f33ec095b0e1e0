import { describe, expect, test } from 'vitest';
import { onJoinComplete, onJoinPrepare, onLeavePrepare, ownedInJoin, rebalanceProtocol } from './handover.ts';
import { partitionFromName, partitionName, type TopicPartition } from './partitions.ts';

const list = (names: string): readonly TopicPartition[] =>
  names
    .split(' ')
    .map(partitionFromName)
    .filter((partition) => partition !== undefined);
const names = (partitions: readonly TopicPartition[]) => partitions.map(partitionName).join(' ');
const TU = new Set(['t', 'u']);

describe('names of partitions', () => {
  test('a topic may hold hyphens', () => expect(partitionFromName('my-topic-12')).toEqual({ topic: 'my-topic', partition: 12 }));
  test.each(['', 't', '-1', 't-', 't-x'])('%s is none', (name) => expect(partitionFromName(name)).toBeUndefined());
});

describe('the protocol of a client', () => {
  test('Java is cooperative only if all its assignors can be', () => {
    expect(rebalanceProtocol(['range', 'cooperative-sticky'], 'java')).toBe('EAGER');
    expect(rebalanceProtocol(['cooperative-sticky'], 'java')).toBe('COOPERATIVE');
    expect(rebalanceProtocol([], 'java')).toBeUndefined();
  });
  test('librdkafka refuses to mix them', () => {
    expect(rebalanceProtocol(['range', 'cooperative-sticky'], 'librdkafka')).toBeUndefined();
    expect(rebalanceProtocol(['range', 'roundrobin'], 'librdkafka')).toBe('EAGER');
  });
});

describe('before a rebalance', () => {
  test('an eager member revokes everything', () => {
    const given = onJoinPrepare('EAGER', list('t-1 t-0'), TU, 3);
    expect([names(given.revoked), names(given.lost), names(given.kept)]).toEqual(['t-0 t-1', '', '']);
  });
  test('a cooperative member revokes what it no longer subscribes to', () => {
    const given = onJoinPrepare('COOPERATIVE', list('t-0 v-1 u-1'), TU, 3);
    expect([names(given.revoked), names(given.lost), names(given.kept)]).toEqual(['v-1', '', 't-0 u-1']);
  });
  test.each(['EAGER', 'COOPERATIVE'] as const)('a member (%s) that was put out of the group has lost everything', (protocol) => {
    const given = onJoinPrepare(protocol, list('t-0 u-1'), TU, -1);
    expect([names(given.revoked), names(given.lost), names(given.kept)]).toEqual(['', 't-0 u-1', '']);
  });
  test('who leaves gives up everything', () => {
    expect(names(onLeavePrepare(list('t-0'), 3).revoked)).toBe('t-0');
    expect(names(onLeavePrepare(list('t-0'), -1).lost)).toBe('t-0');
  });
  test('the sticky assignor reports what it was given last, though all is revoked', () => {
    const last = { owned: list('t-0'), generation: 4 };
    expect(ownedInJoin('sticky', [], 5, last)).toEqual({ ...last, subscriptionGeneration: 5 });
    expect(ownedInJoin('cooperative-sticky', list('u-0'), 5, last)).toMatchObject({ owned: list('u-0'), generation: 5 });
  });
});

describe('after a rebalance', () => {
  test('a cooperative member revokes what it is not given any more, and rejoins', () => {
    const received = onJoinComplete('COOPERATIVE', list('t-0 t-1 t-2'), list('t-2 t-0 u-0'), TU);
    expect([names(received.owned), names(received.revoked), names(received.added)]).toEqual(['t-0 t-2 u-0', 't-1', 'u-0']);
    expect(received.mustRejoin).toBe(true);
  });
  test('a cooperative member that only gets more stays', () => {
    expect(onJoinComplete('COOPERATIVE', list('t-0'), list('t-0 t-1'), TU).mustRejoin).toBe(false);
  });
  test('partitions of topics that are not subscribed to make the assignment void', () => {
    const received = onJoinComplete('COOPERATIVE', list('t-0'), list('v-0'), TU);
    expect([received.isValid, names(received.owned), names(received.revoked), received.mustRejoin]).toEqual([false, 't-0', '', true]);
  });
});
