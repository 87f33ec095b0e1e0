import { describe, expect, test } from 'vitest';
import { sampleRun } from '../sample.testkit.ts';
import type { Run } from '../types.ts';
import { applyVariant } from '../variant.ts';
import { addVariant, configure, removeVariant, reseed, retitle, setSettings } from './configure.ts';
import { deeds, done, on, refused } from './edits.testkit.ts';
import { connect, mend } from './lines.ts';
import { move } from './move.ts';
import { addPart, remove, rename } from './parts.ts';
import { configAt } from './settle.ts';

const run = sampleRun();
const configOf = (one: Run, id: string) => [...one.scenario.parts, ...one.scenario.lines].find((thing) => thing.id === id)?.config;
const other = (one: Run) => applyVariant(one.scenario, one.variant ?? { title: '', configs: {}, without: [], parts: [], lines: [] });

describe('configuring', () => {
  test('from the start changes the document, and leaves defaults out', () => {
    expect(configOf(done(configure(run, on(), 'p3', { prefetch: 7 })), 'p3')).toEqual({ prefetch: 7 });
    expect(configOf(done(configure(run, on(), 'p3', { prefetch: 0 })), 'p3')).toEqual({});
    expect(configOf(done(configure(run, on(), 'p3', { prefetch: null })), 'p3')).toEqual({});
    expect(configOf(done(configure(run, on(), 'l1', { key: 'x' })), 'l1')).toEqual({ key: 'x' });
    expect(done(configure(run, on(), 'p3', { prefetch: 1 }))).toBe(run);
  });

  test('to a value that makes no sense is refused with its field', () => {
    expect(refused(configure(run, on(), 'p3', { prefetch: 101 }))).toMatchObject({ where: 'p3', field: 'prefetch', key: 'field.range' });
    expect(refused(configure(run, on(2), 'p3', { colour: 1 }))).toMatchObject({ field: 'colour', key: 'field.unknown' });
  });

  test('in the middle of a run reconfigures at that time, and the form sees it from then on', () => {
    const next = done(configure(run, on(2), 'p3', { prefetch: 7 }));
    expect(next.scenario).toEqual(run.scenario);
    expect(deeds(next)).toEqual(['2 reconfigure p3 {"prefetch":7}']);
    expect([configAt(next, on(1), 'p3'), configAt(next, on(2), 'p3')]).toEqual([{ prefetch: 1 }, { prefetch: 7 }]);
  });

  test('many times at one time stays one deed, and none when all is as before', () => {
    const typed = done(configure(done(configure(run, on(2), 'p3', { prefetch: 1 })), on(2), 'p3', { prefetch: 12 }));
    expect(deeds(typed)).toEqual(['2 reconfigure p3 {"prefetch":12}']);
    expect(deeds(done(configure(typed, on(2), 'p3', { prefetch: 1 })))).toEqual([]);
  });

  test('back to the value of the document is a deed, if it was reconfigured before', () => {
    const changed = done(configure(run, on(2), 'p3', { prefetch: 7 }));
    expect(deeds(done(configure(changed, on(5), 'p3', { prefetch: 1 })))).toEqual([
      '2 reconfigure p3 {"prefetch":7}',
      '5 reconfigure p3 {"prefetch":1}',
    ]);
    expect(deeds(done(configure(changed, on(5), 'p3', { prefetch: null })))).toEqual([
      '2 reconfigure p3 {"prefetch":7}',
      '5 reconfigure p3 {"prefetch":0}',
    ]);
  });

  test('what joined at that very time changes the document alone', () => {
    const joined = done(addPart(run, on(2), { kind: 'test/sink', x: 0, y: 0 }));
    const next = done(configure(joined, on(2), 'p4', { prefetch: 3 }));
    expect(deeds(next)).toEqual(['2 join p4']);
    expect(configOf(next, 'p4')).toEqual({ prefetch: 3 });
  });
});

describe('lines', () => {
  test('a refusal comes back whole, with its mend, which can be done', () => {
    const refusal = refused(connect(run, on(), { from: 'p1', to: 'p3' }));
    expect(refusal).toEqual({ problem: { where: 'p1', key: 'test.needsPipe' }, mend: 'insert-pipe' });
    const mended = done(mend(run, on(4), { mend: 'insert-pipe', from: 'p1', to: 'p3' }));
    expect(deeds(mended)).toEqual(['4 join mended', '4 join m1', '4 join m2']);
  });

  test('a line drawn from the start needs no deed', () => {
    const next = done(connect(done(addPart(run, on(), { kind: 'test/sink', x: 0, y: 0 })), on(), { from: 'p2', to: 'p4' }));
    expect(next.scenario.lines.at(-1)).toEqual({ id: 'l3', kind: 'test/feed', from: 'p2', to: 'p4', config: {} });
    expect(deeds(next)).toEqual([]);
    expect(refused(connect(next, on(), { from: 'p2', to: 'p4' }))).toMatchObject({ problem: { key: 'test.twice' } });
    expect(refused(connect(next, on(), { from: 'p2', to: 'zz' }))).toMatchObject({ problem: { where: 'zz', key: 'edit.gone' } });
  });
});

