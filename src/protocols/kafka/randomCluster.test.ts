import { expect, test } from 'vitest';
import { boot, compile, type Fact, step, type World } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { checkOracles } from '../../oracles/index.ts';
import { catalogue } from '../catalogue.ts';
import type { Broker } from './broker/state.ts';
import { chunksOf } from './log/index.ts';
import { randomCluster } from './randomCluster.testkit.ts';

const UNTIL = 30_000;
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

test.each(seeds)('the laws hold for random cluster %i', (seed) => {
  checkLaws(randomCluster(seed, UNTIL), catalogue, { seeks: 1, sample: seed });
});

/** Replicas, readers and copies share the records of a log: whoever changed one from here on would throw. */
function freezeRecords({ nodes }: World): void {
  for (const state of nodes.values()) {
    const { replicas } = state as { readonly replicas?: Broker['replicas'] };
    for (const { log } of replicas?.values() ?? [])
      for (const { cells } of chunksOf(log))
        for (const record of cells) {
          Object.freeze(record);
          Object.freeze(record.source);
        }
  }
}

function factsOf(seed: number): readonly Fact[] {
  const compiled = compile(randomCluster(seed), catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts)) if (world.steps % 100 === 0) freezeRecords(world);
  expect(checkOracles(facts, compiled.value)).toBeUndefined();
  expect(world.halted).toBe('');
  return facts;
}

/** A lone controller that starts again (20, 30, 40); a leader that has not heard of its successor (44); members that slept (62, 131). */
test('runs that were wrong once, or called wrong, are right; and much happens in them', () => {
  const seen = new Set<string>();
  for (const seed of [20, 30, 40, 44, 60, 62, 131]) for (const { kind, why } of factsOf(seed)) seen.add(kind).add(why);
  for (const what of ['elected', 'fell-behind', 'caught-up', 'message.replicated', 'message.removed', 'group.loaded', 'partition.lost'])
    expect(seen).toContain(what);
});
