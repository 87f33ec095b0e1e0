import { describe, expect, test } from 'vitest';
import type { Part, PartKind, Rect } from '../../scenario/index.ts';
import { boundsOf, fitIn, withWords } from './fit.ts';

const part = (name: string, more: Partial<Part> = {}): Part => ({ id: name, kind: 'x/client', name, x: 100, y: 100, config: {}, ...more });
const circle: Rect = { x: 72, y: 72, width: 56, height: 56 };
const right = ({ x, width }: Rect) => x + width;
const bottom = ({ y, height }: Rect) => y + height;

describe('a part together with its words', () => {
  test('a long line under a circle reaches beyond it on both sides, as far as the style sheet lets it', () => {
    const box = withWords(part('shop'), circle, 'circle', '0 to write · every 1.5 s · acks=all');
    expect([box.x, right(box)]).toEqual([0, 200]);
    // Name and two lines.
    expect(bottom(box)).toBe(128 + 5 + 18 + 2 * 16);
  });

  test('a short line takes little, and one in Chinese as much as its signs are wide', () => {
    const english = withWords(part('c'), circle, 'circle', '1 s');
    expect(english.width).toBeLessThan(110);
    const chinese = withWords(part('c'), circle, 'circle', '每条一秒钟');
    expect(chinese.width).toBeGreaterThanOrEqual(5 * 11.5);
    expect(chinese.width).toBeGreaterThan(english.width);
  });

  test('a name alone counts, too', () => {
    expect(withWords(part('a-very-long-name-of-one'), circle, 'circle', '').width).toBeGreaterThan(130);
  });

  test('lanes have their name above and their line below; the words of a region lie in it', () => {
    const rect: Rect = { x: 0, y: 0, width: 312, height: 162 };
    const lanes = withWords(part('orders'), rect, 'lanes', '3 partitions · 5 records');
    expect(lanes).toMatchObject({ x: 0, y: -23, width: 312 });
    expect(bottom(lanes)).toBeGreaterThanOrEqual(162 + 21);
    expect(withWords(part('kafka-1'), rect, 'region', 'Kafka broker · 4.1')).toEqual(rect);
  });
});

test('the box around a drawing takes in the words at its edges', () => {
  const kinds = new Map([
    ['x/client', { shape: 'circle' }],
    ['x/log', { shape: 'lanes' }],
  ]) as unknown as ReadonlyMap<string, PartKind>;
  const parts = [part('shop'), part('orders', { kind: 'x/log', x: 400, width: 312, height: 162 })];
  const scenario = { from: '', title: '', intro: '', parts, lines: [], settings: {} as never };
  const box = boundsOf(scenario, { parts: kinds }, ({ name }) => (name === 'shop' ? 'every 1.5 s · acks=all · at once' : ''));
  expect(box.x).toBe(0);
  expect(right(box)).toBe(556);
  expect(box.y).toBeLessThanOrEqual(100 - 81 - 23);
  expect(boundsOf({ ...scenario, parts: [] }, { parts: kinds }, () => '')).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});

test('a narrow window keeps room below for the toolbar, a wide one at its left', () => {
  expect(Number.parseInt(fitIn(390).padding.bottom, 10)).toBeGreaterThan(56);
  expect(Number.parseInt(fitIn(864).padding.left, 10)).toBeGreaterThan(52);
});
