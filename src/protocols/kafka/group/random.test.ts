import { expect, test } from 'vitest';
import { nextBelow, randomStream } from '../../../base/index.ts';
import { partitionName } from '../assign/index.ts';
import { beat, classic, commit, type Desk, desk, group, join, leave, modern, sync, wait } from './group.testkit.ts';

function stream(seed: number): (n: number) => number {
  const state = randomStream(seed, 'groups');
  return (n) => nextBelow(state, n);
}

function someClassic(at: Desk, below: (n: number) => number, i: number): void {
  const known = [...(at.coordinator.groups.has('g') ? classic(at).members.keys() : []), ...['m1', 'm2']];
  const id = known[below(known.length)] as string;
  const generation = at.coordinator.groups.has('g') ? classic(at).generation - (below(8) === 0 ? 1 : 0) : 0;
  const timing = { rebalanceTimeout: 20_000, token: `join ${i}` };
  const pending = at.coordinator.groups.has('g') ? [...classic(at).pendingJoin] : [];
  const step = below(12);
  if (step === 0) join(at, `m${i}`, { ...timing, memberId: '' });
  else if (step === 1 && pending[0]) join(at, pending[0], timing);
  else if (step === 2) join(at, `s${i}`, { ...timing, memberId: '', instanceId: `i${below(3)}` });
  else if (step <= 5) join(at, id, { ...timing, ...(below(4) === 0 ? { protocols: [{ name: 'range', metadata: i }] } : {}) });
  else if (step <= 7) sync(at, id, generation, { [id]: 'x' });
  else if (step === 8) beat(at, id, generation);
  else if (step === 9) leave(at, id);
  else if (step === 10) commit(at, id, generation);
  else wait(at, below(9_000));
}

test('whatever members of a classic group do, in whatever order, the group stays whole and nobody is answered twice', () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const at = desk({ classic: { maxSize: 4 } });
    const below = stream(seed);
    for (let i = 0; i < 300; i++) {
      someClassic(at, below, i);
      if (!at.coordinator.groups.has('g')) continue;
      const { members, staticMembers, leader, state, timers } = classic(at);
      expect(leader === undefined ? members.size : Number(!members.has(leader))).toBe(0);
      for (const [instanceId, id] of staticMembers) expect(members.get(id)?.instanceId).toBe(instanceId);
      reached.add(`${state} ${members.size}`);
      if (state === 'Empty') expect(members.size).toBe(0);
      if (state === 'PreparingRebalance') expect(timers.byKey.has('join')).toBe(true);
    }
    const tokens = at.answers.filter((answer) => answer.api === 'JoinGroup').map((answer) => answer.token);
    expect(new Set(tokens).size).toBe(tokens.length);
  }
  expect([...reached]).toEqual(expect.arrayContaining(['Stable 3', 'CompletingRebalance 3', 'PreparingRebalance 4', 'Empty 0']));
});

test('whatever members of a consumer group do, a partition is held by one at most, and at rest by one exactly', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const at = desk();
    const below = stream(seed);
    const owned = new Map<string, ReturnType<typeof modern>>();
    /** A member as a client is: it reports what it was assigned last, and joins anew when it is fenced. */
    const live = (id: string): void => {
      const last = owned.get(id);
      const answer = modern(at, 'consumer', id, last?.memberEpoch ?? 0, { ownedPartitions: last?.assignment ?? [] });
      if (answer.error !== 'NONE') owned.delete(id);
      else owned.set(id, { ...answer, assignment: answer.assignment ?? last?.assignment ?? [] });
    };
    for (let i = 0; i < 200; i++) {
      const id = `m${below(5)}`;
      const step = below(8);
      if (step <= 4) live(id);
      else if (step === 5 && owned.has(id)) owned.delete(modern(at, 'consumer', id, -1).memberId ?? id);
      else if (step === 6) owned.delete(id);
      else wait(at, below(20_000));
      if (!at.coordinator.groups.has('g')) continue;
      const held = [...group(at).members.values()].flatMap((member) =>
        [...member.assigned, ...member.pendingRevocation].map(partitionName),
      );
      expect(new Set(held).size).toBe(held.length);
    }
    for (const id of owned.keys()) live(id);
    wait(at, 44_000);
    if (owned.size === 0) live('m0');
    for (let i = 0; i < 4; i++) for (const id of [...owned.keys()]) live(id);
    wait(at, 1_000);
    for (let i = 0; i < 4; i++) for (const id of [...owned.keys()]) live(id);
    expect(group(at).state).toBe('Stable');
    expect([...group(at).members.values()].flatMap((member) => member.assigned).length).toBe(4);
  }
});
