import { describe, expect, test } from 'vitest';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { addedIds, emptyRun } from '../run.ts';
import { sampleRun } from '../sample.testkit.ts';
import type { Run } from '../types.ts';
import { deeds, done, on, refused } from './edits.testkit.ts';
import { connect } from './lines.ts';
import { addPart, remove, rename, resize } from './parts.ts';

const run = sampleRun();
const sink = { kind: 'test/sink', x: 720, y: 320 };
const ids = (one: Run) => [...one.scenario.parts, ...one.scenario.lines].map((thing) => thing.id);
const part = (one: Run, id: string) => one.scenario.parts.find((p) => p.id === id);

describe('adding a part', () => {
  test('gives it a new id and the next free name', () => {
    const next = done(addPart(run, on(), sink));
    expect(addedIds(run, next)).toEqual(['p4']);
    expect(part(next, 'p4')).toEqual({ id: 'p4', kind: 'test/sink', name: 'sink-2', x: 720, y: 320, config: {} });
    expect(next.interventions).toEqual([]);
  });

  test('counts names for each node by itself', () => {
    const two = done(addPart(run, on(), { kind: 'test/box', x: 400, y: 900 }));
    const placed = done(addPart(two, on(), { kind: 'test/pipe', x: 400, y: 900, parent: 'p4' }));
    expect(part(placed, 'p5')).toMatchObject({ name: 'pipe-1', parent: 'p4' });
  });

  test('puts a place into the node that lies there, else into the first that can hold it, inside its border', () => {
    const there = done(addPart(run, on(), { kind: 'test/pipe', x: 320, y: 150 }));
    expect(part(there, 'p4')).toMatchObject({ parent: 'box', x: 320, y: 150, name: 'pipe-2' });
    const beside = part(done(addPart(run, on(), { kind: 'test/pipe', x: 9_000, y: 200 })), 'p4');
    expect(beside).toMatchObject({ parent: 'box', y: 200 });
    expect(beside?.x).toBeLessThan(600);
  });

  test('asks for a node first where a place has none', () => {
    expect(refused(addPart(emptyRun(), on(), { kind: 'test/pipe', x: 0, y: 0 }))).toMatchObject({
      key: 'edit.noParent',
      remedy: 'edit.addParent',
    });
  });

  test('leaves defaults out, rounds coordinates, and refuses what makes no sense', () => {
    const next = done(addPart(run, on(), { ...sink, x: 0.4, y: -0.4, config: { prefetch: 0 } }));
    expect(part(next, 'p4')).toMatchObject({ x: 0, y: 0, config: {} });
    expect(refused(addPart(run, on(), { ...sink, config: { prefetch: -1 } }))).toMatchObject({ key: 'field.range', field: 'prefetch' });
    expect(refused(addPart(run, on(), { ...sink, kind: 'test/other' }))).toMatchObject({ key: 'kind.unknown' });
  });

  test('is refused beyond the limit', () => {
    const many = Array.from({ length: DOCUMENT_LIMITS.parts }, (_, i) => ({
      id: `x${i}`,
      kind: 'test/sink',
      name: `${i}`,
      x: 0,
      y: 0,
      config: {},
    }));
    expect(refused(addPart({ ...run, scenario: { ...run.scenario, parts: many, lines: [] } }, on(), sink))).toMatchObject({
      key: 'limit.parts',
    });
  });

  test('in the middle of a run lets it join at that time', () => {
    expect(deeds(done(addPart(run, on(2), sink)))).toEqual(['2 join p4']);
  });
});

describe('removing', () => {
  test('from the start takes everything along that hangs on it', () => {
    const next = done(remove(run, on(), ['box']));
    expect(ids(next)).toEqual(['p1', 'p3']);
  });

  test('in the middle of a run leaves the past alone: the part leaves, with one mark', () => {
    const next = done(remove(run, on(3), ['p3']));
    expect(ids(next)).toEqual(ids(run));
    expect(deeds(next)).toEqual(['3 leave p3']);
    expect(deeds(done(remove(run, on(3), ['box'])))).toEqual(['3 leave box']);
  });

  test('a line in the middle of a run lets the line leave', () => {
    expect(deeds(done(remove(run, on(3), ['l2'])))).toEqual(['3 leave l2']);
  });

  test('what joined later, at its own time or before, lets it disappear altogether', () => {
    const joined = done(connect(done(addPart(run, on(2), sink)), on(2.5), { from: 'p2', to: 'p4' }));
    expect(deeds(joined)).toEqual(['2 join p4', '2.5 join l3']);
    for (const seconds of [0, 1, 2]) {
      const next = done(remove(joined, on(seconds), ['p4']));
      expect(next.scenario).toEqual(run.scenario);
      expect(next.interventions).toEqual([]);
    }
  });

  test('what joined before lets it leave', () => {
    const joined = done(addPart(run, on(2), sink));
    expect(deeds(done(remove(joined, on(4), ['p4'])))).toEqual(['2 join p4', '4 leave p4']);
  });

  test('takes back what would have been done to it later', () => {
    const crashed = { ...run, interventions: [{ at: on(9).at, verb: 'crash', target: 'p3', args: {} }] };
    expect(deeds(done(remove(crashed, on(3), ['p3'])))).toEqual(['3 leave p3']);
    expect(deeds(done(remove(crashed, on(), ['p3'])))).toEqual([]);
  });

  test('nothing changes nothing', () => {
    expect(done(remove(run, on(), ['zz']))).toBe(run);
  });
});

describe('names and sizes', () => {
  test('a name is text, and makes no intervention at any time', () => {
    const next = done(rename(run, on(5), 'p3', '  <b>工人</b> '));
    expect(part(next, 'p3')?.name).toBe('<b>工人</b>');
    expect(next.interventions).toEqual([]);
    expect(done(rename(run, on(), 'p3', 'sink-1'))).toBe(run);
  });

  test.each(['', '   ', 'x'.repeat(256)])('the name %j is refused', (name) => {
    expect(refused(rename(run, on(), 'p3', name))).toMatchObject({ where: 'p3', key: 'name.length' });
  });

  test('a region keeps whole numbers and a size that can be used', () => {
    expect(part(done(resize(run, on(), 'box', { x: 10.5, y: 10, width: 3, height: 301.2 })), 'box')).toMatchObject({
      x: 11,
      width: 60,
      height: 302,
    });
  });
});
