import { expect, test } from '@playwright/test';
import { narrator, openScenario, partOf, readRun, runToEnd } from './support.ts';

test('a message tells its story, a sentence a fact, each leading to its time', async ({ page }) => {
  await openScenario(page, 'topic-animals');
  await runToEnd(page);
  await page.getByRole('button', { name: /^m1 / }).click();
  const story = page.getByRole('region', { name: 'Story of m1' });
  await expect(story.getByText('observer publishes m1 to animals, routing key quick.orange.rabbit').first()).toBeAttached();
  await story.getByRole('button', { name: /^Go to 0\.000 s: observer publishes m1/ }).click();
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  await expect(narrator(page)).toHaveText(/observer publishes m1 to animals/);
  await story
    .getByRole('button', { name: /^Why\? animals/ })
    .first()
    .click();
  await expect(page.getByText(/\*\.orange\.\*/).last()).toBeVisible();
});

test('a click on a message where it is painted opens its story', async ({ page }) => {
  await openScenario(page, 'hello');
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(narrator(page)).toContainText('starts to work', { timeout: 300 });
  }).toPass();
  await expect(page.getByRole('region', { name: /Story of/ })).toHaveCount(0);
  await partOf(page, 'receiver').click();
  await expect(page.getByRole('region', { name: 'Story of m1' })).toBeVisible();
});

test('a node shows its state in the broker’s words, with charts of it over time', async ({ page }) => {
  await openScenario(page, 'forgotten-ack');
  for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('work', { exact: true }).first().click();
  const now = page.getByRole('region', { name: 'Now: work' });
  await expect(now.getByRole('term').filter({ hasText: 'unacknowledged' })).toBeVisible();
  await expect(now.getByRole('img', { name: /unacknowledged: now/ })).toBeVisible();
  await expect(now.getByRole('cell', { name: 'forgetful' })).toBeVisible();
  await now.getByText('What is simulated, and what is not').click();
  await expect(now.getByText(/AMQP 0-9-1/)).toBeVisible();
});

test('the fact log is filtered by node, kind and message', async ({ page }) => {
  await openScenario(page, 'fanout-logs');
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Facts' }).click();
  const entries = page.getByRole('region', { name: 'Facts' }).getByRole('list').getByRole('button');
  await expect(entries.first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('2');
  await expect(entries.first()).toContainText('m2');
  for (const text of await entries.allTextContents()) expect(text).toMatch(/m2\b/);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Routing decisions' });
  await expect(entries).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'logger' });
  await expect(entries).toHaveCount(0);
});

test('charts of depth, unacknowledged, throughput and time to ack', async ({ page }) => {
  await openScenario(page, 'hello');
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Charts' }).click();
  for (const name of [/^Unacknowledged messages/, /^Throughput/, /^Time to acknowledgement/])
    await expect(page.getByRole('region', { name }).getByRole('img').first()).toBeVisible();
});
