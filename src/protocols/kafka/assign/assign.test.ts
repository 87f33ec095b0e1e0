import { describe, expect, test } from 'vitest';
import { assign } from './assign.ts';
import { partitionFromName, partitionName } from './partitions.ts';
import { assignOnServer, subscriptionType } from './server.ts';
import type { AssignMember, ClientAssignor, ClientLibrary, GroupAssignment } from './types.ts';

function member(memberId: string, topics: string, owned = '', generation = owned === '' ? -1 : 1): AssignMember {
  const partitions = owned
    .split(' ')
    .map(partitionFromName)
    .filter((partition) => partition !== undefined);
  return { memberId, topics: topics.split(' '), owned: partitions, generation };
}

function text(assignment: GroupAssignment): string {
  return [...assignment].map(([memberId, list]) => [`${memberId}:`, ...list.map(partitionName)].join(' ')).join('; ');
}

const counts = (entries: Record<string, number>) => new Map(Object.entries(entries));
const ASSIGNORS: readonly ClientAssignor[] = ['range', 'roundrobin', 'sticky', 'cooperative-sticky'];
const LIBRARIES: readonly ClientLibrary[] = ['java', 'librdkafka'];

describe('any assignor', () => {
  const each = LIBRARIES.flatMap((client) => ASSIGNORS.map((assignor) => [client, assignor] as const));
  test.each(each)('%s %s: nobody, nothing, topics that do not exist', (client, assignor) => {
    expect(assign(assignor, client, { partitionsPerTopic: counts({ t: 1 }), members: [] }).size).toBe(0);
    const members = [member('b', 'ghost'), member('a', 'none', 'none-0')];
    const got = assign(assignor, client, { partitionsPerTopic: counts({ t: 3, none: 0 }), members });
    expect([...got.keys()]).toEqual(['a', 'b']);
    expect(got.get('b')).toEqual([]);
  });
  test.each(each)('%s %s: each partition goes to one subscriber, in groups of any size', (client, assignor) => {
    const topics = Array.from({ length: 10 }, (_, i) => `t${i}`);
    const partitionsPerTopic = new Map(topics.map((topic) => [topic, 30]));
    const members = Array.from({ length: 400 }, (_, m) => member(`m${m}`, topics.filter((_, t) => (m + t) % 3 > 0).join(' ')));
    const got = assign(assignor, client, { partitionsPerTopic, members });
    const all = [...got].flatMap(([memberId, list]) => list.map((partition) => ({ memberId, ...partition })));
    expect(new Set(all.map(partitionName)).size).toBe(300);
    expect(all.length).toBe(300);
    for (const { memberId, topic } of all) expect(members.find((one) => one.memberId === memberId)?.topics).toContain(topic);
  });
});

describe('the libraries differ', () => {
  const members = [member('a', 't', 't-0 t-1 t-2 t-3 t-4 t-5'), member('b', 't')];
  const input = { partitionsPerTopic: counts({ t: 6 }), members };
  test('when a member joins, Java leaves the old one the first partitions, librdkafka the last', () => {
    expect(text(assign('cooperative-sticky', 'java', input))).toBe('a: t-0 t-1 t-2; b:');
    expect(text(assign('cooperative-sticky', 'librdkafka', input))).toBe('a: t-3 t-4 t-5; b:');
  });
  test('librdkafka leaves owned partitions of a topic that is gone with their owner, Java forgets them', () => {
    const gone = { partitionsPerTopic: counts({ t: 1 }), members: [member('a', 't u', 't-0 u-0')] };
    expect(text(assign('cooperative-sticky', 'java', gone))).toBe('a: t-0');
    expect(text(assign('cooperative-sticky', 'librdkafka', gone))).toBe('a: t-0 u-0');
  });
});

describe('claims', () => {
  const partitionsPerTopic = counts({ t: 2 });
  test('of a later generation win', () => {
    const members = [member('a', 't', 't-0 t-1', 1), member('b', 't', 't-0', 2)];
    expect(text(assign('sticky', 'java', { partitionsPerTopic, members }))).toBe('a: t-1; b: t-0');
  });
  test('of equal generations go to nobody at first', () => {
    const members = [member('a', 't', 't-0', 2), member('b', 't', 't-0', 2)];
    expect(text(assign('cooperative-sticky', 'java', { partitionsPerTopic, members }))).toBe('a:; b: t-1');
  });
});

describe('brokers', () => {
  test('tell by all topics, existing or not, whether subscriptions are alike', () => {
    expect(subscriptionType([member('a', 't ghost'), member('b', 'ghost t')])).toBe('HOMOGENEOUS');
    expect(subscriptionType([member('a', 't'), member('b', 't ghost')])).toBe('HETEROGENEOUS');
  });
  test('balance members with different subscriptions', () => {
    const members = [member('a', 't u', 't-0 t-1 u-0 u-1'), member('b', 'u')];
    expect(text(assignOnServer('uniform', { partitionsPerTopic: counts({ t: 2, u: 2 }), members }))).toBe('a: t-0 t-1; b: u-0 u-1');
  });
});
