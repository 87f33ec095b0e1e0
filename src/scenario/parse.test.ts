import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasText } from '../i18n/index.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { parseRun } from './parse.ts';
import { anyRun } from './random.testkit.ts';
import { sampleRun, sampleVocabulary as vocabulary } from './sample.testkit.ts';
import type { Problem } from './types.ts';

type Loose = { [key: string]: Loose } & Loose[];

/** The sample as JSON that a test can spoil. */
function spoiled(spoil: (run: Loose, scenario: Loose) => void): unknown {
  const run = JSON.parse(JSON.stringify(sampleRun())) as Loose;
  spoil(run, run['scenario'] as Loose);
  return run;
}

function problemsOf(json: unknown): readonly Problem[] {
  const start = performance.now();
  const result = parseRun(json, vocabulary);
  expect(performance.now() - start).toBeLessThan(500);
  if (result.ok) throw new Error('accepted');
  expect(result.error.length).toBeGreaterThan(0);
  expect(result.error.length).toBeLessThanOrEqual(DOCUMENT_LIMITS.problems);
  for (const { key } of result.error) expect(hasText(`problem.${key}`), key).toBe(true);
  return result.error;
}
const firstOf = (json: unknown) => problemsOf(json)[0];

describe('a run in JSON', () => {
  test('comes back as it was, in a copy', () => {
    fc.assert(
      fc.property(anyRun(vocabulary), (run) => {
        const parsed = parseRun(JSON.parse(JSON.stringify(run)), vocabulary);
        expect(parsed).toEqual({ ok: true, value: run });
        expect(parsed.ok && JSON.stringify(parsed.value)).toBe(JSON.stringify(run));
      }),
      { numRuns: 200 },
    );
  });

  test('loses defaults that were written out', () => {
    const json = spoiled((_, scenario) => Object.assign(scenario['parts']?.[3]?.['config'] as object, { prefetch: 0 }));
    const parsed = parseRun(json, vocabulary);
    expect(parsed.ok && parsed.value.scenario.parts[3]?.config).toEqual({});
  });

  test('has its interventions sorted by time, those of one time as they came', () => {
    const deed = (at: number, target: string) => ({ at, verb: 'pause', target, args: {} });
    const parsed = parseRun({ ...sampleRun(), interventions: [deed(5, 'p1'), deed(1, 'p3'), deed(5, 'p3'), deed(1, 'p1')] }, vocabulary);
    expect(parsed.ok && parsed.value.interventions.map((i) => [i.at, i.target])).toEqual([
      [1, 'p3'],
      [1, 'p1'],
      [5, 'p1'],
      [5, 'p3'],
    ]);
  });

  test('shares nothing with what it was parsed from', () => {
    const json = spoiled(() => undefined) as Loose;
    const parsed = parseRun(json, vocabulary);
    (json['scenario'] as Loose)['title'] = 'changed' as unknown as Loose;
    expect(parsed.ok && parsed.value.scenario.title).toBe('Sample');
  });
});

describe('what is wrong is told with its place', () => {
  test('an unknown kind of part', () => {
    const json = spoiled((_, scenario) => Object.assign(scenario['parts']?.[3] as object, { kind: 'kafka/topic' }));
    expect(firstOf(json)).toEqual({ where: 'p3', key: 'kind.unknown', args: { kind: 'kafka/topic' } });
  });

  test('an unknown field of a part', () => {
    const json = spoiled((_, scenario) => Object.assign(scenario['parts']?.[3]?.['config'] as object, { colour: 1 }));
    expect(firstOf(json)).toMatchObject({ where: 'p3', field: 'colour', key: 'field.unknown' });
  });

  test('a value out of range', () => {
    const json = spoiled((_, scenario) => Object.assign(scenario['parts']?.[3]?.['config'] as object, { prefetch: 101 }));
    expect(firstOf(json)).toMatchObject({ where: 'p3', field: 'prefetch', key: 'field.range', args: { min: 0, max: 100 } });
  });

  test('a coordinate that is none', () => {
    const json = spoiled((_, scenario) => Object.assign(scenario['parts']?.[1] as object, { x: 0.5 }));
    expect(firstOf(json)).toEqual({ where: 'p1', key: 'document.wrongNumber', args: { path: 'scenario.parts.1.x' } });
  });

  test('what is missing', () => {
    const json = spoiled((run) => delete run['seed']);
    expect(firstOf(json)).toEqual({ where: 'seed', key: 'document.missing', args: { path: 'seed' } });
  });

  test.each<[string, (run: Loose, scenario: Loose) => void, string]>([
    ['a field that no document has', (run) => Object.assign(run, { extra: 1 }), 'document.unknownField'],
    ['a prototype as field', (run) => Object.defineProperty(run, '__proto__', { value: {}, enumerable: true }), 'document.unknownField'],
    ['two parts with one id', (_, s) => Object.assign(s['parts']?.[3] as object, { id: 'p1' }), 'document.duplicateId'],
    ['a line with the id of a part', (_, s) => Object.assign(s['lines']?.[0] as object, { id: 'p1' }), 'document.duplicateId'],
    ['an id with an arrow', (_, s) => Object.assign(s['parts']?.[3] as object, { id: 'a>b' }), 'document.wrongId'],
    ['an id that is a prototype', (_, s) => Object.assign(s['parts']?.[3] as object, { id: '__proto__' }), 'document.wrongId'],
    ['a line to nowhere', (_, s) => Object.assign(s['lines']?.[0] as object, { to: 'p77' }), 'document.lineToNowhere'],
    ['a line to what it can’t reach', (_, s) => Object.assign(s['lines']?.[0] as object, { to: 'p3' }), 'document.wrongEnds'],
    ['an implied line', (_, s) => Object.assign(s['lines']?.[0] as object, { kind: 'test/shadow' }), 'kind.unknown'],
    ['a place without a node', (_, s) => delete s['parts']?.[2]?.['parent'], 'document.wrongParent'],
    ['a place inside itself', (_, s) => Object.assign(s['parts']?.[2] as object, { parent: 'p2' }), 'document.wrongParent'],
    ['a node inside a node', (_, s) => Object.assign(s['parts']?.[3] as object, { parent: 'box' }), 'document.wrongParent'],
    ['a box inside its own pipe', (_, s) => Object.assign(s['parts']?.[0] as object, { parent: 'p2' }), 'document.wrongParent'],
    [
      'a deed on nothing',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'crash', target: 'zz', args: {} }] }),
      'document.unknownTarget',
    ],
    [
      'a crash of a place',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'crash', target: 'p2', args: {} }] }),
      'deed.impossible',
    ],
    [
      'a cut of what can’t be cut',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'cut', target: 'p1', args: {} }] }),
      'deed.impossible',
    ],
    [
      'a verb of every object',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'toString', target: 'p1', args: {} }] }),
      'deed.impossible',
    ],
    [
      'arguments where none belong',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'crash', target: 'p1', args: { x: 1 } }] }),
      'field.unknown',
    ],
    [
      'a million messages by hand',
      (run) => Object.assign(run, { interventions: [{ at: 1, verb: 'publish', target: 'p1', args: { count: 1e6 } }] }),
      'field.range',
    ],
    [
      'a variant of what is not there',
      (run) => Object.assign(run, { variant: { title: '', configs: {}, without: ['zz'], parts: [], lines: [] } }),
      'document.unknownTarget',
    ],
    [
      'a variant with an impossible field',
      (run) => Object.assign(run, { variant: { title: '', configs: { p3: { prefetch: 'x' } }, without: [], parts: [], lines: [] } }),
      'field.integer',
    ],
  ])('%s', (_, spoil, key) => {
    expect(firstOf(spoiled(spoil))?.key).toBe(key);
  });
});

