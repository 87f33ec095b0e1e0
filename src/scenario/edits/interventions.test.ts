import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromSeconds } from '../../base/index.ts';
import { parseRun } from '../parse.ts';
import { sampleRun, sampleVocabulary as vocabulary } from '../sample.testkit.ts';
import type { Run } from '../types.ts';
import { copy, duplicate } from './clipboard.ts';
import { addVariant, configure } from './configure.ts';
import { deeds, done, on, refused } from './edits.testkit.ts';
import { addIntervention, removeIntervention } from './interventions.ts';
import { connect } from './lines.ts';
import { move } from './move.ts';
import { addPart, remove } from './parts.ts';
import { paste } from './paste.ts';

const run = sampleRun();
const crash = (one: Run, seconds: number, target: string) => done(addIntervention(one, on(seconds), { verb: 'crash', target }));

describe('interventions', () => {
  test('stand in order of time, later ones of one time last', () => {
    const next = crash(crash(crash(crash(run, 5, 'p1'), 2, 'p3'), 5, 'p3'), 2, 'p1');
    expect(deeds(next)).toEqual(['2 crash p3', '2 crash p1', '5 crash p1', '5 crash p3']);
  });

  test('are refused where they mean nothing', () => {
    expect(refused(addIntervention(run, on(1), { verb: 'crash', target: 'p2' }))).toMatchObject({ key: 'deed.impossible' });
    expect(refused(addIntervention(run, on(1), { verb: 'cut', target: 'p1' }))).toMatchObject({ key: 'deed.impossible' });
    expect(refused(addIntervention(run, on(1), { verb: 'crash', target: 'zz' }))).toMatchObject({ key: 'edit.gone' });
    expect(refused(addIntervention(run, on(1), { verb: 'publish', target: 'p1', args: { count: 0 } }))).toMatchObject({
      key: 'field.range',
      field: 'count',
    });
  });

  test('publish what was given, without its defaults', () => {
    expect(deeds(done(addIntervention(run, on(1), { verb: 'publish', target: 'p1', args: { key: 'k', count: 1 } })))).toEqual([
      '1 publish p1 {"key":"k"}',
    ]);
  });

  test('cut lines and purge places', () => {
    const next = done(
      addIntervention(done(addIntervention(run, on(1), { verb: 'cut', target: 'l1' })), on(2), { verb: 'purge', target: 'p2' }),
    );
    expect(deeds(next)).toEqual(['1 cut l1', '2 purge p2']);
  });
});

describe('taking back', () => {
  const joined = done(connect(done(addPart(run, on(2), { kind: 'test/sink', x: 0, y: 0 })), on(3), { from: 'p2', to: 'p4' }));

  test('a departure lets the part stay', () => {
    expect(done(removeIntervention(done(remove(run, on(3), ['p3'])), 0))).toEqual(run);
  });

  test('a reconfiguration restores the value', () => {
    expect(done(removeIntervention(done(configure(run, on(3), 'p3', { prefetch: 9 })), 0))).toEqual(run);
  });

  test('a joined line takes the line away', () => {
    const next = done(removeIntervention(joined, 1));
    expect(deeds(next)).toEqual(['2 join p4']);
    expect(next.scenario.lines).toEqual(run.scenario.lines);
  });

  test('a joined part takes everything away that was hung on it', () => {
    expect(done(removeIntervention(crash(joined, 9, 'p4'), 0))).toEqual(run);
  });

  test('a part that joins another time stays', () => {
    const again = { ...joined, interventions: [...joined.interventions, { at: fromSeconds(8), verb: 'join', target: 'p4', args: {} }] };
    expect(done(removeIntervention(again, 0)).scenario).toEqual(joined.scenario);
  });

  test('works for what only the variant has', () => {
    const pair = done(addVariant(run, 'B'));
    const own = done(addPart(pair, on(2, 'b'), { kind: 'test/sink', x: 0, y: 0 }));
    expect(done(removeIntervention(own, 0))).toEqual(pair);
  });

  test('what is not there is refused', () => {
    expect(refused(removeIntervention(run, 0))).toMatchObject({ key: 'edit.gone' });
  });
});

