import { expect, test } from 'vitest';
import type { Micros } from '../../../base/index.ts';
import { boot, compile, ENGINE_VERSION, type Fact, type Intervention, makeCatalogue, type Part, step } from '../../../engine/index.ts';
import { kafka } from '../pack.ts';

const SECOND = 1_000_000;
const part = (id: string, kind: string, config: Part['config'] = {}, parent?: string): Part => ({
  ...{ id, kind: `kafka/${kind}`, name: id, x: 0, y: 0, config },
  ...(parent === undefined ? {} : { parent }),
});

/** Two brokers, one partition on both; one record at each of the given times. */
function factsOf(publishAt: readonly number[], more: readonly Intervention[] = []): readonly Fact[] {
  const broker = { replicaLagMillis: 4_000, sessionTimeoutMillis: 60_000 };
  const parts = [
    part('broker-1', 'broker', broker),
    part('broker-2', 'broker', broker),
    part('orders', 'topic', { partitions: 1, replicationFactor: 2 }, 'broker-1'),
    part('shop', 'producer', { mode: 'list', list: publishAt.map((seconds) => ({ atMillis: seconds * 1_000 })) }),
  ];
  const lines = [{ id: 'l', kind: 'kafka/produce', from: 'shop', to: 'orders', config: {} }];
  const settings = {
    latency: 50_000 as Micros,
    hop: 0 as Micros,
    until: (30 * SECOND) as Micros,
    detect: (60 * SECOND) as Micros,
    colourBy: 'key' as const,
  };
  const run = {
    scenario: { from: '', title: '', intro: '', parts, lines, settings },
    seed: 1,
    engine: ENGINE_VERSION,
    interventions: more,
  };
  const compiled = compile(run, makeCatalogue([kafka]));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}

const isrs = (facts: readonly Fact[]) => facts.filter(({ kind }) => kind === 'isr.changed').map(({ data }) => data?.['isr']);

test('a follower that was level all the time stays in sync when a long idle partition is written to, just before the check', () => {
  // Checks are at 2 s, 4 s …: the record comes so shortly before one that the follower can't have fetched it.
  expect(isrs(factsOf([1, 15.98, 21.97]))).toEqual([]);
});

test('a follower that does not fetch is out of sync after replica.lag.time.max.ms, and in again when it has caught up', () => {
  const crash = { at: (10 * SECOND) as Micros, verb: 'crash', target: 'broker-2', args: {} };
  const restart = { at: (20 * SECOND) as Micros, verb: 'restart', target: 'broker-2', args: {} };
  expect(isrs(factsOf([1, 11], [crash, restart]))).toEqual([[1], [1, 2]]);
});
