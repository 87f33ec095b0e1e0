import { expect, test } from '@playwright/test';
import { deed, expectDigest, expectState, narrator, openScenario, partOf, readRun, runToEnd, watchPage } from './support.ts';

/* The main ways once more, for those who read Chinese. */
const open = (page: Parameters<typeof openScenario>[0], id: string) => openScenario(page, id, { lang: 'zh-CN' });

test('画图、改名、撤销，然后运行', async ({ page }) => {
  const { complaints } = watchPage(page);
  await open(page, 'hello');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await expect(page.getByRole('heading', { name: '空白页' })).toBeVisible();
  for (const part of ['RabbitMQ broker', 'fanout 交换机', '队列', '生产者', '消费者'])
    await page.getByRole('button', { name: `添加：${part}`, exact: true }).click();
  for (const [from, to] of [
    ['producer-1', 'exchange-1'],
    ['exchange-1', 'queue-1'],
    ['queue-1', 'consumer-1'],
  ] as const) {
    await partOf(page, from).focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByRole('button', { name: to }).press('Enter');
    await expect(page.getByRole('group', { name: new RegExp(`从 ${from} 到 ${to}`) })).toHaveCount(1);
  }
  await partOf(page, 'queue-1').focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('订单');
  await page.keyboard.press('Enter');
  await expect(partOf(page, '订单')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(partOf(page, 'queue-1')).toBeVisible();
  await runToEnd(page);
  await expect(partOf(page, 'queue-1')).toContainText('就绪');
  expect(complaints).toEqual([]);
});

test('不合理的值在字段旁被拒绝；不合理的连线说明原因和办法', async ({ page }) => {
  await open(page, 'hello');
  await page.getByText('sender', { exact: true }).first().click();
  const every = page.getByRole('textbox', { name: '间隔' });
  await every.fill('0');
  await every.press('Enter');
  await expect(every).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText(/取值范围是 1 到/)).toBeVisible();
  await every.press('Escape');
  await partOf(page, 'sender').focus();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByText('receiver').first().click();
  await expect(page.getByText('生产者不认识任何消费者')).toBeVisible();
});

test('单步、干预、收回，前后走都一样', async ({ page }) => {
  await open(page, 'fanout-logs');
  const original = await runToEnd(page);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: /^下一个要点/ }).click();
  await expect(narrator(page)).toContainText(/\p{Script=Han}/u);
  await deed(page, partOf(page, 'logger'), /手动发布|发布/);
  await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
  await deed(page, partOf(page, 'writes to disk'), '崩溃');
  await expect(partOf(page, 'writes to disk')).toContainText('已崩溃');
  expect((await runToEnd(page)).digest).not.toBe(original.digest);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await runToEnd(page);
  await expectDigest(page, original.digest);
});

test('问为什么：消息经历、节点、事实', async ({ page }) => {
  await open(page, 'topic-animals');
  await runToEnd(page);
  await page.getByRole('button', { name: /^m1 / }).click();
  await page
    .getByRole('button', { name: /^为什么？animals/ })
    .first()
    .click();
  await expect(page.getByText(/绑定|匹配/).last()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByText('Q1', { exact: true }).first().click();
  await expect(page.getByRole('term').filter({ hasText: '就绪' })).toBeVisible();
  await page.getByRole('tab', { name: '事实' }).click();
  await page.getByRole('textbox', { name: '消息' }).fill('2');
  await expect(page.getByRole('region', { name: '事实' }).getByRole('button').filter({ hasText: 'm2' }).first()).toBeVisible();
});

test('分享的链接在另一个浏览器里打开同一次运行，成对的也一样', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'fair-dispatch');
  await expect(page.getByRole('region', { name: /对比/ })).toContainText(/完成/);
  const end = await runToEnd(page);
  await page.getByRole('button', { name: '分享' }).click();
  await page.getByRole('button', { name: '复制链接' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const profile = await browser.newContext({ locale: 'zh-CN' });
  const other = await profile.newPage();
  await other.goto(link);
  await expectState(other, /playing|paused/);
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(other.getByRole('application')).toHaveCount(2);
  expect((await runToEnd(other)).digest).toBe(end.digest);
  await profile.close();
  await page.goto(`./?lang=zh-CN${link.slice(link.indexOf('#'), -30)}`);
  await expect(page.getByRole('alert')).toContainText(/链接/);
  await expect(page.getByRole('alert')).not.toContainText(/problem\.|remedy\./);
});
