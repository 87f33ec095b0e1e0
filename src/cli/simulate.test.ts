import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GALLERY } from '../lessons/gallery/index.ts';
import { encodeLink, type Run, serializeFile } from '../scenario/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command itself, as a person calls it. */
function simulate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/simulate.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter(Boolean);
  return { status, stderr, lines, summary: lines.length > 0 ? (JSON.parse(lines.at(-1) as string) as { [key: string]: unknown }) : {} };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const hello = GALLERY.find(({ id }) => id === 'hello')?.run as Run;

describe('a run without a screen', () => {
  test('is the same from the gallery, a link and a file, and ends with counts and digest', () => {
    const gallery = simulate('gallery:hello');
    expect(gallery.status).toBe(0);
    expect(gallery.summary).toMatchObject({ kind: 'run.summary', seed: 1, halted: '' });
    expect(gallery.summary['digest']).toMatch(/^[0-9a-f]{8}$/);
    const counts = gallery.summary['counts'] as { [kind: string]: number };
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(gallery.lines.length - 1);
    const link = simulate(`http://127.0.0.1:4173/#${encodeLink(hello)}`);
    const saved = simulate(file('hello.json', serializeFile(hello)));
    // What stands behind the number sign is what the page opens.
    const both = simulate(`http://127.0.0.1:4173/?scenario=fair-dispatch#${encodeLink(hello)}`);
    expect(both.lines).toEqual(gallery.lines);
    const address = simulate('http://127.0.0.1:4173/?scenario=hello&lang=en');
    expect(link.lines).toEqual(gallery.lines);
    expect(saved.lines).toEqual(gallery.lines);
    expect(address.lines).toEqual(gallery.lines);
  });

  test('ends earlier when asked to, and draws other luck from another seed', () => {
    const early = simulate('gallery:hello', '--until', '3s');
    const times = early.lines.slice(0, -1).map((line) => (JSON.parse(line) as { time: number }).time);
    expect(Math.max(...times)).toBeLessThanOrEqual(3_000_000);
    expect(Math.max(...times)).toBeGreaterThan(1_000_000);
    expect(simulate('gallery:hello', '--seed', '7').summary['seed']).toBe(7);
  });

  test('of a pair tells both sides', () => {
    const { summary } = simulate('gallery:fair-dispatch', '--until', '2s');
    expect(summary['sides']).toHaveLength(2);
  });
});

describe('bad input gets a clear error and exit 2', () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const evil = serializeFile(hello).replace('"parts"', '"__proto__": {"polluted": true}, "parts"');
  test.each([
    ['nothing', [], /Usage/],
    ['an unknown scenario', ['gallery:nope'], /hello/],
    ['a missing file', [join(folder, 'missing.json')], /can't be read/],
    ['broken JSON', [file('broken.json', '{"a": [1, 2')], /not JSON/],
    ['a foreign file', [file('foreign.json', '{"some": "thing"}')], /no file of Queuescope/],
    ['a file nested too deep', [file('deep.json', deep)], /nested more than/],
    ['a poisoned file', [file('evil.json', evil)], /no document has|__proto__/],
    ['a newer engine', [file('newer.json', serializeFile({ ...hello, engine: 99 }))], /newer Queuescope/],
    ['a link that was cut', [`#${encodeLink(hello).slice(0, -20)}`], /cut short/],
    ['a damaged link', ['#1.1.zz.zzzzzzz.abc'], /damaged/],
    ['a bad time', ['gallery:hello', '--until', 'soon'], /--until wants/],
    ['a bad seed', ['gallery:hello', '--seed', '-1'], /--seed wants/],
    ['an unknown option', ['gallery:hello', '--fast'], /Unknown argument/],
  ] as const)('%s', (_, args, words) => {
    const { status, stderr, lines } = simulate(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
    expect(lines).toEqual([]);
  });
});
