import { expect, type Page, test } from '@playwright/test';
import { deed, expectDigest, narrator, openScenario, partOf, readRun, runToEnd } from './support.ts';

const marks = '[role="list"][aria-label="Deeds"] button, ul[aria-label="Deeds"] button, ol[aria-label="Deeds"] button';

/** Steps forward; the digest after each step. */
async function digestsOfSteps(page: Page, steps: number): Promise<readonly string[]> {
  const digests: string[] = [];
  for (let i = 0; i < steps; i++) {
    const { digest } = await readRun(page);
    await page.getByRole('button', { name: 'Next fact' }).click();
    await expect.poll(async () => (await readRun(page)).digest).not.toBe(digest);
    digests.push((await readRun(page)).digest);
  }
  return digests;
}

test('messages published by hand, crashes and pauses are marks that can be taken back', async ({ page }) => {
  await openScenario(page, 'hello');
  const original = await runToEnd(page);
  await page.keyboard.press('Home');
  const past = await digestsOfSteps(page, 6);

  await deed(page, partOf(page, 'sender'), /Publish by hand/);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Routing key' })).toHaveValue('hello');
  await dialog.getByRole('textbox', { name: 'How many' }).fill('3');
  await dialog.getByRole('textbox', { name: 'Body' }).fill('<img src=x onerror=alert(1)>');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.locator(marks)).toHaveCount(1);

  await deed(page, partOf(page, 'receiver'), 'Crash');
  await expect(partOf(page, 'receiver')).toContainText('down');
  await page.keyboard.press('ArrowRight');
  await deed(page, partOf(page, 'receiver'), 'Restart');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await deed(page, partOf(page, 'receiver'), 'Pause');
  await expect(page.locator(marks).first()).toHaveAccessibleName(/Publish 3 messages from sender/);
  const changed = await runToEnd(page);
  expect(changed.digest).not.toBe(original.digest);
  await expect(partOf(page, 'receiver')).toContainText('paused');

  // Whatever is done later, the past stays as it was.
  await page.keyboard.press('Home');
  expect(await digestsOfSteps(page, 5)).toEqual(past.slice(0, 5));
  // A mark leads to its time, and is taken back from its menu or by undoing.
  await page.locator(marks).first().click();
  await page.getByRole('menuitem', { name: 'Go there' }).first().click();
  await expect.poll(async () => (await readRun(page)).micros).toBeLessThan(changed.micros / 2);
  await page.keyboard.press('Escape');
  for (let i = 0; i < 4; i++) await page.keyboard.press('ControlOrMeta+z');
  await expect(page.locator(marks)).toHaveCount(0);
  await runToEnd(page);
  await expectDigest(page, original.digest);
});

test('the broker crashes and restarts, a line is cut and heals, a queue is purged', async ({ page }) => {
  await openScenario(page, 'forgotten-ack');
  for (let i = 0; i < 14; i++) await page.keyboard.press('Shift+ArrowRight');
  await deed(page, page.getByRole('group', { name: /consuming line from work to forgetful/ }), /Cut this line/);
  await expect(page.getByRole('group', { name: /consuming line from work to forgetful/ })).toHaveAccessibleName(/cut/);
  await deed(page, page.getByRole('group', { name: /consuming line from work to forgetful/ }), /Heal/);
  await deed(page, partOf(page, 'work'), 'Purge');
  await page.getByText('rabbit-1', { exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Crash' }).click();
  await expect(narrator(page)).toContainText(/rabbit-1|crash|gone|closed/);
  const end = await runToEnd(page);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  await runToEnd(page);
  await expectDigest(page, end.digest);
});

test('a binding drawn while the run stands in the middle holds from there on, and the past stays as it was', async ({ page }) => {
  await openScenario(page, 'topic-animals');
  const past = await digestsOfSteps(page, 12);
  await partOf(page, 'animals').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('Q1').first().click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: /binding from animals to Q1/ })).toHaveCount(2);
  await expect(page.locator(marks)).toHaveCount(1);
  const end = await runToEnd(page);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  expect(await digestsOfSteps(page, 8)).toEqual(past.slice(0, 8));
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  // Absent before its time: shown as such, not as if it had always been there.
  await expect(page.getByRole('group', { name: /binding from animals to Q1.*not there|binding from animals to Q1.*absent/ })).toHaveCount(
    1,
  );
  await runToEnd(page);
  await expectDigest(page, end.digest);
});

test('2,000 messages published at once into why-peak do not freeze the page', async ({ page }) => {
  await openScenario(page, 'why-peak');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await deed(page, partOf(page, 'visitors'), /Publish by hand/);
  await page.getByRole('dialog').getByRole('textbox', { name: 'How many' }).fill('2000');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await page.keyboard.press('Space');
  // The page answers while it plays: a panel opens at once.
  await page.getByRole('tab', { name: 'Facts' }).click({ timeout: 5_000 });
  await expect(page.getByRole('combobox', { name: 'Kind' })).toBeVisible({ timeout: 5_000 });
  const end = await runToEnd(page);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  await runToEnd(page);
  await expectDigest(page, end.digest);
});
