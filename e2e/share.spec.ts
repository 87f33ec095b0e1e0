import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { deed, expectState, openScenario, partOf, readRun, runToEnd } from './support.ts';

test('a copied link opens the identical run in another browser profile, at the time that was shared', async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'topic-animals');
  for (let i = 0; i < 10; i++) await page.keyboard.press('Shift+ArrowRight');
  await deed(page, partOf(page, 'C2'), 'Crash');
  await partOf(page, 'observer').focus();
  const end = await runToEnd(page);
  await page.keyboard.press('Home');
  for (let i = 0; i < 6; i++) await page.getByRole('button', { name: 'Next decision, delivery, ack or loss' }).click();
  const here = await readRun(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('switch', { name: /Open it at/ }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const profile = await browser.newContext();
  const other = await profile.newPage();
  await other.goto(link);
  await expectState(other, 'paused');
  await expect.poll(async () => (await readRun(other)).micros).toBe(here.micros);
  await expect(partOf(other, 'C2')).toBeVisible();
  expect((await runToEnd(other)).digest).toBe(end.digest);
  await profile.close();
});

test('opening a link never touches saved work: it is a copy, the earlier work one click away', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'hello');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByText('receiver', { exact: true }).first().click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await expect(partOf(page, 'mine')).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBeGreaterThan(0);
  await page.waitForFunction(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('queuescope');
        opening.onsuccess = () => {
          const all = opening.result.transaction('runs').objectStore('runs').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result).includes('mine'));
          };
        };
      }),
  );
  await page.goto('about:blank');
  await page.goto(link);
  await expect(partOf(page, 'receiver')).toBeVisible();
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await expect(partOf(page, 'mine')).toBeVisible();
});

test('a run is saved as a file and opened again; a broken file says what is wrong and loses nothing', async ({ page }, info) => {
  await openScenario(page, 'direct-levels');
  const end = await runToEnd(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('ControlOrMeta+s')]);
  const path = info.outputPath('run.json');
  await download.saveAs(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('format', 'queuescope/run');
  await openScenario(page, 'hello');
  const open = async (file: string | { name: string; mimeType: string; buffer: Buffer }) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
    await chooser.setFiles(file);
  };
  await open({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a": [1,') });
  await expect(page.getByText(/not JSON/).first()).toBeVisible();
  await expect(partOf(page, 'receiver')).toBeVisible();
  await open(path);
  await expect(partOf(page, 'archive')).toBeVisible();
  expect((await runToEnd(page)).digest).toBe(end.digest);
});
