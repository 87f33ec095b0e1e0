import { describe, expect, test } from 'vitest';
import { rectOf } from '../geometry.ts';
import { sampleRun } from '../sample.testkit.ts';
import type { Part, Run } from '../types.ts';
import { deeds, done, on, refused } from './edits.testkit.ts';
import { move } from './move.ts';
import { addPart } from './parts.ts';

const run = sampleRun();
const part = (one: Run, id: string) => one.scenario.parts.find((p) => p.id === id) as Part;
const two = done(addPart(run, on(), { kind: 'test/box', x: 400, y: 1_000 }));

describe('moving', () => {
  test('several parts is one change, and none of time', () => {
    const moves = [
      { id: 'p1', x: 100, y: 120 },
      { id: 'p3', x: 700, y: 88.4 },
    ];
    const next = done(move(run, on(4), moves));
    expect([part(next, 'p1'), part(next, 'p3')]).toMatchObject([
      { x: 100, y: 120 },
      { x: 700, y: 88 },
    ]);
    expect(next.interventions).toEqual([]);
  });

  test('a region takes its places along', () => {
    const next = done(move(run, on(), [{ id: 'box', x: 500, y: 260 }]));
    expect(part(next, 'p2')).toMatchObject({ x: 500, y: 260, parent: 'box' });
  });

  test('a region and its place together moves the place where it is wanted', () => {
    const moves = [
      { id: 'box', x: 500, y: 200 },
      { id: 'p2', x: 480, y: 210 },
    ];
    expect(part(done(move(run, on(), moves)), 'p2')).toMatchObject({ x: 480, y: 210, parent: 'box' });
  });

  test('a place into another region changes over, with a free name, and loses lines that mean nothing there', () => {
    const joined = done(addPart(two, on(), { kind: 'test/pipe', x: 400, y: 220, parent: 'box' }));
    const named = done(addPart(joined, on(), { kind: 'test/pipe', x: 400, y: 1_000, parent: 'p4', name: 'pipe-1' }));
    const bound: Run = {
      ...named,
      scenario: { ...named.scenario, lines: [...named.scenario.lines, { id: 'l9', kind: 'test/join', from: 'p2', to: 'p5', config: {} }] },
    };
    const next = done(move(bound, on(), [{ id: 'p2', x: 380, y: 980 }]));
    expect(part(next, 'p2')).toMatchObject({ parent: 'p4', name: 'pipe-2', x: 380, y: 980 });
    expect(next.scenario.lines.map((line) => line.id)).toEqual(['l1', 'l2']);
  });

  test('a place over the border outside all regions lets its region grow around it', () => {
    const next = done(move(run, on(), [{ id: 'p2', x: 640, y: 200 }]));
    const box = rectOf(part(next, 'box'), 'region');
    const pipe = rectOf(part(next, 'p2'), 'rail');
    expect(part(next, 'p2').parent).toBe('box');
    expect(box.x).toBe(200);
    expect(box.x + box.width).toBeGreaterThan(pipe.x + pipe.width);
    expect([part(next, 'box').x, part(next, 'box').y].every(Number.isInteger)).toBe(true);
  });

  test('a place into another region is refused in the middle of a run: its past is here', () => {
    expect(refused(move(two, on(3), [{ id: 'p2', x: 400, y: 1_000 }]))).toMatchObject({
      where: 'p2',
      key: 'edit.reparentLater',
      remedy: 'edit.goToStart',
    });
    const late = done(addPart(two, on(3), { kind: 'test/pipe', x: 400, y: 200, parent: 'box' }));
    expect(deeds(done(move(late, on(3), [{ id: 'p5', x: 400, y: 1_000 }])))).toEqual(['3 join p5']);
  });

  test('to where it is changes nothing, beyond the canvas stops at its end', () => {
    expect(done(move(run, on(), [{ id: 'p1', x: 80, y: 200 }]))).toBe(run);
    expect(part(done(move(run, on(), [{ id: 'p1', x: 1e9, y: -1e9 }])), 'p1')).toMatchObject({ x: 100_000, y: -100_000 });
    expect(refused(move(run, on(), [{ id: 'zz', x: 0, y: 0 }]))).toMatchObject({ key: 'edit.gone' });
  });
});
