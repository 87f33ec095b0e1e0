import { expect, test } from '@playwright/test';
import { expectState, openScenario, readRun, runToEnd } from './support.ts';

test('fair-dispatch opens as a pair on one clock, with a strip that tells who is done when', async ({ page }) => {
  await openScenario(page, 'fair-dispatch');
  await expect(page.getByRole('application')).toHaveCount(2);
  const strip = page.getByRole('region', { name: 'Comparison' });
  await page.keyboard.press('Shift+ArrowRight');
  const step = await readRun(page);
  expect(step.micros).toBeGreaterThanOrEqual(0);
  const end = await runToEnd(page);
  await expect(strip).toContainText(/15\.|8\.|9\.|1\d\./);
  await expect(strip.getByRole('row', { name: /worker-1/ })).toContainText('finished');
  await expect(strip.getByText(/all done|done at|is done/i).first()).toBeVisible();
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).digest).not.toBe(end.digest);
  await runToEnd(page);
  expect((await readRun(page)).digest).toBe(end.digest);
});

test('any scenario gets a variant beside it, and the pair is shared like a single run', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'round-robin');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('application')).toHaveCount(2);
  const right = page.locator('[data-graph="b"]');
  await right.getByText('worker-1', { exact: true }).first().click();
  if ((await page.getByRole('complementary').count()) === 0) await page.getByRole('button', { name: 'Show details' }).click();
  await page.getByRole('combobox', { name: 'Acknowledges' }).selectOption({ label: 'manually, after the work' });
  await page.getByRole('textbox', { name: 'Prefetch' }).fill('1');
  await page.getByRole('textbox', { name: 'Prefetch' }).press('Enter');
  await expect(right.getByRole('group', { name: /consumer worker-1/ })).toContainText(/prefetch/);
  await expect(page.locator('[data-graph="a"]').getByRole('group', { name: /consumer worker-1/ })).not.toContainText(/prefetch/);
  const end = await runToEnd(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const profile = await browser.newContext();
  const other = await profile.newPage();
  await other.goto(link);
  await expectState(other, /playing|paused/);
  await expect(other.getByRole('application')).toHaveCount(2);
  expect((await runToEnd(other)).digest).toBe(end.digest);
  await profile.close();
});
