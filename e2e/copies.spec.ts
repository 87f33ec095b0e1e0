import { expect, type Page, test } from '@playwright/test';
import { openScenario, partOf, runToEnd } from './support.ts';

const thing = (page: Page, kind: string) => page.getByRole('application').getByRole('group', { name: new RegExp(`^${kind} `) });

async function drawCluster(page: Page): Promise<void> {
  await openScenario(page, 'log-not-queue');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByLabel('System').selectOption({ label: 'Kafka' });
  const add = async (what: string) => {
    await page.getByRole('button', { name: `Add ${what}`, exact: true }).click();
    await page.keyboard.press('Escape');
  };
  for (let n = 0; n < 3; n++) await add('Kafka broker');
  await expect(partOf(page, 'broker-3')).toBeVisible();
  await partOf(page, 'broker-1').focus();
  await page.getByRole('button', { name: 'Add topic', exact: true }).click();
  await expect(thing(page, 'copy of a topic')).toHaveCount(2);
}

test('a topic drawn in a cluster of three shows the lanes of all three brokers, and who leads each partition', async ({ page }) => {
  await drawCluster(page);
  await page.getByRole('tab', { name: 'Node' }).click();
  const replicas = page.getByRole('textbox', { name: 'Replicas', exact: true });
  await replicas.fill('3');
  await replicas.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add Kafka producer', exact: true }).click();
  await partOf(page, 'producer-1').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('topic-1').first().click();
  await expect(page.getByRole('group', { name: / from producer-1 to topic-1/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Arrange automatically' }).click();
  await runToEnd(page);
  const lanes = [thing(page, 'topic'), thing(page, 'copy of a topic').first(), thing(page, 'copy of a topic').last()];
  const said = [];
  for (const lane of lanes) {
    await expect(lane).toHaveAccessibleName(/0: \w+, .*1: \w+, .*2: \w+, /);
    said.push((await lane.getAttribute('aria-label')) ?? '');
  }
  for (const partition of [0, 1, 2]) expect(said.filter((one) => one.includes(`${partition}: leader, 0 to `))).toHaveLength(1);
});

test('one step back takes a topic’s copies away with it', async ({ page }) => {
  await drawCluster(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(thing(page, 'topic')).toHaveCount(0);
  await expect(thing(page, 'copy of a topic')).toHaveCount(0);
  await expect(partOf(page, 'broker-3')).toBeVisible();
});
