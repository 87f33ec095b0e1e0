import { expect, test } from 'vitest';
import { micros } from '../../base/index.ts';
import { createTimeline } from '../../engine/index.ts';
import { galleryProgram } from '../gallery.testkit.ts';
import { drawn, facts, SHOP } from '../inspector.testkit.ts';
import { type LogState, LogTally, NOTHING } from './logTally.ts';

const LANE = { topic: 't', partition: 0 };
const published = (message: number) => ({ kind: 'message.published', at: 'p', message, data: LANE });
const appended = (message: number, index: number, at = 'b') => ({ kind: 'message.appended', at, message, data: { ...LANE, index } });
const confirmed = (message: number) => ({ kind: 'message.confirmed', at: 'p', message, data: LANE });
const leads = (at: string, term: number) => ({ kind: 'replica.role', at, data: { ...LANE, role: 'leader', term } });
const removed = (message: number, index: number, why: string, at = 'b') => ({
  ...{ kind: 'message.removed', at, message, why, data: { ...LANE, index } },
});

function tallied(...said: Parameters<typeof facts>[0]): LogState {
  const tally = new LogTally(drawn(SHOP));
  for (const fact of facts(said)) tally.add(fact);
  return tally.at(said.length);
}

function played(id: string, side: 0 | 1, seconds: number): LogState {
  const program = galleryProgram(id, side);
  const timeline = createTimeline(program);
  timeline.seek(program.end);
  const tally = new LogTally(program);
  for (const fact of timeline.facts(0, timeline.known.facts)) tally.add(fact);
  return tally.at(timeline.factsUntil(micros(seconds * 1_000_000)));
}

test('lost is what was acknowledged and the new leader does not have', () => {
  const before = [leads('b', 0), published(1), appended(1, 0), published(2), appended(2, 1)];
  const copied = { kind: 'message.replicated', at: 'c1', message: 1, data: { ...LANE, index: 0 } };
  expect(tallied(...before, copied, confirmed(1), confirmed(2), leads('c1', 1)).lost).toBe(1);
  // Nobody was told that it is safe.
  expect(tallied(...before, copied, confirmed(1), leads('c1', 1)).lost).toBe(0);
  // Its answer was on its way meanwhile.
  expect(tallied(...before, copied, leads('c1', 1), confirmed(2)).lost).toBe(1);
  // It comes once more.
  expect(tallied(...before, copied, confirmed(2), leads('c1', 1), appended(2, 1, 'c1')).lost).toBe(0);
  // One that has not heard yet that another leads.
  expect(tallied(...before, copied, confirmed(2), leads('c1', 1), leads('b', 0)).lost).toBe(1);
});

test('what was kept long enough is not lost, and what is not written yet neither', () => {
  const kept = [leads('b', 0), published(1), appended(1, 0), confirmed(1), removed(1, 0, 'retention')];
  expect(tallied(...kept, leads('c1', 1)).lost).toBe(0);
  expect(tallied(leads('b', 0), published(1), confirmed(1), leads('c1', 1))).toEqual({ ...NOTHING, produced: 1, confirmed: 1 });
});

test('a message that is written again is counted once, and is not out of order', () => {
  const said = [leads('b', 0), published(1), published(2), appended(1, 0), appended(2, 1), appended(1, 2)];
  expect(tallied(...said)).toMatchObject({ twice: 1, swapped: 0 });
  expect(tallied(leads('b', 0), published(1), published(2), appended(2, 0), appended(1, 1))).toMatchObject({ twice: 0, swapped: 1 });
});

test('leader-dies: the clean election loses what only the dead leader had, the unclean one what was written meanwhile, too', () => {
  expect([played('leader-dies', 0, 5).lost, played('leader-dies', 0, 30).lost, played('leader-dies', 0, 54).lost]).toEqual([0, 1, 1]);
  expect([played('leader-dies', 1, 30).lost, played('leader-dies', 1, 54).lost]).toEqual([1, 8]);
});

test('idempotence: without it one message is written twice and two change places, with it none', () => {
  expect(played('idempotence', 0, 32)).toEqual({ ...NOTHING, produced: 5, confirmed: 5, twice: 1, swapped: 1 });
  expect(played('idempotence', 1, 32)).toEqual({ ...NOTHING, produced: 5, confirmed: 5 });
});

test('offsets: what is committed after the work is done twice by the next reader', () => {
  expect(played('offsets', 0, 60).again).toBe(6);
});
