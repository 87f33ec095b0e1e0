import { expect, type Page, test } from '@playwright/test';
import { KAFKA } from '../src/lessons/gallery/kafka/index.ts';
import { openScenario, partOf, runToEnd } from './support.ts';

/** In a group each drawing is opened at one size, and the page takes the others then. */
const SIZES = [
  [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
  ],
  [{ width: 390, height: 844 }],
] as const;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The words of parts, line by line, with the graph that they are in and its toolbar. */
async function wordsOf(
  page: Page,
): Promise<readonly { readonly text: string; readonly box: Box; readonly frame: Box; readonly bar: Box }[]> {
  return page.evaluate(() => {
    const plain = ({ left, right, top, bottom }: DOMRect) => ({ left, right, top, bottom });
    const linesOf = (graph: Element, words: Element) => {
      const range = document.createRange();
      range.selectNodeContents(words);
      const frame = plain(graph.getBoundingClientRect());
      const bar = plain(graph.querySelector('[role=toolbar]')?.getBoundingClientRect() ?? new DOMRect());
      return [...range.getClientRects()].map((box) => ({ text: words.textContent ?? '', box: plain(box), frame, bar }));
    };
    return [...document.querySelectorAll('[data-graph]')].flatMap((graph) =>
      [...graph.querySelectorAll('[data-thing] span span')].flatMap((words) => linesOf(graph, words)),
    );
  });
}

/** Words that reach over the edge of their graph or lie below its toolbar. */
async function hiddenWords(page: Page): Promise<readonly string[]> {
  const words = await wordsOf(page);
  expect(words.length).toBeGreaterThan(0);
  return words.flatMap(({ text, box, frame, bar }) => {
    const over = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
    if (over > 0.5) return `${text}: ${over.toFixed(0)} px over the edge`;
    const isUnder = box.left < bar.right && box.right > bar.left && box.top < bar.bottom && box.bottom > bar.top;
    return isUnder ? `${text}: under the toolbar` : [];
  });
}

for (const sizes of SIZES)
  test(`the words of every drawing are in sight, ${sizes.map(({ width }) => width).join(' and ')} px wide`, async ({ page }) => {
    test.setTimeout(240_000);
    for (const [n, { id }] of KAFKA.entries()) {
      const opened = sizes[n % sizes.length] as (typeof sizes)[number];
      await page.setViewportSize(opened);
      await openScenario(page, id);
      await expect(page.locator('[data-graph] [data-thing]').first()).toBeVisible();
      const start = await hiddenWords(page);
      await page.keyboard.press('End');
      const end = await hiddenWords(page);
      expect({ id, opened, start, end }).toEqual({ id, opened, start: [], end: [] });
      for (const size of sizes) {
        if (size === opened) continue;
        await page.setViewportSize(size);
        // The panes take their new places first.
        await expect(async () => {
          expect({ id, size, hidden: await hiddenWords(page) }).toEqual({ id, size, hidden: [] });
        }).toPass({ timeout: 10_000 });
      }
    }
  });

test('a view that was chosen stays when the page changes its size; once everything is shown, it all is from then on', async ({ page }) => {
  await openScenario(page, 'replication');
  const view = page.locator('.react-flow__viewport');
  const shown = () => view.getAttribute('style');
  await page.locator('[data-graph]').hover();
  await page.mouse.wheel(0, -300);
  const chosen = await shown();
  await page.setViewportSize({ width: 900, height: 800 });
  await expect.poll(async () => (await hiddenWords(page)).length).toBeGreaterThan(0);
  expect(await shown()).toBe(chosen);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect.poll(() => hiddenWords(page)).toEqual([]);
  await page.setViewportSize({ width: 700, height: 700 });
  await expect.poll(() => hiddenWords(page)).toEqual([]);
});

test('a compacted topic counts records, and says how many gaps there are', async ({ page }) => {
  await openScenario(page, 'retention-compaction');
  await runToEnd(page);
  await expect(partOf(page, 'prices').getByText('1 partition · 4 records, 9 gaps · compact')).toBeVisible();
  // The producer is called the same.
  await partOf(page, 'prices').last().getByText('prices', { exact: true }).click();
  await page.getByRole('tab', { name: 'Node' }).click();
  const kept = page.getByRole('term').filter({ hasText: /^records kept$/ });
  await expect(kept.locator('..').getByRole('definition')).toHaveText('4');
});

for (const { width, height, lang } of [
  { width: 1280, height: 800, lang: 'en' },
  { width: 390, height: 844, lang: 'en' },
  { width: 390, height: 844, lang: 'zh-CN' },
] as const)
  test(`who is in sync is seen whole in the panel of a topic, ${width} × ${height}, ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openScenario(page, 'controller-kraft', { lang });
    await partOf(page, 'orders').first().getByText('orders', { exact: true }).click();
    if (width < 500) await page.getByRole('button', { name: /^(Show details|显示详情)$/ }).click();
    await page.getByRole('tab', { name: /^(Node|节点)$/ }).click();
    const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'ISR', exact: true }) });
    const cell = table.getByRole('cell', { name: '1,2,3', exact: true });
    await cell.scrollIntoViewIfNeeded();
    await expect(cell).toBeVisible();
    const cut = await cell.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = element.closest('section')?.getBoundingClientRect();
      const lines = range.getClientRects();
      return { lines: lines.length, over: Math.max(0, (lines[0]?.right ?? 0) - (box?.right ?? 0)) };
    });
    expect(cut).toEqual({ lines: 1, over: 0 });
  });