describe('the scenario itself', () => {
  test('has its times set in milliseconds; what is not changed stays to the microsecond', () => {
    const odd = {
      ...run,
      scenario: { ...run.scenario, settings: { ...run.scenario.settings, hop: 1_500 as typeof run.scenario.settings.hop } },
    };
    const next = done(setSettings(odd, { latency: 20 }));
    expect(next.scenario.settings).toMatchObject({ latency: 20_000, hop: 1_500 });
    expect(done(setSettings(run, { latency: 400 }))).toBe(run);
    expect(refused(setSettings(run, { until: 0 }))).toMatchObject({ where: 'settings', field: 'until', key: 'field.range' });
  });

  test('has a title, an introduction and a seed within their bounds', () => {
    expect(done(retitle(run, { title: 'T', intro: 'I' })).scenario).toMatchObject({ title: 'T', intro: 'I' });
    expect(refused(retitle(run, { title: 'x'.repeat(201) }))).toMatchObject({ key: 'title.length' });
    expect(done(reseed(run, 9)).seed).toBe(9);
    expect(refused(reseed(run, -1))).toMatchObject({ key: 'field.range' });
  });
});

describe('the variant', () => {
  const pair = done(addVariant(run, 'B'));

  test('begins without a difference and goes without a trace', () => {
    expect(other(pair).parts).toEqual(run.scenario.parts);
    expect(done(removeVariant(pair))).toEqual(run);
  });

  test('holds what is configured on its side, and the scenario stays as it was', () => {
    const next = done(configure(pair, on(0, 'b'), 'p3', { prefetch: 9 }));
    expect(next.scenario).toEqual(run.scenario);
    expect(next.variant).toMatchObject({ configs: { p3: { prefetch: 9 } }, parts: [], lines: [] });
  });

  test('holds parts and lines of its own, and lacks what was removed', () => {
    const added = done(addPart(pair, on(0, 'b'), { kind: 'test/sink', x: 720, y: 320 }));
    const next = done(remove(done(connect(added, on(0, 'b'), { from: 'p2', to: 'p4' })), on(0, 'b'), ['l2']));
    expect(next.scenario).toEqual(run.scenario);
    expect(next.variant).toMatchObject({ without: ['l2'], parts: [{ id: 'p4' }], lines: [{ id: 'l3' }] });
  });

  test('shares places and names with the scenario, so that the pair stays comparable', () => {
    const next = done(rename(done(move(pair, on(0, 'b'), [{ id: 'p3', x: 800, y: 100 }])), on(0, 'b'), 'p3', 'worker'));
    expect(next.scenario.parts.at(-1)).toMatchObject({ x: 800, y: 100, name: 'worker' });
    expect(next.variant).toMatchObject({ parts: [], configs: {} });
  });

  test('differs from the start on in what both share, also when edited later', () => {
    const next = done(configure(pair, on(3, 'b'), 'p3', { prefetch: 9 }));
    expect(deeds(next)).toEqual([]);
    expect(next.variant?.configs).toEqual({ p3: { prefetch: 9 } });
    expect(done(remove(pair, on(3, 'b'), ['p3'])).variant?.without).toEqual(['p3']);
  });

  test('lets its own parts join and leave in the middle of a run', () => {
    const joined = done(addPart(pair, on(3, 'b'), { kind: 'test/sink', x: 0, y: 0 }));
    expect(deeds(joined)).toEqual(['3 join p4']);
    expect(deeds(done(remove(joined, on(5, 'b'), ['p4'])))).toEqual(['3 join p4', '5 leave p4']);
    expect(deeds(done(removeVariant(joined)))).toEqual([]);
  });

  test('follows the scenario where it has no difference', () => {
    const added = done(addPart(pair, on(), { kind: 'test/sink', x: 0, y: 0 }));
    expect(other(added).parts.map((part) => part.id)).toContain('p4');
    const differing = done(configure(added, on(0, 'b'), 'p4', { prefetch: 2 }));
    expect(done(remove(differing, on(), ['p4'])).variant).toMatchObject({ configs: {}, parts: [], without: [] });
  });
});
