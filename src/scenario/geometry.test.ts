import { describe, expect, test } from 'vitest';
import { type Curve, layout, middleOf, pathOf, pointOf, type Rect } from './geometry.ts';
import type { Line, Part } from './types.ts';
import type { Shape } from './vocabulary.ts';

const shapeOf = (kind: string) => kind as Shape;
const part = (id: string, kind: Shape, x: number, y: number, more: Partial<Part> = {}): Part => ({
  id,
  kind,
  name: id,
  x,
  y,
  config: {},
  ...more,
});
const line = (id: string, from: string, to: string): Line => ({ id, kind: 'line', from, to, config: {} });
const drawn = (parts: readonly Part[], lines: readonly Line[]) => layout(parts, lines, shapeOf);

function touches(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x - 0.01 && x <= rect.x + rect.width + 0.01 && y >= rect.y - 0.01 && y <= rect.y + rect.height + 0.01;
}
function samples(curve: Curve): readonly { readonly x: number; readonly y: number }[] {
  return Array.from({ length: 41 }, (_, i) => pointOf(curve, i / 40));
}

describe('layout', () => {
  test('a line leaves by the right edge and enters by the left when its target lies to the right', () => {
    const { curves } = drawn([part('a', 'circle', 100, 100), part('q', 'rail', 400, 100)], [line('l', 'a', 'q')]);
    const curve = curves.get('l') as Curve;
    expect([curve[0], curve[1]]).toEqual([128, 100]);
    expect([curve[6], curve[7]]).toEqual([312, 100]);
  });

  test('several lines from one rail spread over its edge in the order of their targets and never cross', () => {
    const consumers = [0, 1, 2, 3].map((i) => part(`c${i}`, 'circle', 600, 40 + i * 110));
    const lines = [3, 1, 0, 2].map((i) => line(`l${i}`, 'q', `c${i}`));
    const { curves, rects } = drawn([part('q', 'rail', 200, 200), ...consumers], lines);
    const starts = [0, 1, 2, 3].map((i) => (curves.get(`l${i}`) as Curve)[1]);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(starts).size).toBe(4);
    for (const y of starts) expect(touches(rects.get('q') as Rect, 288, y)).toBe(true);
  });

  test('the ends of a line lie on the outline of circle and hexagon, not on their boxes', () => {
    const parts = [part('a', 'circle', 100, 100), part('b', 'circle', 100, 300), part('x', 'hexagon', 400, 200)];
    const { curves } = drawn(parts, [line('1', 'a', 'x'), line('2', 'b', 'x'), line('3', 'a', 'x')]);
    for (const id of ['1', '2', '3']) {
      const c = curves.get(id) as Curve;
      const centre = id === '2' ? 300 : 100;
      expect(Math.hypot(c[0] - 100, c[1] - centre)).toBeCloseTo(28, 1);
      // Slanted side of the hexagon: from the corner (−36, 0) to (−18, ±30).
      expect(400 - c[6]).toBeCloseTo(36 - 18 * (Math.abs(c[7] - 200) / 30), 1);
    }
  });

  test('parts above one another are joined by their bottom and top edges', () => {
    const { curves } = drawn([part('a', 'hexagon', 200, 100), part('q', 'rail', 220, 300)], [line('d', 'a', 'q'), line('u', 'q', 'a')]);
    const down = curves.get('d') as Curve;
    const up = curves.get('u') as Curve;
    expect(down[1]).toBeCloseTo(130, 0);
    expect(down[7]).toBeCloseTo(278, 0);
    expect(up[1]).toBeCloseTo(278, 0);
    expect(up[7]).toBeCloseTo(130, 0);
  });

  test('parallel lines between the same parts keep a label apart', () => {
    const parts = [part('x', 'hexagon', 100, 100), part('q', 'rail', 400, 100)];
    const { curves } = drawn(parts, [line('1', 'x', 'q'), line('2', 'x', 'q')]);
    const gap = middleOf(curves.get('2') as Curve).y - middleOf(curves.get('1') as Curve).y;
    expect(gap).toBeGreaterThanOrEqual(22);
  });

  test('a way back that would run through another part goes round below it', () => {
    const parts = [part('x', 'hexagon', 100, 100), part('q', 'rail', 350, 100), part('c', 'circle', 600, 100)];
    const { curves, rects } = drawn(parts, [line('back', 'c', 'x')]);
    const queue = rects.get('q') as Rect;
    for (const p of samples(curves.get('back') as Curve)) expect(touches(queue, p.x, p.y)).toBe(false);
  });

  test('a clear way back is short: from the left edge to the right edge', () => {
    const { curves } = drawn([part('x', 'hexagon', 100, 100), part('c', 'circle', 400, 140)], [line('back', 'c', 'x')]);
    const curve = curves.get('back') as Curve;
    expect(curve[0]).toBe(372);
    expect(curve[6]).toBe(136);
  });

  test('a line from a part to itself is a loop outside of it', () => {
    const { curves, rects } = drawn([part('x', 'hexagon', 100, 100)], [line('self', 'x', 'x')]);
    const middle = middleOf(curves.get('self') as Curve);
    expect(touches(rects.get('x') as Rect, middle.x, middle.y)).toBe(false);
  });

  test('a line whose end is not drawn has no curve', () => {
    expect(drawn([part('x', 'hexagon', 0, 0)], [line('l', 'x', 'gone')]).curves.size).toBe(0);
  });

  test('the label sits on the line, and the path data is that of the curve', () => {
    const curve: Curve = [0, 0, 40, 0, 60, 100, 100, 100];
    expect(middleOf(curve)).toEqual({ x: 50, y: 50 });
    expect(pathOf(curve)).toBe('M0 0C40 0 60 100 100 100');
  });

  test('nothing else moves when an unrelated line is drawn', () => {
    const parts = [part('a', 'circle', 100, 100), part('q', 'rail', 400, 100), part('b', 'circle', 100, 400), part('r', 'rail', 400, 400)];
    const before = drawn(parts, [line('1', 'a', 'q')]).curves.get('1');
    expect(drawn(parts, [line('1', 'a', 'q'), line('2', 'b', 'r')]).curves.get('1')).toEqual(before);
  });
});
