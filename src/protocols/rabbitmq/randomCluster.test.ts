import { expect, test } from 'vitest';
import { boot, compile, type Fact, step } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { catalogue } from '../catalogue.ts';
import { randomCluster } from './randomCluster.testkit.ts';

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

test.each(seeds)('the laws hold for random cluster %i', (seed) => {
  checkLaws(randomCluster(seed), catalogue, { seeks: 3, sample: seed });
});

test('random clusters elect, promote, lose and return', () => {
  const seen = new Set<string>();
  for (const seed of seeds) {
    const compiled = compile(randomCluster(seed), catalogue);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    const facts: Fact[] = [];
    const world = boot(compiled.value, facts);
    while (step(compiled.value, world, facts));
    for (const { kind, why } of facts) seen.add(kind).add(why);
  }
  for (const what of [
    'elected',
    'promoted',
    'no-leader',
    'unsynced',
    'message.read',
    'message.confirmed',
    'message.returned',
    'transaction.committed',
  ])
    expect(seen).toContain(what);
});
