import { describe, expect, test } from 'vitest';
import { beat, classic, come, commit, type Desk, desk, group, join, leave, modern, stable, stateOf, sync, wait } from './group.testkit.ts';
import { deleteGroup, endTransaction, fetchOffsets, type LoggedRecord, load, recordKey, removeExpired, unload } from './index.ts';

/** A new coordinator that has read what the old one wrote, as the log is after compaction. */
function successor(at: Desk, log: readonly LoggedRecord[] = at.records): Desk {
  const latest = new Map<string, LoggedRecord>();
  for (const record of log) {
    const key = record.type === 'Marker' ? `marker ${latest.size}` : recordKey(record) + ('producerId' in record ? record.producerId : '');
    latest.delete(key);
    latest.set(key, record);
  }
  const next = { ...desk(), env: at.env, now: at.now };
  load(next.coordinator, latest.values(), next.env, next.now);
  return next;
}
const committed = (at: Desk, requireStable = false) =>
  fetchOffsets(at.coordinator, { groupId: 'g', memberEpoch: -1, requireStable, partitions: [{ topic: 't', partition: 0 }] }).offsets[0];

describe('a coordinator that takes over', () => {
  function twoMembers(): Desk {
    const at = desk({ classic: { initialRebalanceDelay: 0 } });
    come(at, 'a');
    come(at, 'b');
    wait(at, 0);
    wait(at, 0);
    sync(at, 'b', 1);
    sync(at, 'a', 1, { a: 'for a', b: 'for b' });
    return at;
  }

  test('knows members and assignments, and gives each a whole session', () => {
    const at = twoMembers();
    wait(at, 9_000);
    const next = successor(at);
    expect(stateOf(next)).toBe('Stable');
    expect(sync(next, 'b', 1)).toEqual({ 'sync b': 'assigned for b' });
    wait(next, 9_999);
    expect(beat(next, 'a', 1)).toBe('NONE');
    wait(next, 1);
    expect([...classic(next).members.keys()]).toEqual(['a']);
  });

  test('knows nothing of a rebalance that was going on', () => {
    const at = twoMembers();
    come(at, 'c');
    join(at, 'a');
    const next = successor(at);
    expect([stateOf(next), classic(next).generation]).toEqual(['Stable', 1]);
    expect(beat(next, 'a', 1)).toBe('NONE');
    expect(join(next, 'c')).toEqual({ 'join c': 'UNKNOWN_MEMBER_ID' });
  });

  test('tells whoever waits at the old one', () => {
    const at = twoMembers();
    join(at, 'a');
    const old = { ...at, answers: [] };
    const outcome = unload(old.coordinator, (groupId) => groupId === 'g', at.now);
    expect(outcome.answers).toMatchObject([{ token: 'join a', response: { error: 'NOT_COORDINATOR' } }]);
    expect(old.coordinator.groups.size).toBe(0);
    expect(beat(old, 'a', 1)).toBe('UNKNOWN_MEMBER_ID');
  });

  test('finds groups of the consumer protocol as they were', () => {
    const at = desk();
    modern(at, 'consumer', 'a', 0);
    modern(at, 'consumer', 'b', 0);
    modern(at, 'consumer', 'a', 1, { ownedPartitions: group(at).members.get('a')?.assigned ?? [] });
    const next = successor(at);
    const { timers: _, isMetadataFresh: __, ...known } = group(at);
    expect(group(next)).toMatchObject(known);
    // `a` has to give up within its rebalance time-out, counted anew.
    for (let i = 0; i < 2; i++) {
      wait(next, 30_000 - i);
      modern(next, 'consumer', 'a', 1);
      modern(next, 'consumer', 'b', 2);
    }
    expect(group(next).members.size).toBe(2);
    wait(next, 1);
    expect([...group(next).members.keys()]).toEqual(['b']);
  });
});

describe('offsets', () => {
  test('of a transaction count when it is committed, and never when it is aborted', () => {
    const at = desk();
    commit(at, '', -1, 5);
    commit(at, '', -1, 9, 7);
    expect(committed(at)).toMatchObject({ offset: 5 });
    expect(committed(at, true)).toMatchObject({ error: 'UNSTABLE_OFFSET_COMMIT', offset: -1 });
    endTransaction(at.coordinator, 7, true);
    expect(committed(at, true)).toMatchObject({ error: 'NONE', offset: 9 });
    commit(at, '', -1, 12, 7);
    endTransaction(at.coordinator, 7, false);
    expect(committed(at, true)).toMatchObject({ offset: 9 });
    const next = successor(at, [...at.records.slice(0, 2), { type: 'Marker', producerId: 7, isCommit: true }]);
    expect(committed(next)).toMatchObject({ offset: 9 });
  });

  test('a plain commit after that of an open transaction wins over it', () => {
    const at = desk();
    commit(at, '', -1, 9, 7);
    commit(at, '', -1, 3);
    endTransaction(at.coordinator, 7, true);
    expect(committed(at)).toMatchObject({ offset: 3 });
  });

  test('of an empty group expire by the time since it became empty, and the group goes with the last one', () => {
    const at = stable(['a']);
    commit(at, 'a', 1);
    wait(at, 5_000);
    leave(at, 'a');
    at.now += 999_999;
    expect(removeExpired(at.coordinator, at.env, at.now).records).toEqual([]);
    at.now += 1;
    const { records } = removeExpired(at.coordinator, at.env, at.now);
    expect(records).toMatchObject([
      { type: 'OffsetCommit', value: null },
      { type: 'GroupMetadata', value: null },
    ]);
    expect(committed(at)).toMatchObject({ offset: -1 });
    expect(at.coordinator.groups.size).toBe(0);
  });

  test('stay while members read the topic; those of other topics expire by their own age', () => {
    const at = stable(['a']);
    commit(at, 'a', 1);
    classic(at).subscribedTopics = ['u'];
    at.now += 2_000_000;
    expect(removeExpired(at.coordinator, at.env, at.now).events).toMatchObject([{ what: 'offset-expired', topic: 't' }]);
    const other = stable(['a']);
    commit(other, 'a', 1);
    other.now += 2_000_000;
    expect(removeExpired(other.coordinator, other.env, other.now).records).toEqual([]);
  });

  test('a group is deleted with its offsets when nobody is in it', () => {
    const at = stable(['a']);
    commit(at, 'a', 1);
    expect(deleteGroup(at.coordinator, 'g').error).toBe('NON_EMPTY_GROUP');
    leave(at, 'a');
    const { error, outcome } = deleteGroup(at.coordinator, 'g');
    expect([error, outcome.records.length]).toEqual(['NONE', 2]);
    expect(deleteGroup(at.coordinator, 'g').error).toBe('GROUP_ID_NOT_FOUND');
  });
});

test('one name, two protocols: an empty group makes way, one with members does not', () => {
  const at = desk();
  modern(at, 'consumer', 'a', 0);
  expect(join(at, 'x', { memberId: '' })['join x']).toBe('INCONSISTENT_GROUP_PROTOCOL');
  expect(modern(at, 'share', 's', 0).error).toBe('GROUP_ID_NOT_FOUND');
  modern(at, 'consumer', 'a', -1);
  expect(join(at, 'x', { memberId: '' })['join x']).toBe('MEMBER_ID_REQUIRED');
  leave(at, 'x');
  expect(modern(at, 'consumer', 'a', 0).memberEpoch).toBe(1);
  const next = successor(at);
  expect(group(next).kind).toBe('consumer');
});