describe('hostile JSON', () => {
  const places: (readonly string[])[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    places.push(path);
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(sampleRun(), []);
  const put = (path: readonly string[], value: unknown) =>
    path.length === 0
      ? value
      : spoiled((run) => {
          const holder = path.slice(0, -1).reduce((at, key) => at[key as unknown as number] as Loose, run);
          holder[path.at(-1) as unknown as number] = value as Loose;
        });

  test('with a value of no type that belongs there, anywhere, is refused', () => {
    for (const path of places)
      for (const value of [() => 0, Symbol('x'), NaN, Number.NEGATIVE_INFINITY, 1e300, 0.1, null]) problemsOf(put(path, value));
  });

  test('with any other value anywhere is answered, never thrown at', () => {
    const strange = [
      '',
      'x',
      -0,
      -1,
      1,
      true,
      [],
      {},
      [[]],
      { length: 1e9 },
      JSON.parse('{"__proto__": {"id": "p1"}}'),
      new Array(5),
      2 ** 53,
    ];
    for (const path of places)
      for (const value of strange) {
        const result = parseRun(put(path, value), vocabulary);
        if (result.ok) expect(parseRun(JSON.parse(JSON.stringify(result.value)), vocabulary)).toEqual(result);
      }
  });

  test.each([
    ['parts', 1_000_000],
    ['lines', 1_000_000],
  ])('with a million %s is refused at once', (name, count) => {
    const one = sampleRun().scenario[name as 'parts' | 'lines'][0];
    expect(firstOf(spoiled((_, s) => Object.assign(s, { [name]: new Array(count).fill(one) })))?.key).toBe('document.tooMany');
  });

  test('with a million interventions or differences is refused at once', () => {
    const deeds = new Array(1_000_000).fill({ at: 1, verb: 'crash', target: 'p1', args: {} });
    expect(firstOf({ ...sampleRun(), interventions: deeds })?.key).toBe('document.tooMany');
    const configs = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`x${i}`, {}]));
    expect(firstOf({ ...sampleRun(), variant: { title: '', configs, without: [], parts: [], lines: [] } })?.key).toBe('document.tooMany');
  });

  test('with texts beyond all measure is refused', () => {
    const long = 'x'.repeat(1_000_000);
    for (const name of ['title', 'intro', 'from'])
      expect(firstOf(spoiled((_, s) => Object.assign(s, { [name]: long })))?.key).toBe('document.textTooLong');
    expect(firstOf(spoiled((_, s) => Object.assign(s['parts']?.[1] as object, { name: long })))?.key).toBe('document.textTooLong');
  });

  test('nested deeply where only flat things belong is refused without following it', () => {
    const deep = JSON.parse(`${'{"a":['.repeat(2_000)}${']}'.repeat(2_000)}`) as unknown;
    for (const path of places) problemsOf(put(path, deep));
  });

  test('with markup in its names is text', () => {
    const name = '<script>alert(1)</script>';
    const parsed = parseRun(
      spoiled((_, s) => Object.assign(s['parts']?.[1] as object, { name })),
      vocabulary,
    );
    expect(parsed.ok && parsed.value.scenario.parts[1]?.name).toBe(name);
  });

  test('tells at most so many problems', () => {
    const parts = Array.from({ length: 1_000 }, (_, i) => ({ id: `p${i}`, kind: 'x/y', name: '', x: 0, y: 0, config: {} }));
    expect(problemsOf(spoiled((_, s) => Object.assign(s, { parts, lines: [] })))).toHaveLength(DOCUMENT_LIMITS.problems);
  });
});
