import { describe, expect, test } from 'vitest';
import { beat, classic, desk, join, leave, stateOf, sync, wait } from '../group.testkit.ts';

/** Static members `a` (the leader) and `b`, stable in generation 1. */
function twoStatics(): ReturnType<typeof desk> {
  const at = desk();
  join(at, 'a', { memberId: '', instanceId: 'ia' });
  join(at, 'b', { memberId: '', instanceId: 'ib' });
  wait(at, 3_000);
  wait(at, 3_000);
  sync(at, 'b', 1);
  sync(at, 'a', 1, { a: 'for a', b: 'for b' });
  at.records.length = 0;
  return at;
}
const comeBack = (at: ReturnType<typeof desk>, memberId: string, instanceId: string, change = {}) =>
  join(at, memberId, { memberId: '', newMemberId: memberId, instanceId, ...change });

describe('a static member comes back', () => {
  test('to a stable group: its old assignment, no rebalance, and one record of its new id', () => {
    const at = twoStatics();
    expect(comeBack(at, 'b2', 'ib')).toEqual({ 'join b2': 'generation 1 led by a' });
    expect(at.records.map((record) => record.type)).toEqual(['GroupMetadata']);
    expect(sync(at, 'b2', 1)).toEqual({ 'sync b2': 'assigned for b' });
    expect([beat(at, 'b', 1), beat(at, 'b', 1, 'ib'), beat(at, 'b2', 1, 'ib')]).toEqual([
      'UNKNOWN_MEMBER_ID',
      'FENCED_INSTANCE_ID',
      'NONE',
    ]);
    expect(beat(at, 'b2', 1, 'never')).toBe('UNKNOWN_MEMBER_ID');
  });

  test('with another protocol, so that the vote changes: a rebalance', () => {
    const at = twoStatics();
    const both = { protocols: ['sticky', 'range'].map((name) => ({ name, metadata: { topics: ['t'] } })) };
    comeBack(at, 'b2', 'ib', both);
    expect(stateOf(at)).toBe('Stable');
    join(at, 'a', { instanceId: 'ia', ...both });
    expect(join(at, 'b2', { instanceId: 'ib', ...both })['join a']).toBe('generation 2 led by a');
    expect(classic(at).protocolName).toBe('sticky');
    sync(at, 'b2', 2);
    sync(at, 'a', 2, {});
    expect(comeBack(at, 'b3', 'ib')).toEqual({});
    expect(stateOf(at)).toBe('PreparingRebalance');
  });

  test('while members come back: its old request is fenced, and the new one takes its place', () => {
    const at = twoStatics();
    join(at, 'a', { instanceId: 'ia' });
    expect(stateOf(at)).toBe('PreparingRebalance');
    expect(comeBack(at, 'a2', 'ia')).toEqual({ 'join a': 'FENCED_INSTANCE_ID' });
    expect(classic(at).leader).toBe('a2');
    expect(comeBack(at, 'b2', 'ib')).toEqual({ 'join a2': 'generation 2 led by a2', 'join b2': 'generation 2 led by a2' });
  });

  test('while the assignment is awaited: a new rebalance, for the leader may know it by its old id', () => {
    const at = twoStatics();
    join(at, 'a', { instanceId: 'ia' });
    join(at, 'b', { instanceId: 'ib' });
    sync(at, 'b', 2);
    expect(comeBack(at, 'b2', 'ib')).toEqual({ 'sync b': 'FENCED_INSTANCE_ID' });
    expect(stateOf(at)).toBe('PreparingRebalance');
    expect(join(at, 'a', { instanceId: 'ia' })['join b2']).toBe('generation 3 led by a');
  });

  test('in the first window: the window goes on', () => {
    const at = desk();
    comeBack(at, 'a', 'ia');
    wait(at, 1_000);
    expect(comeBack(at, 'a2', 'ia')).toEqual({ 'join a': 'FENCED_INSTANCE_ID' });
    expect(wait(at, 1_999)).toEqual({});
    expect(wait(at, 1)).toEqual({ 'join a2': 'generation 1 led by a2' });
  });

  test('as an old client that leads: it is told that its old self leads, so that it assigns nothing', () => {
    const at = twoStatics();
    comeBack(at, 'a2', 'ia', { knowsSkipAssignment: false });
    expect(at.answers.at(-1)?.response).toMatchObject({ leader: 'a', members: [], skipAssignment: false });
    expect(classic(at).leader).toBe('a2');
  });
});

test('a static member keeps its place through a join phase that it misses, until its session ends', () => {
  const at = twoStatics();
  join(at, 'a', { instanceId: 'ia' });
  for (let i = 0; i < 6; i++) {
    wait(at, 9_000);
    beat(at, 'b', 1, 'ib');
  }
  expect(wait(at, 6_000)).toEqual({ 'join a': 'generation 2 led by a' });
  expect([...classic(at).members.keys()]).toEqual(['a', 'b']);
  sync(at, 'a', 2, { a: 'x', b: 'y' });
  wait(at, 9_999);
  beat(at, 'a', 2);
  wait(at, 1);
  expect([...classic(at).members.keys()]).toEqual(['a']);
  expect(stateOf(at)).toBe('PreparingRebalance');
});

test('when static members alone are left and none of them comes back, the join phase starts over', () => {
  const at = twoStatics();
  join(at, 'd', { memberId: '', isMemberIdRequired: false });
  expect(leave(at, 'd').leave).toBe('NONE');
  for (let i = 0; i < 8; i++) {
    wait(at, 9_000);
    beat(at, 'a', 1);
    beat(at, 'b', 1);
  }
  expect([stateOf(at), classic(at).generation, classic(at).members.size]).toEqual(['PreparingRebalance', 1, 2]);
  join(at, 'a', { instanceId: 'ia' });
  expect(join(at, 'b', { instanceId: 'ib' })['join a']).toBe('generation 2 led by a');
});
