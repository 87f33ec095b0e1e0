import { describe, expect, test } from 'vitest';
import { beat, classic, come, commit, desk, join, leave, stable, stateOf, sync, twin, wait } from '../group.testkit.ts';

const reasonsOf = (at: ReturnType<typeof desk>): readonly string[] =>
  at.events.flatMap((event) => (event.what === 'member-removed' ? [`${event.memberId} ${event.reason}`] : []));

describe('joining', () => {
  test('two that come at once wait for the second window, a third one who comes later rebalances at once', () => {
    const at = desk();
    come(at, 'a');
    come(at, 'b');
    expect(wait(at, 3_000)).toEqual({});
    expect(wait(at, 3_000)).toEqual({ 'join a': 'generation 1 led by a', 'join b': 'generation 1 led by a' });
    expect(come(at, 'c')).toEqual({});
    join(at, 'a');
    expect(join(at, 'b')['join c']).toBe('generation 2 led by a');
  });

  test('windows end with the rebalance time-out', () => {
    const at = desk();
    come(at, 'a', { rebalanceTimeout: 7_000 });
    wait(at, 2_000);
    come(at, 'b', { rebalanceTimeout: 7_000 });
    wait(at, 1_000);
    come(at, 'c', { rebalanceTimeout: 7_000 });
    wait(at, 3_000);
    come(at, 'd', { rebalanceTimeout: 7_000 });
    wait(at, 500);
    expect(wait(at, 499)).toEqual({});
    expect(Object.keys(wait(at, 1))).toHaveLength(4);
  });

  test('a time-out shorter than the window leaves no time for another', () => {
    const at = desk();
    come(at, 'a', { rebalanceTimeout: 2_000 });
    come(at, 'b', { rebalanceTimeout: 2_000 });
    expect(Object.keys(wait(at, 3_000))).toHaveLength(2);
  });

  test('who was sent for its id and does not come back holds the others up until its session ends', () => {
    const at = stable(['a']);
    join(at, 'b', { memberId: '' });
    expect(stateOf(at)).toBe('Stable');
    join(at, 'a');
    expect(stateOf(at)).toBe('PreparingRebalance');
    beat(at, 'a', 1);
    expect(wait(at, 10_000)).toEqual({ 'join a': 'generation 2 led by a' });
    expect(at.events).toContainEqual({ groupId: 'g', what: 'member-removed', memberId: 'b', reason: 'never-joined' });
    expect(join(at, 'b')).toEqual({ 'join b': 'UNKNOWN_MEMBER_ID' });
  });

  test('an id that nobody gave is unknown, with and without a group', () => {
    const at = desk();
    expect(join(at, 'x')).toEqual({ 'join x': 'UNKNOWN_MEMBER_ID' });
    expect(at.coordinator.groups.size).toBe(0);
    expect(join(stable(['a']), 'x')).toEqual({ 'join x': 'UNKNOWN_MEMBER_ID' });
  });

  test('protocols must fit: a type and one assignor that all know', () => {
    const at = stable(['a']);
    const refused = 'INCONSISTENT_GROUP_PROTOCOL';
    expect(join(at, 'b', { memberId: '', protocols: [{ name: 'sticky', metadata: null }] })['join b']).toBe(refused);
    expect(join(at, 'b', { memberId: '', protocolType: 'connect' })['join b']).toBe(refused);
    expect(join(at, 'a', { protocols: [{ name: 'sticky', metadata: null }] })['join a']).toBe(refused);
    expect(join(desk(), 'b', { memberId: '', protocols: [] })['join b']).toBe(refused);
    expect(sync(at, 'a', 1)['sync a']).toBe('assigned for a');
  });

  test('the time of a session has bounds', () => {
    expect(join(desk(), 'a', { memberId: '', sessionTimeout: 5_999 })['join a']).toBe('INVALID_SESSION_TIMEOUT');
    expect(join(desk(), 'a', { memberId: '', sessionTimeout: 1_800_001 })['join a']).toBe('INVALID_SESSION_TIMEOUT');
  });

  test('clients older than 2.2 join at once', () => {
    const at = desk();
    expect(join(at, 'a', { memberId: '', isMemberIdRequired: false })).toEqual({});
    expect([...classic(at).members.keys()]).toEqual(['a']);
  });

  test('members vote for the assignor; a tie is decided as a Java map orders names', () => {
    const vote = (orders: readonly (readonly string[])[]): string | undefined => {
      const at = desk({ classic: { initialRebalanceDelay: 0 } });
      for (const [i, names] of orders.entries()) come(at, `m${i}`, { protocols: names.map((name) => ({ name, metadata: null })) });
      wait(at, 0);
      return classic(at).protocolName;
    };
    expect(
      vote([
        ['range', 'sticky'],
        ['sticky', 'range'],
        ['sticky', 'range'],
      ]),
    ).toBe('sticky');
    expect(
      vote([
        ['range', 'roundrobin'],
        ['roundrobin', 'range'],
      ]),
    ).toBe(
      vote([
        ['roundrobin', 'range'],
        ['range', 'roundrobin'],
      ]),
    );
  });
});

