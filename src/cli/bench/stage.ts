import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { findBrowser, launchOptions } from '../browser.mjs';
import type { BenchRow } from './row.ts';
import type { Measured } from './stagePage/page.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PAGE = '/src/cli/bench/stagePage/index.html';
const MILLIS = 4_000;
const COUNTS = [100, 1_000, 5_000];

/** The stage in a real browser: the real engine, playback and painter, panned all the while, beside bare dots on a canvas. */
export async function stageRows(): Promise<readonly BenchRow[]> {
  if (findBrowser() === undefined) return [];
  return withBenchPage(async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const rows: BenchRow[] = [];
    for (const count of COUNTS) {
      const dots = await measure(cdp, () => page.evaluate(([n, ms]) => window.bench.dots(n, ms), [count, MILLIS] as const));
      const reference = `bare dots, ${count}: main thread a frame`;
      rows.push({ name: reference, value: dots.mainMillis, unit: 'ms' });
      await page.evaluate((n) => window.bench.busy(n), count);
      // The way to the first busy moment, and the future after it, are computed before anything is measured.
      await page.waitForFunction(() => window.bench.isComputed(), undefined, { timeout: 60_000 });
      const stage = await measure(cdp, () => page.evaluate((ms) => window.bench.play(ms), MILLIS));
      const name = `stage, ${stage.flights} in flight, 50 parts, panning`;
      rows.push({
        name: `${name}: frame, median`,
        value: stage.median,
        unit: 'ms',
        reference: 'bare dots',
        ratio: stage.median / dots.median,
      });
      rows.push({ name: `${name}: frame, p95`, value: stage.p95, unit: 'ms', reference: 'bare dots', ratio: stage.p95 / dots.p95 });
      rows.push({
        name: `${name}: main thread a frame`,
        value: stage.mainMillis,
        unit: 'ms',
        reference: 'bare dots',
        ratio: stage.mainMillis / dots.mainMillis,
      });
    }
    rows.push(...(await laneRows(page, cdp)));
    return rows;
  });
}

const LANES = 50;
const RECORDS = 100_000;

/** A log as large as any that someone looks at: what is drawn hangs on what is seen. */
async function laneRows(page: Page, cdp: CDPSession): Promise<readonly BenchRow[]> {
  await page.evaluate(([lanes, records]) => window.bench.lanes(lanes, records), [LANES, RECORDS] as const);
  await page.waitForFunction(() => window.bench.isComputed(), undefined, { timeout: 60_000 });
  const rows: BenchRow[] = [];
  for (const how of ['scrolling', 'zoomed out', 'playing'] as const) {
    const { median, p95, mainMillis } = await measure(cdp, () =>
      page.evaluate(([ms, what]) => window.bench.playLanes(ms, what), [MILLIS, how] as const),
    );
    const name = `${LANES} lanes of ${RECORDS} records, ${how}`;
    rows.push({ name: `${name}: frame, median`, value: median, unit: 'ms' });
    rows.push({ name: `${name}: frame, p95`, value: p95, unit: 'ms' });
    rows.push({ name: `${name}: main thread a frame`, value: mainMillis, unit: 'ms' });
  }
  return rows;
}

/** Serves the bench page, opens it, and cleans up whatever happens. */
export async function withBenchPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'stage-bench-'));
  const server = await createServer({
    root: ROOT,
    cacheDir,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  try {
    await server.listen();
    const browser = await chromium.launch(launchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(new URL(PAGE, server.resolvedUrls?.local[0]).href);
      await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 60_000 });
      return await use(page);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

interface Figures {
  readonly median: number;
  readonly p95: number;
  readonly mainMillis: number;
  readonly flights: number;
}

/** Frame times as the page sees them, and what the browser's main thread had to do for them. */
async function measure(cdp: CDPSession, run: () => Promise<Measured>): Promise<Figures> {
  const before = await taskSeconds(cdp);
  const { frames, flights } = await run();
  const spent = (await taskSeconds(cdp)) - before;
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), mainMillis: (spent * 1_000) / frames.length, flights };
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}
