import { expect, test } from 'vitest';
import { boot, compile, type Fact, step } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { FirstInFirstOut } from '../../oracles/index.ts';
import { catalogue } from '../catalogue.ts';
import { randomRun } from './random.testkit.ts';

const RUNS = 120;
const seeds = Array.from({ length: RUNS }, (_, i) => i + 1);
const runnable = seeds.filter((seed) => compile(randomRun(seed), catalogue).ok);

function factsOf(seed: number): readonly Fact[] {
  const compiled = compile(randomRun(seed), catalogue);
  if (!compiled.ok) return [];
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}

test('random topologies are busy, of every kind of deed and fact', () => {
  expect(runnable.length).toBeGreaterThan(RUNS * 0.8);
  const verbs = new Set(runnable.flatMap((seed) => randomRun(seed).interventions.map(({ verb }) => verb)));
  for (const verb of ['publish', 'crash', 'restart', 'pause', 'resume', 'purge', 'cut', 'heal', 'join', 'leave', 'reconfigure'])
    expect(verbs).toContain(verb);
  const kinds = new Set(runnable.slice(0, 60).flatMap((seed) => factsOf(seed).map(({ kind }) => kind)));
  for (const kind of ['message.delivered', 'message.requeued', 'message.settled', 'message.returned', 'frame.lost', 'work.failed'])
    expect(kinds).toContain(kind);
});

test.each(runnable)('the laws hold for random run %i', (seed) => {
  checkLaws(randomRun(seed), catalogue, { seeks: 3, sample: seed });
});

test('no queue lets a message pass an earlier one, unless it was put back', () => {
  for (const seed of runnable) {
    const order = new FirstInFirstOut();
    for (const fact of factsOf(seed)) expect(order.watch(fact), `run ${seed}`).toBeUndefined();
  }
});
