import { expect, test } from '@playwright/test';
import { deed, narrator, openScenario, partOf, readRun, runToEnd } from './support.ts';

const WORDS = {
  en: { node: 'Node', life: 'Life cycle', members: /Stable.*members 2/ },
  'zh-CN': { node: '节点', life: '生命周期', members: /Stable.*成员 2/ },
} as const;

for (const lang of ['en', 'zh-CN'] as const)
  test(`a member that dies is taken out when its session has run out, and the group’s life is drawn, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'rebalance-eager', { lang });
    await runToEnd(page);
    await expect(partOf(page, 'billing')).toHaveAccessibleName(words.members);
    await page.getByText('billing', { exact: true }).first().click();
    await page.getByRole('tab', { name: words.node }).click();
    await expect(page.getByText(words.life).first()).toBeVisible();
    await expect(page.getByText('Stable').first()).toBeVisible();
  });

test('a record is followed from its producer through the log to its reader, and says why it went where it went', async ({ page }) => {
  await openScenario(page, 'keys-partitions');
  for (let i = 0; i < 12 && !(await narrator(page).textContent())?.includes('小明'); i++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /why/i }).first().click();
  await expect(page.getByText(/murmur2/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Story' }).click();
  await page.getByRole('button', { name: /^m1\b/ }).first().click();
  const story = page.getByRole('tabpanel', { name: 'Story' });
  await expect(story.getByText(/into partition \d of orders/).first()).toBeVisible();
  await expect(story.getByText(/reader-1/).first()).toBeVisible();
});

test('a consumer hangs, leaves when it has not polled for too long, and comes back', async ({ page }) => {
  await openScenario(page, 'group-sizes');
  const before = (await readRun(page)).digest;
  const consumer = page
    .getByRole('application')
    .getByRole('group', { name: /^Kafka consumer / })
    .first();
  await deed(page, consumer, /^Hang/);
  await page.getByRole('tab', { name: 'Facts' }).click();
  await expect(page.getByText(/stands still|hangs/).first()).toBeVisible();
  await deed(page, consumer, /^Resume/);
  await runToEnd(page);
  expect((await readRun(page)).digest).not.toBe(before);
});

test('charts of a log tell its lag over time and what passes, and a pause names the partitions that stood still', async ({ page }) => {
  await openScenario(page, 'lag');
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Charts' }).click();
  const lag = page.getByRole('region', { name: /^Lag, messages: each reader/ });
  await expect(lag.getByRole('listitem')).toHaveText(/^billing 0$/);
  await lag.getByText('As a table').click();
  // It piles up before it falls.
  const column = async () => (await lag.getByRole('cell').allTextContents()).map(Number).filter((value) => !Number.isNaN(value));
  await expect.poll(async () => Math.max(...(await column()))).toBeGreaterThan(20);
  const flow = page.getByRole('region', { name: /^Throughput/ });
  await expect(flow.getByRole('listitem')).toHaveText([/^published/, /^replicated/, /^read/, /^committed by readers/]);
  await expect(flow).not.toContainText('delivered');

  await openScenario(page, 'rebalance-coop');
  await runToEnd(page);
  await page.getByText('billing', { exact: true }).first().click();
  await page.getByRole('tab', { name: 'Node' }).click();
  await expect(page.getByText(/2 of 4 partitions paused/)).toBeVisible();
  await expect(page.getByRole('listitem', { name: /^Nobody read orders-0 for .*anna → ben/ })).toBeVisible();
  await expect(page.getByRole('listitem', { name: 'orders-1 was read all the time' })).toBeVisible();
});

test('of a pair without readers the headline tells what was lost', async ({ page }) => {
  await openScenario(page, 'leader-dies');
  await runToEnd(page);
  await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('Acknowledged, then lost: left 1, right 8.');
});

test('a topology is drawn by hand: a broker, a topic, a producer, a group of two', async ({ page }) => {
  await openScenario(page, 'log-not-queue');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByLabel('System').selectOption({ label: 'Kafka' });
  for (const what of ['Kafka broker', 'topic', 'Kafka producer', 'consumer group']) {
    await page.getByRole('button', { name: `Add ${what}`, exact: true }).click();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Arrange automatically' }).click();
  const connect = async (from: string, to: string) => {
    await partOf(page, from).focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByText(to).first().click();
    await expect(page.getByRole('group', { name: new RegExp(` from ${from} to ${to}`) })).toHaveCount(1);
  };
  await connect('producer-1', 'topic-1');
  await connect('topic-1', 'group-1');
  // What is selected takes the new part in.
  await partOf(page, 'group-1').focus();
  await page.getByRole('button', { name: 'Add Kafka consumer', exact: true }).click();
  await expect(partOf(page, 'consumer-1')).toBeVisible();
  await runToEnd(page);
  await expect(partOf(page, 'topic-1')).toHaveAccessibleName(/0: leader, 0 to \d+/);
});

test('a mistake is said in words: a name that Kafka does not allow, more copies than brokers', async ({ page }) => {
  await openScenario(page, 'log-not-queue');
  await page.getByText('orders', { exact: true }).first().click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('my orders');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/my orders/).first()).toBeVisible();
  await expect(page.getByText(/letters, digits/i).first()).toBeVisible();
});
