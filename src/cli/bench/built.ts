import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { assert } from '../../base/index.ts';
import type { BenchRow } from './row.ts';

/**
 * The rows without a browser, measured in code as people run it: built. A loader that keeps the name of every inner
 * function (as the one of these scripts does) makes code that has many of them three times slower.
 */
export async function builtRows(): Promise<readonly BenchRow[]> {
  const outDir = mkdtempSync(join(tmpdir(), 'queuescope-bench-'));
  try {
    const entry = join(import.meta.dirname, 'pure.ts');
    await build({
      ...{ configFile: false, logLevel: 'error', root: join(import.meta.dirname, '../../..') },
      build: { ssr: entry, outDir, emptyOutDir: true, minify: false, target: 'node20' },
      ssr: { noExternal: true },
    });
    const run = (...args: readonly string[]): unknown => {
      const done = spawnSync(process.execPath, [join(outDir, 'pure.js'), ...args], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      assert(done.status === 0, 'The benchmark ended with an error');
      return JSON.parse(done.stdout);
    };
    return (run() as readonly string[]).flatMap((group) => run(group) as readonly BenchRow[]);
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
