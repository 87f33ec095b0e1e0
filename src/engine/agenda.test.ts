import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Micros } from '../base/index.ts';
import { Agenda } from './agenda.ts';

const entry = (at: number, seq: number) => ({ at: at as Micros, seq });

/** Pushes at the given delays, taking one entry after so many; `copies` says where it goes on as a copy. */
function play(delays: readonly number[], takeAfter: number, copies: boolean): readonly { at: number; seq: number }[] {
  let agenda = new Agenda<{ at: Micros; seq: number }>();
  const given: { at: number; seq: number }[] = [];
  let now = 0;
  const take = () => {
    const next = agenda.peek();
    expect(agenda.pop()).toBe(next);
    if (!next) return false;
    now = next.at;
    given.push(next);
    return true;
  };
  for (const [seq, delay] of delays.entries()) {
    agenda.push(entry(now + delay, seq));
    if (seq % takeAfter === 0) take();
    if (!copies || seq % 3 > 0) continue;
    const before = agenda;
    agenda = before.copy();
    // What the other one does from here on is not this one's affair.
    before.push(entry(now, 1_000_000));
    before.pop();
  }
  expect([...agenda].length).toBe(agenda.size);
  while (take());
  expect([agenda.size, agenda.peek(), agenda.pop()]).toEqual([0, undefined, undefined]);
  return given;
}

test('gives by time, and among equal times by number, whatever has been taken or copied in between', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(8), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), fc.boolean(), (delays, takeAfter, copies) => {
      const given = play(delays, takeAfter, copies);
      expect(given).toHaveLength(delays.length);
      expect(given).toEqual(given.toSorted((a, b) => a.at - b.at || 0));
      for (const [i, { at, seq }] of given.entries()) if (given[i - 1]?.at === at) expect(seq).toBeGreaterThan(given[i - 1]?.seq ?? -1);
    }),
  );
});
