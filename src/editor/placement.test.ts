import { expect, test } from 'vitest';
import { PART_KINDS } from '../protocols/rabbitmq/kinds.ts';
import { type Part, rectOf } from '../scenario/index.ts';
import { freePlace, movedWith, regionAt, regionBounds } from './placement.ts';

const kindOf = (kind: string) => PART_KINDS.get(kind);
const QUEUE = PART_KINDS.get('rabbitmq/queue')!;
const CONSUMER = PART_KINDS.get('rabbitmq/consumer')!;
const broker: Part = { id: 'b', kind: 'rabbitmq/broker', name: 'b', x: 200, y: 200, width: 400, height: 400, config: {} };
const queue = (id: string, x: number, y: number): Part => ({ id, kind: 'rabbitmq/queue', name: id, x, y, parent: 'b', config: {} });

test('a new part covers no other, and lies on the grid', () => {
  const parts: Part[] = [broker];
  for (let i = 0; i < 3; i++) {
    const at = freePlace({ parts, labels: [] }, QUEUE, { x: 203, y: 199 }, kindOf, broker);
    expect([at.x % 8, at.y % 8]).toEqual([0, 0]);
    const rect = rectOf({ ...queue('new', at.x, at.y) }, 'rail');
    for (const other of parts.slice(1)) {
      const box = rectOf(other, 'rail');
      const isApart =
        rect.x >= box.x + box.width || box.x >= rect.x + rect.width || rect.y >= box.y + box.height || box.y >= rect.y + rect.height;
      expect(isApart).toBe(true);
    }
    parts.push(queue(`q${i}`, at.x, at.y));
  }
});

test('a full region is thought larger: the new place goes beyond it, where the region can grow', () => {
  const small = { ...broker, width: 240, height: 160 };
  const parts = [small, queue('q', 200, 200)];
  const at = freePlace({ parts, labels: [] }, QUEUE, { x: 200, y: 200 }, kindOf, small);
  expect(Math.abs(at.x - 200) >= 176 || Math.abs(at.y - 200) >= 44).toBe(true);
});

test('a new part keeps off the labels of lines', () => {
  const at = freePlace({ parts: [], labels: [{ x: 0, y: 0 }] }, CONSUMER, { x: 0, y: 0 }, kindOf);
  expect(Math.abs(at.x) > 40 || Math.abs(at.y) > 40).toBe(true);
});

test('a place added with a click lands inside its region, clear of the title', () => {
  const at = freePlace({ parts: [broker], labels: [] }, QUEUE, { x: -500, y: -500 }, kindOf, broker);
  expect(at).toEqual({ x: 112, y: 88 });
});

test('a drop goes to the region under it, else to where it was, else to the nearest', () => {
  const other = { ...broker, id: 'c', x: 1_000 };
  const parts = [broker, other];
  expect(regionAt(parts, QUEUE, { x: 5_000, y: 200 })?.id).toBe('c');
  expect(regionAt(parts, CONSUMER, { x: 200, y: 200 })).toBeUndefined();
});

test('a region takes along what it holds and can not be made too small for it', () => {
  const parts = [broker, queue('q', 200, 200)];
  expect([...movedWith(parts, new Set(['b']))]).toEqual(['b', 'q']);
  const bounds = regionBounds(broker, parts, kindOf)!;
  const rect = rectOf(parts[1]!, 'rail');
  expect(bounds.x).toBeLessThan(rect.x);
  expect(bounds.y + bounds.height).toBeGreaterThan(rect.y + rect.height);
});
