import { describe, expect, test } from 'vitest';
import type { TopicPartition } from '../../assign/index.ts';
import { commit, type Desk, desk, group, modern, wait } from '../group.testkit.ts';
import { noteTopicsChanged } from '../index.ts';

const parts = (...numbers: readonly number[]): readonly TopicPartition[] => numbers.map((partition) => ({ topic: 't', partition }));
const numbers = (partitions: readonly TopicPartition[] | undefined) => partitions?.map((at) => at.partition);
const beat = (at: Desk, memberId: string, epoch: number, ...owned: readonly number[]) =>
  modern(at, 'consumer', memberId, epoch, owned.length > 0 ? { ownedPartitions: parts(...owned) } : {});

/** `a` has 0-3 in epoch 1; `b` has joined in epoch 2 and waits for 2 and 3. */
function handover(): Desk {
  const at = desk();
  modern(at, 'consumer', 'a', 0);
  modern(at, 'consumer', 'b', 0);
  return at;
}

describe('epochs', () => {
  test('another epoch than one’s own is fenced; the one before is taken if the answer was lost', () => {
    const at = handover();
    expect(beat(at, 'a', 2).error).toBe('FENCED_MEMBER_EPOCH');
    beat(at, 'a', 1, 0, 1, 2, 3);
    expect(beat(at, 'a', 1, 0, 1).memberEpoch).toBe(2);
    expect(beat(at, 'a', 1, 0, 1)).toMatchObject({ error: 'NONE', memberEpoch: 2 });
    expect(beat(at, 'a', 1).error).toBe('FENCED_MEMBER_EPOCH');
    expect(beat(at, 'a', 1, 0, 1, 2).error).toBe('FENCED_MEMBER_EPOCH');
    expect(group(at).members.size).toBe(2);
  });

  test('a member that joins again has the first answer again, or is fenced when it is further', () => {
    const at = handover();
    expect(numbers(modern(at, 'consumer', 'a', 0).assignment)).toEqual([0, 1]);
    expect(group(at).members.get('a')?.memberEpoch).toBe(2);
    expect(modern(at, 'consumer', 'a', 0).error).toBe('FENCED_MEMBER_EPOCH');
  });

  test('unknown groups and members, and requests that say too little', () => {
    const at = desk();
    expect(beat(at, 'a', 1).error).toBe('GROUP_ID_NOT_FOUND');
    expect(modern(at, 'consumer', 'a', -1).error).toBe('GROUP_ID_NOT_FOUND');
    expect(modern(at, 'consumer', 'a', 0, { subscribedTopics: [] }).error).toBe('INVALID_REQUEST');
    expect(modern(at, 'consumer', 'a', 0, { ownedPartitions: parts(0) }).error).toBe('INVALID_REQUEST');
    expect(modern(at, 'consumer', 'a', -3).error).toBe('INVALID_REQUEST');
    expect(modern(at, 'consumer', 'a', -2).error).toBe('INVALID_REQUEST');
    expect(modern(at, 'consumer', 'a', 0, { serverAssignor: 'best' }).error).toBe('UNSUPPORTED_ASSIGNOR');
    expect(at.coordinator.groups.size).toBe(0);
    modern(at, 'consumer', 'a', 0);
    expect(beat(at, 'x', 1).error).toBe('UNKNOWN_MEMBER_ID');
  });

  test('a full group takes nobody new', () => {
    const at = desk({ modern: { maxSize: 1 } });
    modern(at, 'consumer', 'a', 0);
    expect(modern(at, 'consumer', 'b', 0).error).toBe('GROUP_MAX_SIZE_REACHED');
    expect(beat(at, 'a', 1).error).toBe('NONE');
  });

  test('offsets are committed in the member’s own epoch', () => {
    const at = handover();
    expect([commit(at, 'a', 1), commit(at, 'a', 2), commit(at, 'x', 1)]).toEqual(['NONE', 'STALE_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID']);
    expect(commit(at, 'a', 2, 1, 7)).toBe('ILLEGAL_GENERATION');
    expect(commit(at, '', -1)).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('reconciliation', () => {
  test('a member that does not give up in time is out, however often it is heard of', () => {
    const at = handover();
    expect(numbers(beat(at, 'a', 1, 0, 1, 2, 3).assignment)).toEqual([0, 1]);
    for (let i = 0; i < 2; i++) {
      wait(at, 29_000);
      expect(beat(at, 'a', 1, 0, 1, 2, 3).assignment).toBeUndefined();
      beat(at, 'b', 2);
    }
    wait(at, 1_999);
    expect(group(at).members.size).toBe(2);
    wait(at, 1);
    expect([...group(at).members.keys()]).toEqual(['b']);
    expect(numbers(beat(at, 'b', 2).assignment)).toEqual([0, 1, 2, 3]);
    expect(at.events).toContainEqual({ groupId: 'g', what: 'member-removed', memberId: 'a', reason: 'rebalance-expired' });
  });

  test('one who has given up in time is not asked again', () => {
    const at = handover();
    beat(at, 'a', 1);
    beat(at, 'a', 1, 0, 1);
    for (let i = 0; i < 3; i++) {
      wait(at, 40_000);
      beat(at, 'a', 2);
      beat(at, 'b', 2);
    }
    expect(group(at).members.size).toBe(2);
  });

  test('while it gives up, the target may change: it goes on to the newest', () => {
    const at = handover();
    beat(at, 'a', 1);
    modern(at, 'consumer', 'b', -1);
    // What it has just given up counts as held until this heartbeat is through.
    expect(beat(at, 'a', 1, 0, 1)).toMatchObject({ memberEpoch: 3 });
    expect(group(at).members.get('a')).toMatchObject({ state: 'UNRELEASED_PARTITIONS', assigned: parts(0, 1) });
    beat(at, 'a', 3);
    expect(numbers(group(at).members.get('a')?.assigned)).toEqual([0, 1, 2, 3]);
  });

  test('a changed subscription bumps the epoch, an equal one in other order does not', () => {
    const at = desk();
    at.env = {
      ...at.env,
      consumer: {
        ...at.env.consumer,
        topics: new Map([
          ['t', 2],
          ['u', 1],
        ]),
      },
    };
    modern(at, 'consumer', 'a', 0, { subscribedTopics: ['t', 'u'] });
    expect(modern(at, 'consumer', 'a', 1, { subscribedTopics: ['u', 't'] }).memberEpoch).toBe(1);
    const next = modern(at, 'consumer', 'a', 1, { subscribedTopics: ['u'] });
    expect([group(at).epoch, next.assignment]).toEqual([2, [{ topic: 'u', partition: 0 }]]);
  });

  test('topics that grow are seen with the next heartbeat', () => {
    const at = desk();
    modern(at, 'consumer', 'a', 0);
    at.env = { ...at.env, consumer: { ...at.env.consumer, topics: new Map([['t', 5]]) } };
    expect(beat(at, 'a', 1).memberEpoch).toBe(1);
    noteTopicsChanged(at.coordinator);
    expect(numbers(beat(at, 'a', 1).assignment)).toEqual([0, 1, 2, 3, 4]);
    expect(at.events).toContainEqual({ groupId: 'g', what: 'epoch', epoch: 2, reason: 'topics-changed', memberId: 'a' });
  });

  test('most members’ assignor is taken', () => {
    const at = desk();
    modern(at, 'consumer', 'a', 0, { serverAssignor: 'range' });
    modern(at, 'consumer', 'b', 0, { serverAssignor: 'uniform' });
    modern(at, 'consumer', 'c', 0, { serverAssignor: 'range' });
    expect(at.events.flatMap((event) => (event.what === 'target' ? [event.assignor] : [])).at(-1)).toBe('range');
  });

  test('from 4.3 on the next target waits for the interval', () => {
    const at = desk({ modern: { assignmentInterval: 1_000 } });
    modern(at, 'consumer', 'a', 0);
    expect(modern(at, 'consumer', 'b', 0)).toMatchObject({ memberEpoch: 1, assignment: [] });
    expect([group(at).state, group(at).epoch, group(at).targetEpoch]).toEqual(['Assigning', 2, 1]);
    wait(at, 1_000);
    expect(numbers(beat(at, 'a', 1).assignment)).toEqual([0, 1]);
    expect(group(at).targetEpoch).toBe(2);
  });

  test('a topic that is not wanted any more is given up at once, though the target is older', () => {
    const at = desk({ modern: { assignmentInterval: 1_000 } });
    const topics = new Map([
      ['t', 1],
      ['u', 1],
    ]);
    at.env = { ...at.env, consumer: { ...at.env.consumer, topics } };
    modern(at, 'consumer', 'a', 0, { subscribedTopics: ['t', 'u'] });
    expect(modern(at, 'consumer', 'a', 1, { subscribedTopics: ['t'] }).assignment).toEqual(parts(0));
    expect([group(at).targetEpoch, group(at).members.get('a')?.state]).toEqual([1, 'UNREVOKED_PARTITIONS']);
    expect(beat(at, 'a', 1, 0)).toMatchObject({ memberEpoch: 1 });
    expect(group(at).members.get('a')?.state).toBe('STABLE');
    wait(at, 1_000);
    expect(beat(at, 'a', 1)).toMatchObject({ memberEpoch: 2 });
  });
});

describe('static members', () => {
  const ib = { instanceId: 'ib' };
  function away(): Desk {
    const at = desk();
    modern(at, 'consumer', 'a', 0);
    modern(at, 'consumer', 'b', 0, ib);
    beat(at, 'a', 1);
    beat(at, 'a', 1, 0, 1);
    modern(at, 'consumer', 'b', 2, ib);
    expect(modern(at, 'consumer', 'b', -2, ib).memberEpoch).toBe(-2);
    return at;
  }

  test('who goes for a while keeps its partitions for a session, then they are given away', () => {
    const at = away();
    wait(at, 30_000);
    expect(beat(at, 'a', 2).assignment).toBeUndefined();
    wait(at, 15_000);
    expect(numbers(beat(at, 'a', 2).assignment)).toEqual([0, 1, 2, 3]);
  });

  test('its next process takes its place; its last one is fenced', () => {
    const at = away();
    const back = modern(at, 'consumer', 'b2', 0, ib);
    expect([back.memberEpoch, numbers(back.assignment), group(at).epoch]).toEqual([2, [2, 3], 2]);
    expect(modern(at, 'consumer', 'b', 2, ib).error).toBe('FENCED_INSTANCE_ID');
    expect(modern(at, 'consumer', 'b', -1, ib).error).toBe('FENCED_INSTANCE_ID');
    expect(modern(at, 'consumer', 'b', 2).error).toBe('UNKNOWN_MEMBER_ID');
    expect(modern(at, 'consumer', 'b3', 0, ib).error).toBe('UNRELEASED_INSTANCE_ID');
    expect(modern(at, 'consumer', 'x', 2, { instanceId: 'ix' }).error).toBe('UNKNOWN_MEMBER_ID');
    // The time of the old process's session has no effect on the new one.
    wait(at, 44_999);
    modern(at, 'consumer', 'b2', 2, ib);
    beat(at, 'a', 2);
    wait(at, 1);
    expect([...group(at).members.keys()]).toEqual(['a', 'b2']);
  });

  test('its next process may ask for something else: a new epoch', () => {
    const at = away();
    modern(at, 'consumer', 'b2', 0, { ...ib, subscribedTopics: ['t', 'u'] });
    expect([group(at).epoch, [...group(at).target.keys()].sort()]).toEqual([3, ['a', 'b2']]);
  });
});

describe('share groups', () => {
  test('more members than partitions share them, members that go give room', () => {
    const at = desk();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) modern(at, 'share', id, 0);
    const shared = [...group(at).target.values()].flatMap((partitions) => numbers(partitions) ?? []);
    expect(new Set(shared)).toEqual(new Set([0, 1, 2, 3]));
    expect(shared.length).toBe(8);
    expect(group(at).state).toBe('Stable');
    for (const id of ['b', 'c', 'd', 'e', 'f']) modern(at, 'share', id, -1);
    const { epoch } = group(at);
    const answer = modern(at, 'share', 'a', group(at).members.get('a')?.memberEpoch ?? 0);
    expect([answer.memberEpoch, numbers(group(at).members.get('a')?.assigned)]).toEqual([epoch, [0, 1, 2, 3]]);
  });

  test('a silent member is out after its session; nobody commits', () => {
    const at = desk();
    modern(at, 'share', 'a', 0);
    expect(commit(at, 'a', 1)).toBe('GROUP_ID_NOT_FOUND');
    expect(modern(at, 'share', 'a', 2).error).toBe('FENCED_MEMBER_EPOCH');
    wait(at, 45_000);
    expect(group(at).state).toBe('Empty');
  });
});
