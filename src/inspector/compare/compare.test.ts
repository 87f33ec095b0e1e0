import { expect, test } from 'vitest';
import { micros } from '../../base/index.ts';
import { createTimeline, type Timeline } from '../../engine/index.ts';
import { LANGUAGES, text } from '../../i18n/index.ts';
import type { Texts } from '../../ui/index.ts';
import { galleryProgram } from '../gallery.testkit.ts';
import { drawn, facts, known, SHOP } from '../inspector.testkit.ts';
import { RunRecord } from '../record/record.ts';
import { headline, verdictText } from './CompareStrip.tsx';
import { compareWorkers, type SideState, sideState, verdictOf } from './compare.ts';

const program = drawn(SHOP);

/** Two tasks of `seconds` each, one after the other at one worker. */
function state(worker: string, seconds: number, at: number): SideState {
  const task = (message: number, start: number) => [
    { kind: 'work.started', at: worker, message, time: start },
    { kind: 'work.finished', at: worker, message, time: start + seconds * 1_000_000 },
    { kind: 'message.settled', at: 'q1', message, why: 'acked', data: { outcome: 'acked' } },
  ];
  const all = facts([
    { kind: 'message.published', at: 'p', message: 1 },
    { kind: 'message.published', at: 'p', message: 2 },
    { kind: 'message.stored', at: 'q1', message: 1 },
    { kind: 'message.stored', at: 'q1', message: 2 },
    { kind: 'message.received', at: worker, message: 1 },
    { kind: 'message.received', at: worker, message: 2 },
    ...task(1, 0),
    ...task(2, seconds * 1_000_000),
  ]);
  const record = new RunRecord(program);
  record.catchUp({ ...known(all), program } as Timeline, () => false);
  const time = micros(at * 1_000_000);
  return sideState({ program, record, happened: all.filter((fact) => fact.time <= time).length, time, isComplete: true });
}

type Language = (typeof LANGUAGES)[number];
const textsIn = (language: Language) =>
  Object.assign((key: Parameters<typeof text>[1], args?: Parameters<typeof text>[2]) => text(language, key, args), {
    dynamic: String,
  }) as Texts;
const say = (a: SideState, b: SideState, language: Language) => verdictText(textsIn(language), verdictOf(a, b));

test('while both sides work, the numbers so far are compared and the end is not given away', () => {
  const [a, b] = [state('c1', 4, 3), state('c1', 2, 3)];
  expect([a.doneAt, b.doneAt]).toEqual([undefined, undefined]);
  expect(say(a, b, 'en')).toBe('Finished so far: left 0, right 1. Idle so far: left 0.0 s, right 0.0 s.');
});

test('the side that is done first is named, then the difference', () => {
  expect(say(state('c1', 4, 5), state('c1', 2, 5), 'en')).toBe('On the right all is done at 4.0 s; on the left 1 message is left.');
  expect(say(state('c1', 4, 9), state('c1', 2, 9), 'en')).toBe(
    'All is done on the left at 8.0 s, on the right at 4.0 s: the right is 4.0 s faster.',
  );
  expect(say(state('c1', 4, 9), state('c1', 2, 9), 'zh-CN')).toBe('左边在 8.0 s 全部完成，右边在 4.0 s：右边快 4.0 s。');
  expect(say(state('c1', 4, 9), state('c1', 4, 9), 'en')).toContain('both at the same time');
});

test('nobody grows idle after all is done', () => {
  expect(state('c1', 2, 4).idle).toBe(state('c1', 2, 15).idle);
});

test('a worker that only one side has stands alone', () => {
  const compared = compareWorkers(state('c1', 2, 9), state('c2', 2, 9));
  expect(compared.map(({ worker, a, b }) => [worker, a?.finished, b?.finished])).toEqual([
    ['c1', 2, undefined],
    ['c2', undefined, 2],
  ]);
});

test.each(LANGUAGES)('the verdict has words for every case in %s', (language) => {
  for (const at of [1, 5, 9]) expect(say(state('c1', 4, at), state('c1', 2, at), language)).not.toMatch(/[{}]|strip\./);
});

/** The headline of a pair of the gallery at a second of it. */
function told(
  id: string,
  seconds: number,
  language: Language = 'en',
  sides: readonly [string, 0 | 1][] = [
    [id, 0],
    [id, 1],
  ],
): string {
  const [a, b] = sides.map(([one, side]) => {
    const program = galleryProgram(one, side);
    const timeline = createTimeline(program);
    timeline.seek(program.end);
    const record = new RunRecord(program);
    record.catchUp(timeline, () => false);
    const time = micros(seconds * 1_000_000);
    return sideState({ program, record, happened: timeline.factsUntil(time), time, isComplete: true });
  });
  return headline(textsIn(language), a as SideState, b as SideState);
}

test('two runs of a log are compared by what became of their messages, though nobody reads', () => {
  expect(told('leader-dies', 0)).toBe('Nothing has been produced yet.');
  expect(told('leader-dies', 10)).toBe(
    'Acknowledged so far: left 4, right 4. On both sides nothing is lost, and nothing is written twice.',
  );
  expect(told('leader-dies', 54)).toBe('Acknowledged, then lost: left 1, right 8.');
  expect(told('idempotence', 32)).toBe('Written twice: left 1, right 0. Written out of order: left 1, right 0.');
  expect(told('idempotence', 32, 'zh-CN')).toBe('重复写入：左 1 条，右 0 条。写入顺序颠倒：左 1 条，右 0 条。');
});

test('where logs are read, the headline tells what differs and how far the readers are', () => {
  const pair: readonly [string, 0 | 1][] = [
    ['rebalance-eager', 0],
    ['rebalance-coop', 0],
  ];
  expect(told('', 10, 'en', pair)).toMatch(/^Finished so far: left \d+, right \d+\. Idle so far/);
  expect(told('', 40, 'en', pair)).toMatch(/^Done twice: left 2, right \d\. Finished so far: left \d+, right \d+\./);
});

test('of queues the headline is the verdict on their workers', () => {
  expect(told('fair-dispatch', 0)).toBe('Finished so far: left 0, right 0. Idle so far: left 0.0 s, right 0.0 s.');
  expect(told('fair-dispatch', 24)).toMatch(/^All is done on the left at \d+\.\d s, on the right/);
});
