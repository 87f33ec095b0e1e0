import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../protocols/rabbitmq/vocabulary.ts';
import type { Line, Part } from '../../scenario/index.ts';
import { isLarge, type Projection, Projector } from './project.ts';
import { keptOf, partAt, shownIn, type Window, windowOf } from './window.ts';

const COLUMNS = 40;
const queue = (i: number): Part => ({
  id: `q${i}`,
  kind: 'rabbitmq/queue',
  name: `q${i}`,
  x: 400 + (i % COLUMNS) * 256,
  y: 200 + Math.floor(i / COLUMNS) * 104,
  parent: 'broker',
  config: {},
});

function drawing(queues: number): Projection {
  const parts: readonly Part[] = [
    { id: 'broker', kind: 'rabbitmq/broker', name: 'broker', x: 5_000, y: 1_500, width: 10_600, height: 3_000, config: {} },
    { id: 'x', kind: 'rabbitmq/exchange', name: 'x', x: 100, y: 200, parent: 'broker', config: {} },
    ...Array.from({ length: queues }, (_, i) => queue(i)),
  ];
  const lines = Array.from(
    { length: queues },
    (_, i): Line => ({ id: `l${i}`, kind: 'rabbitmq/binding', from: 'x', to: `q${i}`, config: {} }),
  );
  return new Projector(vocabulary).project({
    parts,
    lines,
    selection: new Set(),
    sizes: new Map(),
    drag: undefined,
    resize: undefined,
  });
}

const near: Window = { x: 0, y: 0, width: 1_280, height: 800, zoom: 1 };
const whole: Window = { x: -200, y: -200, width: 12_000, height: 4_000, zoom: 0.1 };
const ids = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id);
const large = drawing(1_000);

test('only a large drawing is drawn in part, and its parts need not be measured', () => {
  expect(isLarge(large.nodes, large.edges)).toBe(true);
  const small = drawing(10);
  expect(isLarge(small.nodes, small.edges)).toBe(false);
  expect(small.nodes.some((node) => node.measured || node.handles)).toBe(false);
  expect(large.nodes.every((node) => node.type === 'region' || (node.measured && node.handles))).toBe(true);
});

describe('near', () => {
  test('what is in the window is drawn in full, with the lines between', () => {
    const { nodes, edges, paintedNodes } = shownIn(large, near, new Set());
    expect(ids(nodes)).toEqual(expect.arrayContaining(['broker', 'x', 'q0', 'q3', 'q240']));
    expect(ids(nodes)).not.toContain('q10');
    expect(edges.every(({ source, target }) => ids(nodes).includes(source) && ids(nodes).includes(target))).toBe(true);
    expect(ids(edges)).toContain('l3');
    expect(paintedNodes).toEqual([]);
  });

  test('lines that only pass are painted', () => {
    const { paintedEdges } = shownIn(large, near, new Set());
    expect(ids(paintedEdges)).toContain('l10');
  });
});

describe('far', () => {
  test('all is painted but regions', () => {
    const { nodes, edges, paintedNodes, paintedEdges } = shownIn(large, whole, new Set());
    expect(ids(nodes)).toEqual(['broker']);
    expect(edges).toEqual([]);
    expect(paintedNodes).toHaveLength(1_001);
    expect(paintedEdges).toHaveLength(1_000);
  });

  test('what is selected or has the focus stays, with its lines and their ends', () => {
    const { nodes, edges } = shownIn(large, whole, keptOf(['q7'], 'q9'));
    expect(ids(nodes)).toEqual(['broker', 'x', 'q7', 'q9']);
    expect(ids(edges)).toEqual(['l7', 'l9']);
  });

  test('of an exchange with a thousand bindings only some, and of a thousand selected parts none', () => {
    expect(shownIn(large, whole, keptOf(['x'], undefined)).edges).toHaveLength(100);
    expect(keptOf(ids(large.nodes), 'q1')).toEqual(new Set(['q1']));
  });

  test('a click finds the part, not the region around it', () => {
    expect(partAt(large, { x: 400, y: 200 })).toBe('q0');
    expect(partAt(large, { x: 250, y: 200 })).toBeUndefined();
  });
});

test('a window covers what is seen and stays the same for small steps', () => {
  const [tx, ty, zoom] = [-130, 40, 0.83];
  const window = windowOf([tx, ty, zoom], 1_280, 800);
  expect(window.x).toBeLessThanOrEqual(-tx / zoom);
  expect(window.x + window.width).toBeGreaterThanOrEqual((1_280 - tx) / zoom);
  expect(window.y).toBeLessThanOrEqual(-ty / zoom);
  expect(window.y + window.height).toBeGreaterThanOrEqual((800 - ty) / zoom);
  expect(windowOf([tx - 5, ty - 5, zoom * 1.01], 1_280, 800)).toEqual(window);
});
