import { describe, expect, test } from 'vitest';
import { rectOf } from '../geometry.ts';
import { decodeLink, encodeLink, parseRun } from '../index.ts';
import { sampleRun, sampleVocabulary } from '../sample.testkit.ts';
import type { Part, Run } from '../types.ts';
import { copy, duplicate } from './clipboard.ts';
import { addVariant } from './configure.ts';
import { deeds, done, on, refused } from './edits.testkit.ts';
import { connect } from './lines.ts';
import { move } from './move.ts';
import { addPart, remove } from './parts.ts';
import { paste } from './paste.ts';

/** The sample with a team (p4) of one sink (p5) at its right. */
const teamed = done(addPart(sampleRun(), on(), { kind: 'test/team', x: 1_000, y: 200, width: 240, height: 240 }));
const run = done(addPart(teamed, on(), { kind: 'test/sink', x: 1_000, y: 200 }));
const part = (one: Run, id: string) => one.scenario.parts.find((p) => p.id === id) as Part;

describe('a container', () => {
  test('takes in a node that is added over it, and one that is told to be in it', () => {
    expect(part(run, 'p5')).toMatchObject({ parent: 'p4', name: 'sink-2' });
    const next = done(addPart(run, on(), { kind: 'test/sink', x: 1_000, y: 280, parent: 'p4' }));
    expect(part(next, 'p6').parent).toBe('p4');
    expect(part(done(addPart(run, on(), { kind: 'test/sink', x: 0, y: 900 })), 'p6').parent).toBeUndefined();
  });

  test('is joined and left by dropping a node into it and out of it', () => {
    const joined = done(move(run, on(), [{ id: 'p3', x: 980, y: 150 }]));
    expect(part(joined, 'p3')).toMatchObject({ parent: 'p4', name: 'sink-1' });
    const left = done(move(joined, on(), [{ id: 'p3', x: 720, y: 600 }]));
    expect(Object.hasOwn(part(left, 'p3'), 'parent')).toBe(false);
    expect(rectOf(part(left, 'p4'), 'region')).toEqual(rectOf(part(run, 'p4'), 'region'));
  });

  test('takes along what it holds, and takes it away', () => {
    expect(part(done(move(run, on(), [{ id: 'p4', x: 1_100, y: 240 }])), 'p5')).toMatchObject({ x: 1_100, y: 260, parent: 'p4' });
    expect(done(remove(run, on(), ['p4'])).scenario.parts.map((p) => p.id)).toEqual(['box', 'p1', 'p2', 'p3']);
  });

  test('may be the end of a line', () => {
    const next = done(connect(run, on(), { from: 'p2', to: 'p4' }));
    expect(next.scenario.lines.at(-1)).toMatchObject({ kind: 'test/feed', from: 'p2', to: 'p4' });
    expect(done(remove(next, on(), ['p4'])).scenario.lines).toHaveLength(2);
  });

  test('while the run stands later, a node joins it and leaves it as a deed', () => {
    const next = done(addPart(run, on(3), { kind: 'test/sink', x: 1_000, y: 160 }));
    expect(part(next, 'p6').parent).toBe('p4');
    expect(deeds(next)).toEqual(['3 join p6']);
    expect(deeds(done(remove(next, on(5), ['p5'])))).toEqual(['3 join p6', '5 leave p5']);
    expect(deeds(done(remove(run, on(5), ['p4'])))).toEqual(['5 leave p4']);
    expect(refused(move(run, on(3), [{ id: 'p3', x: 980, y: 150 }]))).toMatchObject({ key: 'edit.reparentLater' });
  });
});

describe('copies', () => {
  test('of a container come with what is in it', () => {
    const next = done(duplicate(run, on(), ['p4']));
    const [box, sink] = next.scenario.parts.slice(-2) as [Part, Part];
    expect([box.name, sink.name, sink.parent]).toEqual(['team-2', 'sink-3', box.id]);
  });

  test('of a node in one stay in it where it is, and stand alone elsewhere', () => {
    expect(done(duplicate(run, on(), ['p5'])).scenario.parts.at(-1)).toMatchObject({ parent: 'p4', name: 'sink-3' });
    const fragment = copy(run, on(), ['p5']);
    const elsewhere = done(paste(sampleRun(), on(), fragment, { to: { x: 0, y: 0 } })).scenario.parts.at(-1) as Part;
    expect(elsewhere).toMatchObject({ kind: 'test/sink', x: 0, y: 0 });
    expect(elsewhere.parent).toBeUndefined();
  });
});

test('a variant may have a node in a container, or out of it', () => {
  const pair = done(addVariant(run, 'other'));
  const next = done(addPart(pair, on(0, 'b'), { kind: 'test/sink', x: 1_000, y: 160 }));
  expect(next.scenario.parts).toHaveLength(run.scenario.parts.length);
  expect(next.variant?.parts).toMatchObject([{ kind: 'test/sink', parent: 'p4' }]);
  const out = done(move(pair, on(0, 'b'), [{ id: 'p5', x: 720, y: 600 }]));
  expect(part(out, 'p5').parent).toBe('p4');
  expect(out.variant?.parts).toMatchObject([{ id: 'p5' }]);
});

const plain = (one: Run): unknown => JSON.parse(JSON.stringify(one));

test('links and files keep who is in which container', () => {
  expect(parseRun(plain(run), sampleVocabulary)).toEqual({ ok: true, value: run });
  const decoded = decodeLink(encodeLink(run), sampleVocabulary);
  expect(decoded.ok && part(decoded.value.run, 'p5').parent).toBe('p4');
  const lost = {
    ...run,
    scenario: { ...run.scenario, parts: run.scenario.parts.map((p) => (p.id === 'p5' ? { ...p, parent: 'box' } : p)) },
  };
  expect(parseRun(plain(lost), sampleVocabulary).ok).toBe(false);
});

describe('lanes', () => {
  const racked = done(addPart(run, on(), { kind: 'test/rack', x: 400, y: 200, config: { lanes: 2 } }));
  const height = (one: Run) => rectOf(part(one, 'p6'), sampleVocabulary.parts.get('test/rack') as never).height;

  test('are as high as there are many of them until someone sizes them', () => {
    expect(part(racked, 'p6').height).toBeUndefined();
    const more = done(addPart(run, on(), { kind: 'test/rack', x: 400, y: 200, config: { lanes: 5 } }));
    expect(height(more)).toBeGreaterThan(height(racked));
    const sized = done(addPart(run, on(), { kind: 'test/rack', x: 400, y: 200, width: 400, height: 300 }));
    expect([part(sized, 'p6').width, height(sized)]).toEqual([400, 300]);
  });
});
