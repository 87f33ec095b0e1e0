import { expect, test } from 'vitest';
import { applyVariant, emptyRun, type Part, type Run } from '../../scenario/index.ts';
import { alone, beside } from './compare.ts';

const worker: Part = { id: 'p1', kind: 'rabbitmq/consumer', name: 'worker', x: 0, y: 0, config: { prefetch: 5 } };
const run: Run = { ...emptyRun(), scenario: { ...emptyRun().scenario, title: 'Tasks', parts: [worker] } };

test('a new comparison begins with two equal sides', () => {
  const pair = beside(run);
  expect(pair.variant && applyVariant(pair.scenario, pair.variant).parts).toEqual(run.scenario.parts);
});

test('comparing what is compared already changes nothing', () => {
  const pair = beside(run);
  expect(beside(pair)).toBe(pair);
});

test('keeping the left side drops the variant, keeping the right one makes it the scenario', () => {
  const pair: Run = { ...run, variant: { title: '', configs: { p1: { prefetch: 1 } }, without: [], parts: [], lines: [] } };
  expect(alone(pair, 'a')).toEqual(run);
  const kept = alone(pair, 'b');
  expect(kept.variant).toBeUndefined();
  expect(kept.scenario.parts[0]?.config).toEqual({ prefetch: 1 });
  expect(kept.scenario.title).toBe('Tasks');
});
