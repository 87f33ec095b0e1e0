import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Micros } from '../base/index.ts';
import { anyOther, anyScenario } from './random.testkit.ts';
import { sampleRun, sampleVocabulary as vocabulary } from './sample.testkit.ts';
import type { Run, Scenario } from './types.ts';
import { applyVariant, diffScenario, sidesOf } from './variant.ts';

const pair = anyScenario(vocabulary).chain((base) => fc.tuple(fc.constant(base), anyOther(vocabulary, base)));

describe('a variant', () => {
  test('applied to the scenario gives the other scenario', () => {
    fc.assert(fc.property(pair, ([base, other]) => void expect(applyVariant(base, diffScenario(base, other))).toEqual(other)));
  });

  test('found again is the same variant', () => {
    fc.assert(
      fc.property(pair, ([base, other]) => {
        const variant = diffScenario(base, other);
        expect(diffScenario(base, applyVariant(base, variant))).toEqual(variant);
      }),
    );
  });

  test('of equal scenarios is empty', () => {
    fc.assert(
      fc.property(anyScenario(vocabulary), (base) => {
        expect(diffScenario(base, base)).toEqual({ title: base.title, configs: {}, without: [], parts: [], lines: [] });
      }),
    );
  });

  test('says one changed field and nothing else', () => {
    const { scenario } = sampleRun();
    const other = withConfig(scenario, 'p3', { prefetch: 10 });
    expect(diffScenario(scenario, other)).toMatchObject({ configs: { p3: { prefetch: 10 } }, parts: [], lines: [], without: [] });
  });

  test('puts a field back to its default', () => {
    const { scenario } = sampleRun();
    const variant = diffScenario(scenario, withConfig(scenario, 'p3', {}));
    expect(variant.configs).toEqual({ p3: { prefetch: null } });
    expect(applyVariant(scenario, variant).parts.at(-1)?.config).toEqual({});
  });

  test('without a node is without its places and lines, and names the node alone', () => {
    const { scenario } = sampleRun();
    const variant = diffScenario(scenario, { ...scenario, parts: scenario.parts.filter((p) => p.id === 'p1' || p.id === 'p3'), lines: [] });
    expect(variant.without).toEqual(['box']);
    expect(applyVariant(scenario, variant).lines).toEqual([]);
  });

  test('never dangles, whatever the scenario has lost', () => {
    const { scenario } = sampleRun();
    const extra = { id: 'l9', kind: 'test/feed', from: 'p2', to: 'p3', config: {} };
    const variant = { title: '', configs: { constructor: { prefetch: 1 } }, without: [], parts: [], lines: [extra] };
    expect(applyVariant({ ...scenario, parts: [], lines: [] }, variant)).toMatchObject({ parts: [], lines: [] });
  });
});

describe('the sides of a run', () => {
  const at = (seconds: number, target: string) => ({ at: (seconds * 1e6) as Micros, verb: 'crash', target, args: {} });

  test('are one without a variant', () => {
    expect(sidesOf(sampleRun())).toEqual([sampleRun()]);
  });

  test('suffer the same interventions, as far as they have their targets', () => {
    const base = sampleRun();
    const run: Run = {
      ...base,
      interventions: [at(1, 'p1'), at(2, 'p3'), at(3, 'p9')],
      variant: {
        title: 'B',
        configs: {},
        without: ['p3'],
        parts: [{ id: 'p9', kind: 'test/sink', name: 'other', x: 0, y: 0, config: {} }],
        lines: [],
      },
    };
    const [a, b] = sidesOf(run);
    expect(a?.interventions.map((i) => i.target)).toEqual(['p1', 'p3']);
    expect(b?.interventions.map((i) => i.target)).toEqual(['p1', 'p9']);
    expect(a?.variant).toBeUndefined();
    expect(b?.scenario.title).toBe('B');
  });
});

function withConfig(scenario: Scenario, id: string, config: Scenario['parts'][number]['config']): Scenario {
  return { ...scenario, parts: scenario.parts.map((part) => (part.id === id ? { ...part, config } : part)) };
}
