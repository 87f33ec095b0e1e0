import { expect, test } from 'vitest';
import { fromMillis, type Micros } from '../../../../base/index.ts';
import { boot, compile, ENGINE_VERSION, type Fact, step } from '../../../../engine/index.ts';
import { DEFAULT_SETTINGS } from '../../../../scenario/index.ts';
import { catalogue } from '../../../catalogue.ts';

test('a broker that is alone waits between its registrations until the session of its former life is over', () => {
  const broker = { id: 'b1', kind: 'kafka/broker', name: 'b1', x: 0, y: 0, config: {} };
  const settings = { ...DEFAULT_SETTINGS, hop: 0 as Micros, until: fromMillis(60_000) };
  const scenario = { from: '', title: '', intro: '', parts: [broker], lines: [], settings };
  const interventions = [
    { at: fromMillis(5_000), verb: 'crash', target: 'b1', args: {} },
    { at: fromMillis(6_000), verb: 'restart', target: 'b1', args: {} },
  ];
  const program = compile({ scenario, seed: 1, engine: ENGINE_VERSION, interventions }, catalogue);
  if (!program.ok) throw new Error(JSON.stringify(program.error));
  const facts: Fact[] = [];
  const world = boot(program.value, facts);
  while (world.steps < 10_000 && step(program.value, world, facts));
  expect(world.now).toBeGreaterThan(fromMillis(50_000));
  expect(world.halted).toBe('');
});
