import { expect, test } from 'vitest';
import { LINE_KINDS, PART_KINDS } from '../protocols/rabbitmq/kinds.ts';
import type { Line, Part } from '../scenario/index.ts';
import { arrange } from './autolayout.ts';

const QUEUES = 1_500;
const part = (id: string, kind: string, parent?: string): Part => {
  return { id, kind: `rabbitmq/${kind}`, name: id, x: 0, y: 0, config: {}, ...(parent === undefined ? {} : { parent }) };
};
const line = (kind: string, from: string, to: string): Line => ({ id: `${from}-${to}`, kind: `rabbitmq/${kind}`, from, to, config: {} });

test('a drawing of thousands of parts is arranged, too: places inside their broker, clients beside it', async () => {
  const queues = Array.from({ length: QUEUES }, (_, i) => part(`q${i}`, 'queue', 'broker'));
  const consumers = Array.from({ length: 200 }, (_, i) => part(`c${i}`, 'consumer'));
  const parts = [part('broker', 'broker'), part('x', 'exchange', 'broker'), ...queues, part('shop', 'producer'), ...consumers];
  const lines = [
    line('publish', 'shop', 'x'),
    ...queues.map(({ id }) => line('binding', 'x', id)),
    ...consumers.map(({ id }, i) => line('consume', `q${i}`, id)),
  ];
  const { moves, regions } = await arrange(parts, lines, { parts: PART_KINDS, lines: LINE_KINDS });
  const [broker] = regions;
  const { width = 0, height = 0 } = broker ?? {};
  const at = new Map(moves.map((move) => [move.id, move]));
  expect(at.size).toBe(parts.length - 1);
  expect(new Set(moves.map(({ x, y }) => `${x} ${y}`)).size).toBe(moves.length);
  expect(queues.every(({ id }) => (at.get(id)?.x ?? 0) > 90 && (at.get(id)?.x ?? 0) < width - 90 && (at.get(id)?.y ?? 0) < height)).toBe(
    true,
  );
  expect(at.get('shop')?.x).toBeLessThan(0);
  expect(consumers.every(({ id }) => (at.get(id)?.x ?? 0) > width)).toBe(true);
});