describe('group.max.size', () => {
  test('a full group takes nobody new, and a place that is free again is given', () => {
    const at = stable(['a', 'b'], { classic: { maxSize: 2 } });
    expect(join(at, 'c', { memberId: '' })['join c']).toBe('GROUP_MAX_SIZE_REACHED');
    expect(join(at, 'b')['join b']).toBe('generation 1 led by a');
    leave(at, 'b');
    expect(join(at, 'c', { memberId: '' })['join c']).toBe('MEMBER_ID_REQUIRED');
  });

  test('while members come back, those that are back count: the last one loses its place', () => {
    const at = stable(['a', 'b', 'c']);
    at.env = { ...at.env, classic: { ...at.env.classic, maxSize: 2 } };
    expect(join(at, 'a')).toEqual({});
    expect(join(at, 'b')).toEqual({});
    expect(join(at, 'c')).toEqual({ 'join c': 'GROUP_MAX_SIZE_REACHED' });
    expect(reasonsOf(at)).toEqual(['c group-full']);
    // The refusal ends nothing by itself; the join phase runs its time.
    expect(stateOf(at)).toBe('PreparingRebalance');
    expect(wait(at, 60_000)['join a']).toBe('generation 2 led by a');
  });
});

describe('rejoining', () => {
  test('a leader and a changed follower start a rebalance, an unchanged follower does not', () => {
    const changed = { protocols: [{ name: 'range', metadata: { topics: ['t', 'u'] } }] };
    expect(join(stable(['a', 'b']), 'b')).toEqual({ 'join b': 'generation 1 led by a' });
    expect(join(stable(['a', 'b']), 'b', changed)).toEqual({});
    expect(join(stable(['a', 'b']), 'a')).toEqual({});
  });

  test('while the assignment is awaited, the same request gets the same answer and another one starts anew', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    join(at, 'b');
    expect(stateOf(at)).toBe('CompletingRebalance');
    expect(join(at, 'b')).toEqual({ 'join b': 'generation 2 led by a' });
    const again = join(at, 'a');
    expect(again).toEqual({ 'join a': 'generation 2 led by a' });
    expect(at.answers.at(-1)?.response).toMatchObject({ members: [{ memberId: 'a' }, { memberId: 'b' }] });
    expect(sync(at, 'a', 2, { a: 'x' })['sync a']).toBe('assigned x');
  });

  test('a changed subscription while the assignment is awaited sends the waiting ones back', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    join(at, 'b');
    sync(at, 'b', 2);
    expect(join(at, 'a', { protocols: [{ name: 'range', metadata: { topics: [] } }] })).toEqual({ 'sync b': 'REBALANCE_IN_PROGRESS' });
    expect(sync(at, 'b', 2)).toEqual({ 'sync b': 'REBALANCE_IN_PROGRESS' });
    expect(join(at, 'b')['join a']).toBe('generation 3 led by a');
  });

  test('of two requests of one member the later one is answered', () => {
    const at = stable(['a', 'b']);
    join(at, 'a', { token: 'first' });
    join(at, 'a', { token: 'second' });
    expect(join(at, 'b')).toEqual({ second: 'generation 2 led by a', 'join b': 'generation 2 led by a' });
  });

  test('who does not come back in time is out; with the leader goes the lead', () => {
    const at = stable(['a', 'b', 'c']);
    come(at, 'd');
    for (let i = 0; i < 7; i++) {
      if (i === 0) join(at, 'c');
      beat(at, 'a', 1);
      beat(at, 'b', 1);
      wait(at, i === 6 ? 5_999 : 9_000);
    }
    expect(stateOf(at)).toBe('PreparingRebalance');
    expect(wait(at, 1)).toEqual({ 'join c': 'generation 2 led by c', 'join d': 'generation 2 led by c' });
    expect(reasonsOf(at)).toEqual(['a rebalance-expired', 'b rebalance-expired']);
  });
});

