import { expect, test } from 'vitest';
import { catalogue } from '../protocols/catalogue.ts';
import { type Line, type Part, type Rect, rectOf } from '../scenario/index.ts';
import { arrange } from './autolayout.ts';

const kindOf = (kind: string) => catalogue.parts.get(kind);
const box = { width: 400, height: 300 };
const part = (id: string, kind: string, parent?: string): Part => ({
  ...{ id, kind, name: id, x: 0, y: 0, config: {} },
  ...(kindOf(kind)?.shape === 'region' ? box : {}),
  ...(parent === undefined ? {} : { parent }),
});

async function arranged(parts: readonly Part[], lines: readonly Line[] = []): Promise<ReadonlyMap<string, Rect>> {
  const { moves, regions } = await arrange(parts, lines, catalogue);
  const at = new Map<string, object>([...moves, ...regions].map((one) => [one.id, one]));
  return new Map(parts.map((one) => [one.id, rectOf({ ...one, ...at.get(one.id) }, kindOf(one.kind) ?? 'circle')]));
}

const CLUSTER = [
  part('b1', 'kafka/broker'),
  part('orders', 'kafka/topic', 'b1'),
  part('b2', 'kafka/broker'),
  part('copy', 'kafka/replica', 'b2'),
  part('shop', 'kafka/producer'),
  part('web', 'kafka/producer'),
  part('billing', 'kafka/group'),
  part('c1', 'kafka/consumer', 'billing'),
  part('c2', 'kafka/consumer', 'billing'),
  part('lone', 'kafka/consumer'),
  part('empty', 'kafka/group'),
  part('b3', 'kafka/broker'),
];

const line = (id: string, kind: string, from: string, to: string): Line => ({ id, kind, from, to, config: {} });

/** Pairs of things outside one another that cover each other, or stand so near that their names would. */
function crowded(parts: readonly Part[], rects: ReadonlyMap<string, Rect>): readonly string[] {
  const room = 20;
  const pairs = parts.flatMap((a, i) => parts.slice(i + 1).map((b) => [a, b] as const));
  return pairs
    .filter(([a, b]) => a.parent === b.parent)
    .filter(([a, b]) => {
      const [p, q] = [rects.get(a.id)!, rects.get(b.id)!];
      return p.x < q.x + q.width + room && q.x < p.x + p.width + room && p.y < q.y + q.height + room && q.y < p.y + p.height + room;
    })
    .map(([a, b]) => `${a.id} ${b.id}`);
}

function outside(parts: readonly Part[], rects: ReadonlyMap<string, Rect>): readonly string[] {
  return parts.flatMap(({ id, parent }) => {
    if (parent === undefined) return [];
    const [p, q] = [rects.get(id)!, rects.get(parent)!];
    const isIn = p.x >= q.x && p.y >= q.y && p.x + p.width <= q.x + q.width && p.y + p.height <= q.y + q.height;
    return isIn ? [] : [id];
  });
}

test('what nothing is connected with yet stands in columns by the way that messages would go, each region around its own', async () => {
  const rects = await arranged(CLUSTER);
  expect(crowded(CLUSTER, rects)).toEqual([]);
  expect(outside(CLUSTER, rects)).toEqual([]);
  const middle = (id: string) => rects.get(id)!.x + rects.get(id)!.width / 2;
  for (const id of ['shop', 'web']) expect(middle(id)).toBeLessThan(rects.get('b1')!.x);
  for (const id of ['billing', 'lone', 'empty']) for (const b of ['b1', 'b2', 'b3']) expect(middle(id)).toBeGreaterThan(middle(b));
  // As wide as high, more or less: it can be read on a screen.
  const bottom = Math.max(...[...rects.values()].map(({ y, height }) => y + height));
  expect(bottom).toBeLessThan(800);
});

test('exchanges stand before queues, though nothing leads from one to the other yet', async () => {
  const parts = [
    part('broker', 'rabbitmq/broker'),
    part('q1', 'rabbitmq/queue', 'broker'),
    part('x', 'rabbitmq/exchange', 'broker'),
    part('q2', 'rabbitmq/queue', 'broker'),
    part('reader', 'rabbitmq/consumer'),
    part('sender', 'rabbitmq/producer'),
  ];
  const rects = await arranged(parts);
  expect([crowded(parts, rects), outside(parts, rects)]).toEqual([[], []]);
  const xs = ['sender', 'x', 'q1', 'reader'].map((id) => rects.get(id)!.x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
});

test('what is loose stands below what is connected and covers nothing of it', async () => {
  const lines = [line('l1', 'kafka/produce', 'shop', 'orders'), line('l2', 'kafka/subscribe', 'orders', 'billing')];
  const rects = await arranged(CLUSTER, lines);
  expect([crowded(CLUSTER, rects), outside(CLUSTER, rects)]).toEqual([[], []]);
  const bottom = rects.get('b1')!.y + rects.get('b1')!.height;
  for (const id of ['b2', 'b3', 'web', 'lone', 'empty']) expect(rects.get(id)!.y).toBeGreaterThan(bottom);
  expect(rects.get('shop')!.x).toBeLessThan(rects.get('b1')!.x);
});
