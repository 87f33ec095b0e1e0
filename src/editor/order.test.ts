import { expect, test } from 'vitest';
import type { Line, Part } from '../scenario/index.ts';
import { neighbour, readingOrder, type Spot } from './order.ts';

const part = (id: string, x: number, y: number, more: Partial<Part> = {}): Part => ({ id, kind: 'k', name: id, x, y, config: {}, ...more });
const line = (id: string, from: string, to: string): Line => ({ id, kind: 'l', from, to, config: {} });

test('the drawing is read from left to right, a region before what it holds, a part before its lines', () => {
  const parts = [
    part('worker', 800, 100),
    part('q2', 500, 300, { parent: 'broker' }),
    part('q1', 510, 100, { parent: 'broker' }),
    part('broker', 450, 200, { width: 400, height: 400 }),
    part('shop', 50, 200),
    part('logs', 300, 200, { parent: 'broker' }),
  ];
  const lines = [line('b2', 'logs', 'q2'), line('p', 'shop', 'logs'), line('b1', 'logs', 'q1')];
  expect(readingOrder(parts, lines)).toEqual(['shop', 'p', 'broker', 'logs', 'b2', 'b1', 'q1', 'q2', 'worker']);
});

test('every part and line is reached exactly once', () => {
  const parts = [part('a', 0, 0), part('b', 0, 0, { parent: 'gone' }), part('c', 0, 0, { parent: 'a' })];
  expect([...readingOrder(parts, [line('l', 'c', 'a')])].sort()).toEqual(['a', 'b', 'c', 'l']);
});

const spots: readonly Spot[] = [
  { id: 'here', x: 0, y: 0 },
  { id: 'right', x: 200, y: 10 },
  { id: 'near-but-aside', x: 60, y: 110 },
  { id: 'below', x: 0, y: 150 },
];

test('an arrow goes to what lies straight ahead rather than to what is near but aside', () => {
  expect(neighbour(spots, spots[0]!, 'right')?.id).toBe('right');
  expect(neighbour(spots, spots[0]!, 'down')?.id).toBe('below');
});

test('with nothing straight ahead an arrow still goes on in its direction, and never back', () => {
  const two = [spots[0]!, { id: 'far-aside', x: 10, y: 500 }];
  expect(neighbour(two, two[0]!, 'right')?.id).toBe('far-aside');
  expect(neighbour(two, two[0]!, 'left')).toBeUndefined();
});
