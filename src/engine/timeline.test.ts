import { expect, test } from 'vitest';
import { AssertionError, type Micros } from '../base/index.ts';
import { boot } from './boot.ts';
import { compile } from './compile.ts';
import { INTERESTING } from './factKinds.ts';
import { Segments } from './segments.ts';
import { step } from './step.ts';
import { createTimeline } from './timeline.ts';
import { deed, pingPong, toyCatalogue, toyLine, toyPart } from './toy.testkit.ts';
import type { Catalogue, Context, Fact, Input, Kernel, Program, Run } from './types.ts';
import { copyWorld } from './world.ts';

function programOf(run: Run = pingPong(), catalogue: Catalogue = toyCatalogue): Program {
  const result = compile(run, catalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const at = (millis: number) => (millis * 1_000) as Micros;
const EVERY = () => true;
const BUDGET = 100_000;

test('a new timeline stands at 0, connected, and knows little', () => {
  const timeline = createTimeline(programOf());
  expect([timeline.time, timeline.factsHappened, timeline.world.steps]).toEqual([0, 1, 0]);
  expect(timeline.known).toEqual({ time: 0, facts: 1, steps: 0, complete: false });
});

test('the playhead goes to any time, forwards and backwards, and sees what a straight run sees', () => {
  const timeline = createTimeline(programOf());
  const digests = new Map<number, number>();
  for (const t of [100, 500, 900, 1_000]) {
    timeline.seek(at(t));
    digests.set(t, timeline.world.digest);
  }
  for (const t of [500, 100, 1_000, 900]) {
    expect(timeline.seek(at(t))).toBe(true);
    expect([timeline.time, timeline.world.digest]).toEqual([t * 1_000, digests.get(t)]);
  }
});

test('a seek beyond the end or before the beginning stops there', () => {
  const timeline = createTimeline(programOf());
  timeline.seek(at(5_000));
  expect(timeline.time).toBe(1_000_000);
  expect(timeline.known).toMatchObject({ time: 1_000_000, complete: true });
  timeline.seek(at(-5));
  expect(timeline.time).toBe(0);
});

test('a seek with a budget stops short and goes on when asked again', () => {
  const timeline = createTimeline(programOf());
  let calls = 1;
  while (!timeline.seek(at(300), 10)) {
    calls++;
    expect(timeline.time).toBe(timeline.world.now);
  }
  expect(calls).toBeGreaterThan(5);
  const straight = createTimeline(programOf());
  straight.seek(at(300));
  expect(timeline.world.digest).toBe(straight.world.digest);
});

test('computing ahead leaves the playhead where it is', () => {
  const timeline = createTimeline(programOf());
  timeline.seek(at(100));
  const { digest } = timeline.world;
  while (!timeline.advance(100));
  expect([timeline.time, timeline.world.digest]).toEqual([100_000, digest]);
  expect(timeline.known.complete).toBe(true);
});

test('right, right, left gives back exactly what was there', () => {
  const timeline = createTimeline(programOf());
  timeline.seek(at(255));
  for (const wanted of [EVERY, (fact: Fact) => INTERESTING.has(fact.kind)]) {
    const digests: number[] = [];
    for (let i = 0; i < 12; i++) {
      timeline.seekFact(timeline.neighbour(1, wanted, BUDGET)?.seq ?? -1);
      digests.push(timeline.world.digest);
    }
    expect(new Set(digests).size).toBe(12);
    for (let i = 10; i >= 0; i--) {
      timeline.seekFact(timeline.neighbour(-1, wanted, BUDGET)?.seq ?? -1);
      expect(timeline.world.digest).toBe(digests[i]);
    }
  }
});

test('several facts of one step are one step to a person', () => {
  const timeline = createTimeline(programOf());
  const fact = timeline.neighbour(1, (f) => f.kind === 'work.finished', BUDGET) as Fact;
  timeline.seekFact(fact.seq);
  expect(timeline.fact(timeline.factsHappened - 1)?.kind).toBe('message.acked');
  expect(timeline.neighbour(-1, EVERY, BUDGET)?.seq).toBe(fact.seq - 1);
});

test('before the first step and behind the last there is nothing to step to', () => {
  const timeline = createTimeline(programOf());
  expect(timeline.neighbour(-1, EVERY, BUDGET)).toBeUndefined();
  timeline.seek(at(1_000));
  expect(timeline.neighbour(1, EVERY, BUDGET)).toBeUndefined();
  expect(timeline.neighbour(1, EVERY, 0)).toBeUndefined();
});

test('looking for the next fact computes no further than it was allowed to', () => {
  const timeline = createTimeline(programOf());
  expect(timeline.neighbour(1, () => false, 40)).toBeUndefined();
  expect(timeline.known.steps).toBe(40);
});

test('the story of a message is told once and goes on', () => {
  const timeline = createTimeline(programOf());
  timeline.seek(at(12));
  const begin = timeline.story(1);
  expect(begin.map((f) => f.kind)).toEqual(['message.published', 'message.routed', 'message.stored', 'message.delivered']);
  expect(timeline.story(1)).toBe(begin);
  timeline.seek(at(100));
  expect(timeline.story(1).at(-1)?.kind).toBe('message.settled');
  expect(timeline.story(999)).toEqual([]);
});

test('the histogram counts every known fact in its bucket', () => {
  const timeline = createTimeline(programOf());
  timeline.seek(at(1_000));
  const buckets = timeline.density(10);
  expect(buckets.length).toBe(10);
  const second = timeline.facts(0, timeline.known.facts).filter((f) => f.time > 100_000 && f.time <= 200_000).length;
  expect(buckets[1]).toBe(second);
});

test('a deed at the present forks the run: the past is kept, the old branch stays as it was', () => {
  const old = createTimeline(programOf());
  old.seek(at(1_000));
  const { digest } = old.world;
  const program = programOf(pingPong({ interventions: [deed(600, 'crash', 'sink1')] }));
  const fork = old.fork(program, at(600));
  fork.seek(at(600));
  expect(fork.fact(fork.factsHappened - 1)).toMatchObject({ kind: 'node.crashed', time: 600_000 });
  fork.seek(at(1_000));
  const fresh = createTimeline(program);
  fresh.seek(at(1_000));
  expect(fork.world.digest).toBe(fresh.world.digest);
  old.seek(at(1_000));
  expect(old.world.digest).toBe(digest);
});

test('a part drawn while the run stands joins it then, and the past stays as it was', () => {
  const old = createTimeline(programOf());
  old.seek(at(500));
  const { digest } = old.world;
  const { parts, lines } = pingPong().scenario;
  const run = pingPong({
    parts: [toyPart('sink3', 'sink'), ...parts],
    lines: [...lines, toyLine('shelf', 'take', 'sink3')],
    interventions: [deed(500, 'join', 'sink3'), deed(500, 'join', 'shelf-sink3')],
  });
  const fork = old.fork(programOf(run), at(500));
  fork.seek(at(499.9));
  old.seek(at(499.9));
  expect(fork.world.digest).toBe(old.world.digest);
  fork.seek(at(600));
  expect(fork.facts(0, fork.known.facts).some((f) => f.kind === 'message.received' && f.at === 'sink3')).toBe(true);
  expect(digest).not.toBe(fork.world.digest);
});

test('a fork to a run that differs from the start keeps nothing wrong', () => {
  const old = createTimeline(programOf());
  old.seek(at(1_000));
  const other = programOf(pingPong({ settings: { latency: at(3) } }));
  const fork = old.fork(other, at(900));
  const fresh = createTimeline(other);
  fork.seek(at(900));
  fresh.seek(at(900));
  expect(fork.world.digest).toBe(fresh.world.digest);
});

test('facts that memory has let go come back the same, and thinned checkpoints show the same worlds', () => {
  const program = programOf(pingPong({ settings: { until: at(4_000) } }));
  const facts: Fact[] = [];
  const world = boot(program, facts);
  const all = facts.slice();
  // A checkpoint every other step: more than are ever kept.
  const segments = new Segments(program, [{ world: copyWorld(program, world), facts, used: 0 }], 2, 50);
  const digests: number[] = [];
  const step1 = () => {
    const { open } = segments;
    const before = open.length;
    if (!step(program, world, open)) return false;
    all.push(...open.slice(before));
    digests[world.steps] = world.digest;
    if (segments.isDue(world)) segments.close(world);
    return true;
  };
  while (step1());
  expect(world.steps).toBeGreaterThan(2_000);
  for (const seq of [0, 1, 77, 500, all.length - 1, 3]) {
    const { facts: held, first } = segments.holding(seq);
    expect(held[seq - first]).toEqual(all[seq]);
  }
  const middle = segments.lastWhere((w) => w.steps <= 1_500).world;
  expect(middle.digest).toBe(digests[middle.steps]);
});

test('a kernel’s mistake is thrown at every try and leaves the time before it walkable', () => {
  const source = toyCatalogue.kernels.get('toy/source') as Kernel;
  const receive = (state: unknown, input: Input, x: Context) => {
    if (x.now > 500_000) throw new Error('a slip');
    source.receive(state, input, x);
  };
  const kernels = new Map([...toyCatalogue.kernels, ['toy/source', { ...source, receive }]] as [string, Kernel][]);
  const timeline = createTimeline(programOf(pingPong(), { ...toyCatalogue, kernels }));
  expect(() => timeline.seek(at(900))).toThrow(AssertionError);
  expect(() => timeline.seek(at(900))).toThrow('a slip');
  const healthy = createTimeline(programOf());
  for (const t of [509, 100, 300]) {
    expect(timeline.seek(at(t))).toBe(true);
    healthy.seek(at(t));
    expect(timeline.world.digest).toBe(healthy.world.digest);
  }
});
