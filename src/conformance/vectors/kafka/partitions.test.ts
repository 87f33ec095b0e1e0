import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { partitionsOf } from './partitions.ts';

const FILE = new URL('../../recordings/librdkafka-2.0.2-mock/partitioner-vectors.json', import.meta.url);

test('keys go where librdkafka, Java and KafkaJS send them', () => {
  const { steps } = JSON.parse(readFileSync(FILE, 'utf8')) as { steps: readonly { key: string; result: JsonObject }[] };
  expect(steps.length).toBeGreaterThan(30);
  for (const { key, result } of steps) expect(partitionsOf(key)).toEqual(result);
});
