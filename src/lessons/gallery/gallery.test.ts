import { describe, expect, test } from 'vitest';
import { ZERO } from '../../base/index.ts';
import { boot, compile, type Fact, step } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { addPart, parseRun, type Run, sidesOf, withDefaults } from '../../scenario/index.ts';
import { GALLERY } from './index.ts';

function factsOf(run: Run): readonly Fact[] {
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}

/** Settings of all parts, defaults filled in. */
const sideOf = ({ scenario }: Run) =>
  scenario.parts.map(({ id, kind, config }) => [id, withDefaults(catalogue.parts.get(kind)?.fields ?? [], config)]);
const runOf = (id: string) => GALLERY.find((entry) => entry.id === id)?.run as Run;
const outcomes = (facts: readonly Fact[], why: string) => facts.filter((f) => f.kind === 'message.settled' && f.why === why).length;

describe.each(GALLERY)('$id', ({ run }) => {
  test('is a document that a stranger could send', () => {
    const parsed = parseRun(JSON.parse(JSON.stringify(run)), catalogue);
    expect(parsed).toMatchObject({ ok: true });
    // Both sides of a pair are still what they were.
    if (parsed.ok) expect(sidesOf(parsed.value).map(sideOf)).toEqual(sidesOf(run).map(sideOf));
  });
  test('stays as it is drawn when something else is put beside it', () => {
    const answer = addPart(run, { vocabulary: catalogue, at: ZERO, side: 'a' }, { kind: 'zookeeper/server', x: 9_000, y: 0 });
    expect(answer.ok && answer.value.scenario.parts.slice(0, -1)).toEqual(run.scenario.parts);
  });
  test('keeps the laws', () => {
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

test('confirms: what is not on disk is lost, and published again because nobody has confirmed it', () => {
  const facts = factsOf(runOf('confirms'));
  expect(facts.filter((f) => f.kind === 'message.settled' && f.why === 'crashed').map((f) => f.message)).toEqual([3]);
  expect(facts.filter((f) => f.kind === 'message.confirmed').map((f) => f.message)).toEqual([2, 1, 4]);
  expect(facts.find((f) => f.kind === 'message.published' && f.message === 4)?.data?.['parent']).toBe(3);
});

test('rpc: every request is answered to the channel that asked', () => {
  const facts = factsOf(runOf('rpc'));
  expect(facts.filter((f) => f.kind === 'message.received' && f.at === 'p').map((f) => f.data?.['correlation'])).toEqual(
    facts.filter((f) => f.kind === 'message.published' && f.at === 'p').map((f) => `m${f.message}`),
  );
});

test('duplicate-lost-ack: booked twice on the left, once on the right', () => {
  const [left, right] = sidesOf(runOf('duplicate-lost-ack')).map((run) =>
    factsOf(run).filter((f) => f.kind === 'work.finished' && f.message === 1),
  );
  expect([left?.length, right?.length]).toEqual([2, 1]);
});

test('cluster-classic: the far queue is missed while its node is down, and read again afterwards', () => {
  const facts = factsOf(runOf('cluster-classic'));
  expect(outcomes(facts, 'unroutable')).toBeGreaterThan(1);
  const far = facts.filter((f) => f.kind === 'message.delivered' && f.at === 'q2').map((f) => f.time / 1_000_000);
  expect(far.some((time) => time < 8) && far.some((time) => time > 15)).toBe(true);
  expect(far.every((time) => time < 9 || time > 15)).toBe(true);
});

test('cluster-quorum: another member leads, nothing goes on with one of three, and no order is lost', () => {
  const facts = factsOf(runOf('cluster-quorum'));
  expect(facts.filter((f) => f.why === 'elected').map((f) => f.at)).toHaveLength(1);
  const stored = facts.filter((f) => f.kind === 'message.stored').map((f) => f.time / 1_000_000);
  expect(stored.filter((time) => time > 21 && time < 29)).toEqual([]);
  // What was confirmed while most members were there is worked on, whoever led then.
  const done = new Set(facts.filter((f) => f.kind === 'work.finished').map((f) => f.message));
  const confirmed = facts.filter((f) => f.kind === 'message.confirmed' && f.time < 18_000_000).map((f) => f.message);
  expect(confirmed.length).toBeGreaterThan(5);
  expect(confirmed.filter((message) => !done.has(message))).toEqual([]);
});

test('vhosts-channels: the forbidden queue is never read, and the other channel works on', () => {
  const facts = factsOf(runOf('vhosts-channels'));
  const delivered = (at: string) => facts.filter((f) => f.kind === 'message.delivered' && f.at === at).length;
  expect(delivered('q4')).toBe(0);
  expect(delivered('q3')).toBeGreaterThan(5);
  expect(facts.filter((f) => f.kind === 'channel.closed' && f.why === 'error').map((f) => f.data?.['code'])).toEqual([403]);
});
