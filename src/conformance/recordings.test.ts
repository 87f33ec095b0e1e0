import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTruth, type Trace } from './format.ts';
import { playTrace } from './player.ts';

const ROOT = join(import.meta.dirname, 'recordings');

/** Topics of which every recording must pass. */
const MODELLED = new Set([
  'dispatch',
  'requeue',
  'queue-life',
  'exchange',
  'unroutable',
  'topic-exchange',
  'headers-exchange',
  'e2e',
  'routing-extra',
]);

function read(file: string): Trace {
  const parsed = parseTruth(readFileSync(file, 'utf8'));
  if (!parsed.ok || parsed.value.kind !== 'trace') throw new Error(`${file} is no recording`);
  return parsed.value;
}

for (const folder of readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  describe(`recordings of ${folder.name}`, () => {
    const traces = readdirSync(join(ROOT, folder.name)).map((name) => read(join(ROOT, folder.name, name)));
    const played = traces.map((trace) => ({ topic: trace.topic, name: trace.name, ...playTrace(trace) }));

    test('none fails', () => {
      expect(played.filter(({ status }) => status === 'failed')).toEqual([]);
    });

    test('all pass in the topics that are modelled', () => {
      expect(played.filter(({ topic, status }) => MODELLED.has(topic) && status !== 'passed')).toEqual([]);
      expect(played.filter(({ status }) => status === 'passed').length).toBeGreaterThanOrEqual(67);
    });

    test('what is not modelled says why', () => {
      const without = played.filter(({ status, why }) => status === 'not-modelled' && (why === undefined || why === ''));
      expect(without).toEqual([]);
    });
  });
}