describe('the clipboard', () => {
  const fragment = JSON.parse(JSON.stringify(copy(run, on(), ['box', 'p3']))) as unknown;

  test('holds parts with what is inside them and the lines between them', () => {
    expect(copy(run, on(), ['box', 'p3'])).toMatchObject({ parts: [{ id: 'box' }, { id: 'p2' }, { id: 'p3' }], lines: [{ id: 'l2' }] });
  });

  test('holds the configuration of that time', () => {
    const changed = done(configure(run, on(3), 'p3', { prefetch: 9 }));
    expect(copy(changed, on(4), ['p3']).parts[0]?.config).toEqual({ prefetch: 9 });
  });

  test('is pasted under new ids and free names, a little beside', () => {
    const next = done(paste(run, on(), fragment));
    expect(next.scenario.parts.slice(4)).toMatchObject([
      { id: 'p4', name: 'box-2', x: 432 },
      { id: 'p6', name: 'sink-2' },
      { id: 'p5', name: 'pipe-1', parent: 'p4' },
    ]);
    expect(next.scenario.lines.slice(2)).toEqual([{ id: 'l3', kind: 'test/feed', from: 'p5', to: 'p6', config: {} }]);
  });

  test('is pasted in the middle of a run by joining, and where it is wanted', () => {
    const next = done(paste(run, on(2), fragment, { to: { x: 0, y: 0 } }));
    expect(deeds(next)).toEqual(['2 join p4', '2 join p6', '2 join p5', '2 join l3']);
    expect(next.scenario.parts[4]).toMatchObject({ x: -160, y: 0 });
  });

  test('puts a place without its node into one that can hold it', () => {
    const place = JSON.parse(JSON.stringify(copy(run, on(), ['p2'])).replace('"parent":"box"', '"parent":"gone"')) as unknown;
    expect(done(paste(run, on(), place)).scenario.parts.at(-1)).toMatchObject({ parent: 'box', name: 'pipe-2' });
    const empty = { ...run, scenario: { ...run.scenario, parts: [], lines: [] } };
    expect(refused(paste(empty, on(), place))).toMatchObject({ key: 'document.wrongParent' });
  });

  test('duplicates beside the originals', () => {
    expect(done(duplicate(run, on(), ['p3'])).scenario.parts.at(-1)).toMatchObject({
      id: 'p4',
      name: 'sink-2',
      x: 752,
      y: 232,
      config: { prefetch: 1 },
    });
    expect(done(duplicate(run, on(), ['zz']))).toBe(run);
  });

  test.each([null, 'text', 7, [], {}, { format: 'other' }, { format: 'queuescope/fragment', parts: [{}], lines: [] }, { scenario: {} }])(
    'holding %j is refused',
    (json) => {
      expect(refused(paste(run, on(), json)).key).toMatch(/^(clipboard|document)\./);
    },
  );
});

describe('whatever edits are made', () => {
  const seconds = fc.nat({ max: 9 });
  const pick = fc.nat({ max: 40 });
  const side = fc.constantFrom('a' as const, 'b' as const);
  const edit = fc.record({ kind: fc.nat({ max: 8 }), seconds, side, one: pick, two: pick });

  function apply(
    one: Run,
    { kind, seconds: at, side: on_, one: i, two: j }: { kind: number; seconds: number; side: 'a' | 'b'; one: number; two: number },
  ) {
    const context = on(at, on_);
    const things = [...one.scenario.parts, ...one.scenario.lines, ...(one.variant?.parts ?? []), ...(one.variant?.lines ?? [])];
    const id = (index: number) => things[index % Math.max(1, things.length)]?.id ?? 'none';
    const kinds = ['test/box', 'test/source', 'test/sink', 'test/pipe'];
    const edits = [
      () => addPart(one, context, { kind: kinds[i % 4] as string, x: i * 40, y: j * 40 }),
      () => connect(one, context, { from: id(i), to: id(j) }),
      () => remove(one, context, [id(i)]),
      () => configure(one, context, id(i), { prefetch: j }),
      () => configure(one, context, id(i), { key: `${j}` }),
      () => move(one, context, [{ id: id(i), x: j * 50, y: i * 50 }]),
      () => duplicate(one, context, [id(i), id(j)]),
      () => removeIntervention(one, i % Math.max(1, one.interventions.length)),
      () => (j % 2 ? addVariant(one, 'B') : addIntervention(one, context, { verb: 'crash', target: id(i) })),
    ];
    return edits[kind]?.() ?? duplicate(one, context, []);
  }

  test('the run stays one that can be saved and opened again, and its interventions stay in order', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        let now: Run = run;
        for (const one of edits) {
          const result = apply(now, one);
          if (result.ok) now = result.value;
        }
        expect(parseRun(JSON.parse(JSON.stringify(now)), vocabulary)).toEqual({ ok: true, value: now });
      }),
      { numRuns: 300 },
    );
  });

  test('an edit in the middle leaves what was before it as it was', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let now: Run = run;
        for (const one of edits) {
          const context = { ...one, seconds: 5 + (one.seconds % 5), side: 'a' as const };
          const result = [0, 1, 2, 3, 4, 6].includes(one.kind) ? apply(now, context) : undefined;
          if (result?.ok) now = result.value;
        }
        const isEarly = now.interventions.some((i) => i.at < fromSeconds(5));
        const late = new Set(now.interventions.filter((i) => i.verb === 'join').map((i) => i.target));
        const early = (things: readonly { readonly id: string }[]) => things.filter((thing) => !late.has(thing.id)).map(behaviour);
        expect(isEarly).toBe(false);
        expect(early(now.scenario.parts)).toEqual(run.scenario.parts.map(behaviour));
        expect(early(now.scenario.lines)).toEqual(run.scenario.lines.map(behaviour));
      }),
      { numRuns: 200 },
    );
  });

  /** What decides a run: all but the place on the canvas. */
  function behaviour(thing: object): object {
    return Object.fromEntries(Object.entries(thing).filter(([name]) => !['x', 'y', 'width', 'height'].includes(name)));
  }
});
