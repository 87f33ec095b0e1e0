import { expect, test } from 'vitest';
import { vocabulary } from '../../protocols/rabbitmq/vocabulary.ts';
import { type Line, type Part, pathOf } from '../../scenario/index.ts';
import { type Drawing, Projector, spotsOf } from './project.ts';

const part = (id: string, kind: string, x: number, more: Partial<Part> = {}): Part => ({
  id,
  kind: `rabbitmq/${kind}`,
  name: id,
  x,
  y: 100,
  config: {},
  ...more,
});
const parts: readonly Part[] = [
  part('shop', 'producer', 60),
  part('logs', 'exchange', 300, { parent: 'rabbit' }),
  part('rabbit', 'broker', 320, { width: 400, height: 300 }),
];
const lines: readonly Line[] = [{ id: 'l1', kind: 'rabbitmq/publish', from: 'shop', to: 'logs', config: {} }];
const drawing: Drawing = { parts, lines, selection: new Set(), sizes: new Map(), drag: undefined, resize: undefined };

test('a node is its shape, exactly as large, with its middle where the document says', () => {
  const { nodes } = new Projector(vocabulary).project(drawing);
  const shop = nodes.find((node) => node.id === 'shop');
  expect(shop).toMatchObject({ position: { x: 32, y: 72 }, width: 56, height: 56 });
});

test('regions lie under what is inside them', () => {
  const { nodes } = new Projector(vocabulary).project(drawing);
  expect(nodes[0]).toMatchObject({ id: 'rabbit', type: 'region', zIndex: -1 });
});

test('a line is drawn along the curve of the layout', () => {
  const { edges, layout } = new Projector(vocabulary).project(drawing);
  expect(edges[0]?.data?.path).toBe(pathOf(layout.curves.get('l1')!));
});

test('what did not change is the very same object, so that nothing of it is rendered again', () => {
  const projector = new Projector(vocabulary);
  const before = projector.project(drawing);
  const moved = parts.map((one) => (one.id === 'logs' ? { ...one, y: 140 } : one));
  const after = projector.project({ ...drawing, parts: moved });
  const same = (id: string) => after.nodes.find((n) => n.id === id) === before.nodes.find((n) => n.id === id);
  expect([same('shop'), same('rabbit'), same('logs')]).toEqual([true, true, false]);
  expect(projector.project({ ...drawing, parts: moved }).edges[0]).toBe(after.edges[0]);
});

test('measured sizes go back out in the projection', () => {
  const sizes = new Map([['shop', { width: 56, height: 56 }]]);
  const { nodes } = new Projector(vocabulary).project({ ...drawing, sizes });
  expect(nodes.find((n) => n.id === 'shop')?.measured).toEqual({ width: 56, height: 56 });
  expect(nodes.find((n) => n.id === 'logs')?.measured).toBeUndefined();
});

test('what is being dragged takes its lines along before the document changes', () => {
  const projector = new Projector(vocabulary);
  const before = projector.project(drawing);
  const ids = new Set(['shop']);
  const after = projector.project({ ...drawing, drag: { ids, grabbed: ids, dx: 0, dy: 80 } });
  expect(after.nodes.find((n) => n.id === 'shop')?.position.y).toBe(152);
  expect(after.edges[0]?.data?.path).not.toBe(before.edges[0]?.data?.path);
});

test('a part of a kind that nobody knows is left out and its lines with it', () => {
  const strange = [...parts, { ...part('x', 'exchange', 0), kind: 'other/thing' }];
  const { nodes, edges } = new Projector(vocabulary).project({
    ...drawing,
    parts: strange,
    lines: [...lines, { id: 'l2', kind: 'rabbitmq/publish', from: 'x', to: 'logs', config: {} }],
  });
  expect(nodes.map((n) => n.id)).not.toContain('x');
  expect(edges.map((e) => e.id)).toEqual(['l1']);
});

test('the keyboard finds a line between its ends', () => {
  const spots = spotsOf(new Projector(vocabulary).project(drawing));
  const x = (id: string) => spots.find((spot) => spot.id === id)?.x ?? 0;
  expect(x('shop')).toBeLessThan(x('l1'));
  expect(x('l1')).toBeLessThan(x('logs'));
});
