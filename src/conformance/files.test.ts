import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playFolders } from './files.ts';
import { reportOf, reportText } from './report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const trace = (topic: string, steps: readonly unknown[], broker = 'rabbitmq') => ({
  format: 'mq-truth/1',
  broker,
  version: '1.0',
  name: `${topic}-one`,
  topic,
  steps,
});

describe('folders of recordings and vectors', () => {
  test('are played to the bottom, a case each', () => {
    write('a/b/passes.json', trace('dispatch', [{ i: 0, op: 'queue', name: 'q' }]));
    write('a/fails.json', trace('requeue', [{ i: 0, op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } }]));
    write('redis.json', trace('list', [{ i: 0, op: 'cmd' }], 'redis'));
    write('kafka-things.json', { name: 'kafka-things', cases: [{ id: 'one' }, { id: 'two' }] });
    const played = playFolders([folder]);
    const report = reportOf(played.ok ? played.value : []);
    expect([report.passed, report.failed, report.notModelled]).toEqual([1, 1, 3]);
    expect(report.cases.map(({ system, topic, name }) => `${system} ${topic} ${name}`)).toEqual([
      'rabbitmq-1.0 dispatch dispatch-one',
      'rabbitmq-1.0 requeue requeue-one',
      'kafka kafka-things one',
      'kafka kafka-things two',
      'redis-1.0 list list-one',
    ]);
    const text = reportText(report);
    expect(text).toMatch(/^rabbitmq-1\.0 +requeue +0 +1 +0$/m);
    expect(text).toMatch(/^kafka +kafka-things +0 +0 +2$/m);
    expect(text).toContain('Failed:');
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'it is not JSON'],
    ['a list', [], 'it is not a JSON object'],
    ['an empty object', {}, 'there is nothing in it'],
    ['a recording without steps', { format: 'mq-truth/1', broker: 'rabbitmq', version: '1', name: 'n', topic: 't' }, 'at steps'],
    ['a recording of a later format', { ...trace('t', []), format: 'mq-truth/2' }, 'at format'],
    ['a step without an operation', trace('t', [{ i: 0 }]), 'at steps.0.op'],
    ['cases that are no list', { cases: 5 }, 'at cases'],
  ])('%s is a clear error that names the file', (_, content, reason) => {
    write('broken.json', content);
    const played = playFolders([folder]);
    expect(played.ok ? '' : played.error).toContain('broken.json: ');
    expect(played.ok ? '' : played.error).toContain(reason);
  });

  test('a folder that is not there, or has nothing in it, is an error', () => {
    expect(playFolders([join(folder, 'nowhere')]).ok).toBe(false);
    expect(playFolders([folder]).ok).toBe(false);
  });
});
