import { expect, test } from '@playwright/test';
import { expectState, openScenario, readRun, watchPage } from './support.ts';

test('the page opens on a running scenario and asks nobody for anything', async ({ page }) => {
  const { complaints } = watchPage(page);
  await page.goto('./?lang=en');
  await expectState(page, 'playing');
  await expect.poll(async () => (await readRun(page)).micros).toBeGreaterThan(300_000);
  expect(complaints).toEqual([]);
});

for (const id of ['hello', 'topic-animals', 'ack-crash']) {
  test(`${id}: backwards is as exact as forwards`, async ({ page }) => {
    await openScenario(page, id);
    const start = await readRun(page);
    await page.keyboard.press('End');
    await expectState(page, /ended|paused/);
    await expect.poll(async () => (await readRun(page)).micros).toBeGreaterThan(10_000_000);
    const end = await readRun(page);
    expect(end.digest).not.toBe(start.digest);
    await page.keyboard.press('Home');
    await expect.poll(async () => (await readRun(page)).digest).toBe(start.digest);
    await page.keyboard.press('End');
    await expect.poll(async () => (await readRun(page)).digest).toBe(end.digest);
  });
}

test('stepping forwards twice and back once is stepping once', async ({ page }) => {
  await openScenario(page, 'topic-animals');
  const digests: string[] = [];
  for (let i = 0; i < 6; i++) {
    const before = (await readRun(page)).digest;
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await readRun(page)).digest).not.toBe(before);
    digests.push((await readRun(page)).digest);
  }
  for (let i = 4; i >= 0; i--) {
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await readRun(page)).digest).toBe(digests[i]);
  }
});

test('a damaged link opens a page that says so, with the way back', async ({ page }) => {
  const { complaints } = watchPage(page);
  await page.goto('./?lang=en#this-is-no-link');
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(page.getByRole('button').or(page.getByRole('link')).first()).toBeVisible();
  expect(complaints).toEqual([]);
});
