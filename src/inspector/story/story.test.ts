import { describe, expect, test } from 'vitest';
import { facts, known } from '../inspector.testkit.ts';
import { carriedAt } from './History.tsx';
import { recentlyPublished } from './recent.ts';
import { factsOfCopy, presentOf, toneOf } from './story.ts';

/** m1 goes to two queues; in `q1` worker c1 dies with it, and c2 gets it again. */
const TWO_COPIES = facts([
  { kind: 'message.published', at: 'p', message: 1 },
  { kind: 'message.routed', at: 'e', message: 1, why: 'matched', data: { matched: [], unmatched: [], queues: ['q1', 'q2'] } },
  { kind: 'message.stored', at: 'q1', message: 1, data: { ahead: 0 } },
  { kind: 'message.stored', at: 'q2', message: 1, data: { ahead: 0 } },
  { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c1', redelivered: false } },
  { kind: 'message.received', at: 'c1', message: 1 },
  { kind: 'work.started', at: 'c1', message: 1 },
  { kind: 'message.requeued', at: 'q1', message: 1, why: 'connection-closed', data: { ahead: 0 } },
  { kind: 'message.delivered', at: 'q1', message: 1, data: { consumer: 'c2', redelivered: true } },
  { kind: 'work.started', at: 'c2', message: 1 },
  { kind: 'work.finished', at: 'c2', message: 1 },
  { kind: 'message.acked', at: 'c2', message: 1 },
  { kind: 'message.settled', at: 'q1', message: 1, why: 'acked', data: { outcome: 'acked' } },
]);

function copies(happened: number): readonly string[] {
  return presentOf(TWO_COPIES, happened).copies.map(({ place, state, consumer, redelivered }) =>
    [place, state, consumer, redelivered ? 'redelivered' : undefined].filter(Boolean).join(' '),
  );
}

/** In the log of one broker, copied to another; both let it go in the end. */
const LOGGED = facts([
  { kind: 'message.published', at: 'p', message: 1 },
  { kind: 'message.appended', at: 't', message: 1 },
  { kind: 'message.replicated', at: 't2', message: 1 },
  { kind: 'message.refused', at: 'p', message: 1, why: 'delivery-timeout' },
  { kind: 'message.read', at: 't', message: 1, data: { consumer: 'c' } },
  { kind: 'work.started', at: 'c', message: 1 },
  { kind: 'message.removed', at: 't', message: 1 },
  { kind: 'message.removed', at: 't2', message: 1 },
]);

test('a message of a log stays there, whoever reads it, until no copy of the log keeps it', () => {
  const states = Array.from({ length: LOGGED.length }, (_, i) => presentOf(LOGGED, i + 1).state);
  expect(states).toEqual(['publishing', 'logged', 'logged', 'logged', 'logged', 'logged', 'logged', 'removed']);
});

test('what its producer gives up before any log has it is given up', () => {
  const story = facts([
    { kind: 'message.published', at: 'p', message: 1 },
    { kind: 'message.refused', at: 'p', message: 1, why: 'buffer-exhausted' },
  ]);
  expect(presentOf(story, 2)).toEqual({ state: 'refused', copies: [] });
});

describe('the present of a message', () => {
  test('nothing before it is published, then on its way', () => {
    expect(presentOf(TWO_COPIES, 0).state).toBe('unborn');
    expect(presentOf(TWO_COPIES, 1)).toEqual({ state: 'publishing', copies: [] });
  });

  test.each([
    [2, ['q1 moving', 'q2 moving']],
    [4, ['q1 ready', 'q2 ready']],
    [5, ['q1 unacked c1', 'q2 ready']],
    [7, ['q1 working c1', 'q2 ready']],
    [8, ['q1 ready redelivered', 'q2 ready']],
    [10, ['q1 working c2 redelivered', 'q2 ready']],
    [11, ['q1 unacked c2 redelivered', 'q2 ready']],
    [13, ['q1 acked c2 redelivered', 'q2 ready']],
  ])('each copy after %i facts', (happened, expected) => {
    expect(copies(happened)).toEqual(expected);
  });

  test('a message that nobody wants is dropped without ever having a copy', () => {
    const story = facts([
      { kind: 'message.published', at: 'p', message: 1 },
      { kind: 'message.routed', at: 'e', message: 1, why: 'unroutable', data: { matched: [], unmatched: [], queues: [] } },
      { kind: 'message.settled', at: 'e', message: 1, why: 'unroutable', data: { outcome: 'dropped' } },
    ]);
    expect(presentOf(story, 3)).toEqual({ state: 'dropped', copies: [] });
    expect(story.map(toneOf)).toEqual(['plain', 'bad', 'bad']);
  });

  test('a message that a dead broker never got is lost', () => {
    const story = facts([
      { kind: 'message.published', at: 'p', message: 1 },
      { kind: 'frame.lost', at: 'e', message: 1, why: 'down', data: { verb: 'basic.publish' } },
    ]);
    expect(presentOf(story, 2).state).toBe('lost');
  });
});

test('one copy’s facts leave out those of the others', () => {
  expect(factsOfCopy(TWO_COPIES, 'q2').map(({ kind, at }) => `${kind} ${at}`)).toEqual([
    'message.published p',
    'message.routed e',
    'message.stored q2',
  ]);
  expect(factsOfCopy(TWO_COPIES, 'q1')).toHaveLength(TWO_COPIES.length - 1);
});

test('recent messages come latest first, and none from beyond the playhead', () => {
  const all = facts([1, 2, 3, 4].map((message) => ({ kind: 'message.published', at: 'p', message })));
  expect(recentlyPublished(known(all), 3).map(({ message }) => message)).toEqual([3, 2, 1]);
});

test('what a message carries of its own past is the latest that has happened', () => {
  const deaths = (count: number) => ({ outcome: 'dead-lettered', 'x-death': [{ count, reason: 'rejected', queue: 'q1' }] });
  const story = facts([
    { kind: 'message.published', at: 'p', message: 1 },
    { kind: 'message.settled', at: 'q1', message: 1, why: 'rejected', data: deaths(1) },
    { kind: 'message.settled', at: 'q1', message: 1, why: 'rejected', data: deaths(2) },
  ]);
  expect(carriedAt(story, 1)).toBeUndefined();
  expect(carriedAt(story, 2)?.rows).toEqual([{ count: 1, reason: 'rejected', queue: 'q1' }]);
  expect(carriedAt(story, 3)?.rows[0]).toMatchObject({ count: 2 });
});
