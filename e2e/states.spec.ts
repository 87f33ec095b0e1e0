import { expect, test } from '@playwright/test';
import { deed, openScenario, partOf } from './support.ts';

const WORDS = {
  en: {
    hang: /^Hang/,
    hangs: /, hangs$/,
    node: /^KRaft controller controller-9, active controller/,
    office: 'active controller',
    down: /, down/,
  },
  'zh-CN': { hang: /^卡住/, hangs: /，卡住了$/, node: /^KRaft 控制器 controller-9，活跃控制器/, office: '活跃控制器', down: /，已崩溃/ },
} as const;

for (const lang of ['en', 'zh-CN'] as const) {
  test(`a consumer that hangs does not look idle, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'group-sizes', { lang });
    const consumer = partOf(page, '2-a');
    const idle = await consumer.locator('svg').innerHTML();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await deed(page, consumer, words.hang);
    await expect(consumer).toHaveAccessibleName(words.hangs);
    expect(await consumer.locator('svg').innerHTML()).not.toBe(idle);
    // What hangs can't hang again, but comes to itself.
    await consumer.click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: words.hang })).toHaveCount(0);
  });

  test(`who decides for the cluster is seen, and what only decides is no broker, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'leader-dies', { lang });
    const controller = page.getByRole('application').getByRole('group', { name: words.node }).first();
    await expect(controller).toBeVisible();
    await expect(controller.getByText(words.office)).toBeVisible();
    const broker = partOf(page, 'kafka-1').first();
    await expect(broker.getByText(words.office)).toHaveCount(0);
    await deed(page, broker.getByText('kafka-1', { exact: true }), /^(Crash|让它崩溃|使其崩溃|崩溃)/);
    await expect(broker).toHaveAccessibleName(words.down);
  });
}
