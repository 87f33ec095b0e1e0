import { describe, expect, test } from 'vitest';
import { boot, compile, type Fact, step } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { parseRun, type Run, sidesOf } from '../../scenario/index.ts';
import { GALLERY } from './index.ts';

function factsOf(run: Run): readonly Fact[] {
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}

const runOf = (id: string) => GALLERY.find((entry) => entry.id === id)?.run as Run;
const outcomes = (facts: readonly Fact[], why: string) => facts.filter((f) => f.kind === 'message.settled' && f.why === why).length;

describe.each(GALLERY)('$id', ({ run }) => {
  test('is a document that a stranger could send', () => {
    const parsed = parseRun(JSON.parse(JSON.stringify(run)), catalogue);
    expect(parsed).toMatchObject({ ok: true });
  });
  test('keeps the laws', { timeout: 60_000 }, () => {
    for (const side of sidesOf(run)) checkLaws(side, catalogue, { seeks: 8 });
  });
});

test('round-robin deals tasks in turn, whatever they weigh', () => {
  const started = factsOf(runOf('round-robin')).filter((f) => f.kind === 'message.received');
  expect(started.map((f) => [f.message, f.at])).toEqual(
    expect.arrayContaining([
      [1, 'c1'],
      [2, 'c2'],
      [3, 'c1'],
      [4, 'c2'],
      [5, 'c1'],
    ]),
  );
});

test('fair dispatch is done earlier than round-robin', () => {
  const [left, right] = sidesOf(runOf('fair-dispatch')).map((run) => factsOf(run).findLast((f) => f.kind === 'work.finished')?.time ?? 0);
  expect(right).toBeLessThan(left as number);
});

test('topic-animals: each key reaches exactly the queues of the tutorial', () => {
  const routed = factsOf(runOf('topic-animals'))
    .filter((f) => f.kind === 'message.routed')
    .slice(0, 8);
  expect(routed.map((f) => f.data?.['queues'])).toEqual(
    [['q1', 'q2'], ['q1', 'q2'], ['q1'], ['q2'], ['q2'], [], [], []].map((q) => expect.arrayContaining(q)),
  );
  expect(routed.map((f) => (f.data?.['queues'] as readonly string[] | undefined)?.length)).toEqual([2, 2, 1, 1, 1, 0, 0, 0]);
});

test('ack-crash: nothing is lost with manual acks, something with automatic ones', () => {
  const facts = factsOf(runOf('ack-crash'));
  expect(outcomes(facts, 'acked')).toBe(5);
  expect(facts.filter((f) => f.kind === 'work.finished' && f.at === 'c2').length).toBeLessThan(5);
});

test('why-peak: a bounded queue refuses the overflow at once, the other keeps all', () => {
  const facts = factsOf(runOf('why-peak'));
  const done = (at: string) => facts.filter((f) => f.kind === 'message.settled' && f.at === at && f.why === 'acked').length;
  expect(done('q1')).toBe(1_000);
  expect(outcomes(facts, 'queue-full')).toBeGreaterThan(500);
  expect(done('q2')).toBe(1_000 - outcomes(facts, 'queue-full'));
});

test('durable-restart: only a persistent message in a durable queue is still there', () => {
  const lost = factsOf(runOf('durable-restart')).filter((f) => f.kind === 'message.settled' && f.why === 'crashed');
  expect(lost.map((f) => `m${f.message} ${f.at}`).sort()).toEqual(['m1 q2', 'm2 q1', 'm2 q2', 'm3 q2', 'm4 q1', 'm4 q2']);
});

test('nack-requeue: what is put back is done in the end, what is not is gone', () => {
  const facts = factsOf(runOf('nack-requeue'));
  expect(facts.filter((f) => f.kind === 'message.settled' && f.at === 'q1' && f.why === 'acked')).toHaveLength(6);
  expect(outcomes(facts, 'rejected')).toBe(3);
});

test('dead-letter: each of the three reasons reaches the dead-letter exchange', () => {
  const dead = factsOf(runOf('dead-letter')).filter((f) => f.data?.['outcome'] === 'dead-lettered');
  expect(new Set(dead.map((f) => f.why))).toEqual(new Set(['rejected', 'expired', 'maxlen']));
});

test('priority: a backlog is taken by priority, a window that took all hides it', () => {
  const started = (at: string) => factsOf(runOf('priority')).flatMap((f) => (f.kind === 'work.started' && f.at === at ? [f.message] : []));
  expect(started('c1')).toEqual([1, 6, 5, 4, 3, 2]);
  expect(started('c2')).toEqual([1, 2, 3, 4, 5, 6]);
});

test('exchange-chain: a diamond gives one copy', () => {
  const stored = factsOf(runOf('exchange-chain')).filter((f) => f.kind === 'message.stored' && f.message === 1);
  expect(stored).toHaveLength(1);
});
