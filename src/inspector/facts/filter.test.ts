import { expect, test } from 'vitest';
import type { Timeline } from '../../engine/index.ts';
import { drawn, facts, known, SHOP } from '../inspector.testkit.ts';
import { type FactFilter, Found, groupsFor, NO_FILTER } from './filter.ts';

const program = drawn(SHOP);
const ALL = facts([
  { kind: 'connection.opened', at: 'b', data: { client: 'p' } },
  { kind: 'message.published', at: 'p', message: 1 },
  { kind: 'message.routed', at: 'e', message: 1, why: 'matched' },
  { kind: 'message.stored', at: 'q1', message: 1 },
  { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1' } },
  { kind: 'message.published', at: 'p', message: 2 },
  { kind: 'message.settled', at: 'e', message: 2, why: 'unroutable', data: { outcome: 'dropped' } },
  { kind: 'node.crashed', at: 'c1' },
]);

function found(filter: Partial<FactFilter>): readonly number[] {
  const search = new Found({ ...known(ALL), program } as Timeline, { ...NO_FILTER, ...filter });
  search.search(() => false);
  return search.seqs;
}

test.each([
  ['a message', { message: 1 }, [1, 2, 3, 4]],
  ['a node, with what happens in its places', { part: 'b' }, [0, 2, 3, 4, 6]],
  ['a place', { part: 'q1' }, [3, 4]],
  ['a consumer, with what is delivered to it', { part: 'c1' }, [4, 7]],
  ['decisions', { group: 'decisions' }, [2]],
  ['drops', { group: 'ends' }, [6]],
  ['topology', { group: 'topology' }, [0]],
  ['deeds', { group: 'deeds' }, [7]],
  ['all of them at once', { group: 'deliveries', part: 'q1', message: 1 }, [4]],
  ['what is not there', { message: 9 }, []],
] as const)('facts are found by %s', (_, filter, expected) => {
  expect(found(filter)).toEqual(expected);
});

test('what no system of the drawing has is not offered', () => {
  expect(groupsFor(new Set(['routing', 'replication']))).not.toContain('groups');
  const log = groupsFor(new Set(['lanes', 'groups', 'replication']));
  expect(log).not.toContain('decisions');
  expect(log).toContain('groups');
});

test('a search goes on where it stopped', () => {
  const many = facts(Array.from({ length: 5_000 }, (_, i) => ({ kind: 'message.published', at: 'p', message: (i % 2) + 1 })));
  const search = new Found({ ...known(many), program } as Timeline, { ...NO_FILTER, message: 2 });
  search.search(() => true);
  expect(search.isDone).toBe(false);
  search.search(() => false);
  expect(search.isDone).toBe(true);
  expect(search.seqs).toHaveLength(2_500);
  expect(search.before(10)).toBe(5);
});