describe('leaving', () => {
  test('a leader that leaves while its assignment is awaited sends the followers back', () => {
    const at = stable(['a', 'b', 'c']);
    for (const member of ['a', 'b', 'c']) join(at, member);
    sync(at, 'b', 2);
    expect(leave(at, 'a')).toEqual({ leave: 'NONE', 'sync b': 'REBALANCE_IN_PROGRESS' });
    expect(classic(at).leader).toBe('b');
    join(at, 'c');
    expect(join(at, 'b')).toEqual({ 'join b': 'generation 3 led by b', 'join c': 'generation 3 led by b' });
  });

  test('the last one that was waited for ends the join phase by leaving; its own parked request is refused', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    expect(leave(at, 'b')).toEqual({ leave: 'NONE', 'join a': 'generation 2 led by a' });
    const other = stable(['a', 'b']);
    join(other, 'a');
    expect(leave(other, 'a')).toEqual({ leave: 'NONE', 'join a': 'UNKNOWN_MEMBER_ID' });
  });

  test('leaving within the first window ends it no earlier, and leaves an empty group when it ends', () => {
    const at = desk();
    come(at, 'a');
    leave(at, 'a');
    expect(stateOf(at)).toBe('PreparingRebalance');
    wait(at, 3_000);
    expect([stateOf(at), classic(at).generation]).toEqual(['Empty', 1]);
  });

  test('strangers, those who were sent for their id, and static ones by their name alone', () => {
    const at = stable(['a']);
    expect(leave(at, 'x').leave).toBe('UNKNOWN_MEMBER_ID');
    join(at, 'b', { memberId: '' });
    expect(leave(at, 'b').leave).toBe('NONE');
    expect(stateOf(at)).toBe('PreparingRebalance');
    const statics = desk();
    join(statics, 's', { memberId: '', instanceId: 'i' });
    expect(leave(statics, '', 'i').leave).toBe('NONE');
    expect(leave(statics, '', 'i').leave).toBe('UNKNOWN_MEMBER_ID');
    expect(leave(desk(), 'a').leave).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('sessions and the sync phase', () => {
  test('heartbeats in every state', () => {
    const at = stable(['a', 'b']);
    expect(beat(at, 'a', 1)).toBe('NONE');
    expect(beat(at, 'a', 0)).toBe('ILLEGAL_GENERATION');
    expect(beat(at, 'x', 1)).toBe('UNKNOWN_MEMBER_ID');
    join(at, 'a');
    expect(beat(at, 'b', 1)).toBe('REBALANCE_IN_PROGRESS');
    join(at, 'b');
    expect(beat(at, 'b', 1)).toBe('ILLEGAL_GENERATION');
    expect(beat(at, 'b', 2)).toBe('NONE');
    leave(at, 'a');
    leave(at, 'b');
    expect(beat(at, 'b', 2)).toBe('UNKNOWN_MEMBER_ID');
    expect(beat(desk(), 'b', 2)).toBe('UNKNOWN_MEMBER_ID');
  });

  test('a parked SyncGroup keeps its sender alive, a leader without one loses its place', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    join(at, 'b');
    sync(at, 'b', 2);
    expect(wait(at, 9_999)).toEqual({});
    expect(wait(at, 1)).toEqual({ 'sync b': 'REBALANCE_IN_PROGRESS' });
    expect(reasonsOf(at)).toEqual(['a session-expired']);
  });

  test('who has a generation and asks for no assignment is out after the rebalance time-out', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    join(at, 'b');
    sync(at, 'a', 2, { a: 'x', b: 'y' });
    expect(stateOf(at)).toBe('Stable');
    for (let i = 0; i < 12; i++) {
      beat(at, 'a', 2);
      beat(at, 'b', 2);
      wait(at, 5_000);
    }
    expect(reasonsOf(at)).toEqual(['b sync-expired']);
    expect(stateOf(at)).toBe('PreparingRebalance');
  });

  test('a new member whose parked request is 5 min old is out', () => {
    const at = stable(['a']);
    come(at, 'b', { rebalanceTimeout: 600_000 });
    for (let i = 0; i < 59; i++) {
      wait(at, 5_000);
      beat(at, 'a', 1);
    }
    expect(reasonsOf(at)).toEqual([]);
    expect(wait(at, 5_000)).toEqual({ 'join b': 'UNKNOWN_MEMBER_ID' });
    expect(stateOf(at)).toBe('PreparingRebalance');
  });

  test('SyncGroup is refused to strangers, of other generations and of other protocols', () => {
    const at = stable(['a']);
    expect(sync(at, 'x', 1)).toEqual({ 'sync x': 'UNKNOWN_MEMBER_ID' });
    expect(sync(at, 'a', 2)).toEqual({ 'sync a': 'ILLEGAL_GENERATION' });
    expect(sync(desk(), 'a', 1)).toEqual({ 'sync a': 'UNKNOWN_MEMBER_ID' });
    leave(at, 'a');
    expect(sync(at, 'a', 1)).toEqual({ 'sync a': 'UNKNOWN_MEMBER_ID' });
  });

  test('a member that the leader forgot is assigned nothing', () => {
    const at = stable(['a', 'b']);
    join(at, 'a');
    join(at, 'b');
    sync(at, 'b', 2);
    expect(sync(at, 'a', 2, { a: 'x' })).toEqual({ 'sync a': 'assigned x', 'sync b': 'assigned null' });
  });
});

describe('commits', () => {
  test('by state, member and generation', () => {
    const at = stable(['a', 'b']);
    expect(commit(at, 'a', 1)).toBe('NONE');
    expect(commit(at, 'a', 0)).toBe('ILLEGAL_GENERATION');
    expect(commit(at, 'x', 1)).toBe('UNKNOWN_MEMBER_ID');
    expect(commit(at, '', -1)).toBe('UNKNOWN_MEMBER_ID');
    join(at, 'a');
    expect(commit(at, 'b', 1)).toBe('NONE');
    join(at, 'b');
    expect(commit(at, 'b', 1)).toBe('ILLEGAL_GENERATION');
    expect(commit(at, 'b', 2)).toBe('REBALANCE_IN_PROGRESS');
    expect(commit(at, 'b', 2, 1, 7)).toBe('NONE');
    expect(commit(at, '', -1, 1, 7)).toBe('NONE');
    leave(at, 'a');
    leave(at, 'b');
    expect(commit(at, '', -1)).toBe('NONE');
    expect(commit(at, 'a', 2)).toBe('UNKNOWN_MEMBER_ID');
  });

  test('without a group: anybody without a membership may, nobody else', () => {
    const at = desk();
    expect(commit(at, 'a', 3)).toBe('GROUP_ID_NOT_FOUND');
    expect(commit(at, 'a', 3, 1, 7)).toBe('ILLEGAL_GENERATION');
    expect(commit(at, '', -1)).toBe('NONE');
    expect(at.records.map((record) => record.type)).toEqual(['OffsetCommit']);
  });

  test('a commit keeps the session alive', () => {
    const at = stable(['a']);
    for (let i = 0; i < 3; i++) {
      wait(at, 9_000);
      expect(commit(at, 'a', 1)).toBe('NONE');
    }
    expect(wait(at, 10_000)).toEqual({});
    expect(stateOf(at)).toBe('Empty');
  });
});

test('a copy goes its own way', () => {
  const at = stable(['a', 'b']);
  const other = twin(at);
  leave(other, 'b');
  join(other, 'a');
  expect([stateOf(at), stateOf(other)]).toEqual(['Stable', 'CompletingRebalance']);
  expect(classic(at).members.size).toBe(2);
  expect(wait(at, 10_000)).toEqual({});
  expect(classic(at).generation).toBe(2);
  expect(classic(other).generation).toBe(2);
});
