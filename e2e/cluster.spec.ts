import { expect, test } from '@playwright/test';
import { deed, openScenario, partOf, runToEnd } from './support.ts';

const WORDS = {
  en: { node: 'Node', queue: 'queue', leader: 'leader', follower: 'follower', lives: 'Life cycle' },
  'zh-CN': { node: '节点', queue: '队列', leader: '领导者', follower: '跟随者', lives: '生命周期' },
} as const;

for (const lang of ['en', 'zh-CN'] as const) {
  test(`a quorum queue elects another leader, and its members’ lives are drawn, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'cluster-quorum', { lang });
    const queue = (role: string) => page.getByRole('group', { name: new RegExp(`^${words.queue} orders.*${role}`) });
    await expect(queue(words.leader)).toBeVisible();
    await runToEnd(page);
    await expect(queue(words.follower)).toBeVisible();
    await page.getByText('rabbit-1', { exact: true }).first().click();
    await page.getByRole('tab', { name: words.node }).click();
    await expect(page.getByText(words.lives).first()).toBeVisible();
  });
}

test('a node is stopped from its menu: its queue is missed, and comes back', async ({ page }) => {
  await openScenario(page, 'cluster-classic');
  await deed(page, page.getByText('rabbit-2', { exact: true }).first(), 'Stop in good order');
  await page.getByRole('tab', { name: 'Facts' }).click();
  await expect(page.getByText('rabbit-2 is stopped in good order').first()).toBeVisible();
  await expect(partOf(page, 'far')).toHaveAccessibleName(/down/);
});

test('two brokers are joined without a mouse, and a client reads through the other node', async ({ page }) => {
  await openScenario(page, 'hello');
  await page.getByRole('button', { name: 'Add RabbitMQ broker' }).click();
  await expect(partOf(page, 'rabbit-2')).toBeVisible();
  await partOf(page, 'rabbit-2').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('rabbit-1').first().click();
  await expect(page.getByRole('group', { name: /cluster link from rabbit-2 to rabbit-1/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Add consumer' }).click();
  await partOf(page, 'rabbit-2').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('consumer-1').first().click();
  await expect(page.getByRole('group', { name: /consuming line from rabbit-2 to consumer-1/ })).toHaveCount(1);
});

test('confirms: what the broker did not confirm before it died is published again', async ({ page }) => {
  await openScenario(page, 'confirms');
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Facts' }).click();
  await expect(page.getByText('shop gets the confirm of m4').first()).toBeVisible();
  await expect(page.getByText('m3 is lost in the crash').first()).toBeVisible();
});

test('a lost acknowledgement debits twice, unless the account remembers', async ({ page }) => {
  await openScenario(page, 'duplicate-lost-ack');
  await runToEnd(page);
  await expect(page.getByText('3 finished, 0 waiting').first()).toBeVisible();
  await expect(page.getByText('2 finished, 0 waiting').first()).toBeVisible();
});

test('a queue that is dragged into another node’s box is at home there', async ({ page }) => {
  await openScenario(page, 'cluster-classic');
  const queue = await partOf(page, 'far').boundingBox();
  const other = await partOf(page, 'near').boundingBox();
  if (!queue || !other) throw new Error('the queues are not on the screen');
  await page.mouse.move(queue.x + queue.width / 2, queue.y + queue.height / 2);
  await page.mouse.down();
  await page.mouse.move(other.x + other.width / 2, other.y + other.height * 2.2, { steps: 12 });
  await page.mouse.up();
  // The node that it was in stops, and that does not concern it any more.
  await deed(page, page.getByText('rabbit-2', { exact: true }).first(), 'Stop in good order');
  await page.getByRole('tab', { name: 'Facts' }).click();
  await expect(page.getByText('rabbit-2 is stopped in good order').first()).toBeVisible();
  await expect(partOf(page, 'far')).toHaveAccessibleName('queue far, 0 ready, 0 unacknowledged');
});
