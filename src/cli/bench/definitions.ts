import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { boot, compile } from '../../engine/index.ts';
import { drawVhost, parseDefinitions } from '../../formats/rabbitmq/index.ts';
import { largeDefinitions } from '../../formats/rabbitmq/random.testkit.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { emptyRun, type Run } from '../../scenario/index.ts';
import { findBrowser, launchOptions } from '../browser.mjs';
import type { BenchRow } from './row.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const QUEUES = 2_000;
const BINDINGS = 6_000;
const ROUNDS = 5;
const PAN_MILLIS = 3_000;
const NAME = `definitions import, ${QUEUES} queues, ${BINDINGS} bindings`;

/** A large broker's definitions: read and drawn, ready to run, and, in a real browser, on the screen and panned. */
export async function definitionsRows(): Promise<readonly BenchRow[]> {
  const text = JSON.stringify(largeDefinitions(QUEUES, BINDINGS));
  const json = best(() => JSON.parse(text));
  const read = best(() => drawn(text));
  const run = drawn(text);
  const ready = best(() => booted(run));
  const rows: BenchRow[] = [
    { name: `${NAME}: read and drawn`, value: read, unit: 'ms', reference: 'JSON.parse', ratio: read / json },
    { name: `${NAME}: compiled and started`, value: ready, unit: 'ms', reference: 'JSON.parse', ratio: ready / json },
  ];
  return findBrowser() === undefined ? rows : [...rows, ...(await withBuiltPage((page) => screenRows(page, text)))];
}

function drawn(text: string): Run {
  const parsed = parseDefinitions(text);
  const result = parsed.ok ? drawVhost(parsed.value, '/', '4.2') : undefined;
  if (!result?.ok) throw new Error('The benchmark’s definitions can’t be drawn');
  return { ...emptyRun(), scenario: result.value.scenario };
}

function booted(run: Run): void {
  const program = compile(run, catalogue);
  if (!program.ok) throw new Error('The benchmark’s definitions do not compile');
  boot(program.value);
}

function best(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

async function withBuiltPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'definitions-bench-'));
  try {
    await build({ root: ROOT, logLevel: 'error', build: { outDir, emptyOutDir: true } });
    const server = await preview({ root: ROOT, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
    const browser = await chromium.launch(launchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      // The runner's compiler names inner functions by a helper that no page has.
      await page.addInitScript('globalThis.__name ??= (named) => named');
      await page.goto(`${server.resolvedUrls?.local[0]}?lang=en&scenario=hello`);
      // What the page fetches for its own first run is not the import's.
      await page.locator('[data-digest]:not([data-digest=""])').waitFor();
      return await use(page);
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function screenRows(page: Page, text: string): Promise<readonly BenchRow[]> {
  const start = performance.now();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
  await chooser.setFiles({ name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const open = page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true });
  await open.waitFor();
  const looked = performance.now() - start;
  const opened = await page.evaluate(opening);
  const row = (what: string, value: number, unit: string): BenchRow => ({ name: `${NAME}: ${what}`, value, unit });
  const far = await page.evaluate(panning, PAN_MILLIS);
  await page.keyboard.press('ControlOrMeta+f');
  await page
    .getByRole('dialog')
    .getByRole('combobox')
    .fill(`queue-${QUEUES / 2}`);
  await page.keyboard.press('Enter');
  await page.locator('[data-thing]:focus').waitFor();
  const near = await page.evaluate(panning, PAN_MILLIS);
  return [
    row('from the file to the dialog, in a browser', looked, 'ms'),
    row('from the dialog to the screen', opened, 'ms'),
    row('panned as a whole', far, 'frames/s'),
    row('panned near enough to read', near, 'frames/s'),
  ];
}

/** In the page: presses the button and waits until the drawing is painted. Milliseconds. */
function opening(): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now();
    const buttons = document.querySelectorAll<HTMLElement>('[role=dialog] button');
    for (const button of buttons) if (button.textContent === 'Open') button.click();
    const look = () => {
      if (document.querySelector('[data-painted]:not([data-painted="0"])')) requestAnimationFrame(() => resolve(performance.now() - start));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** In the page: drags the canvas to and fro, a step a frame. Frames a second. */
function panning(millis: number): Promise<number> {
  return new Promise((resolve) => {
    const pane = document.querySelector('.react-flow__pane');
    const box = pane?.getBoundingClientRect();
    if (!pane || !box) throw new Error('There is no drawing');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const fire = (target: EventTarget, type: string, dx: number, dy: number) =>
      target.dispatchEvent(
        new MouseEvent(type, { bubbles: true, cancelable: true, view: window, clientX: x + dx, clientY: y + dy, buttons: 1 }),
      );
    fire(pane, 'mousedown', 0, 0);
    const start = performance.now();
    let frames = 0;
    const step = (now: number) => {
      const seconds = (now - start) / 1_000;
      if (now - start > millis) {
        fire(window, 'mouseup', 0, 0);
        resolve(frames / seconds);
        return;
      }
      frames++;
      fire(window, 'mousemove', 300 * Math.sin(2 * seconds), 200 * Math.sin(3 * seconds));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
