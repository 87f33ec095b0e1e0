import { expect, type Page, test } from '@playwright/test';
import { openScenario, partOf, readRun, runToEnd } from './support.ts';

const WORDS = {
  en: {
    topic: /^topic orders/,
    partitions: 'Partitions',
    replicas: 'Replicas',
    fewer: /“orders” has 3 partitions.*INVALID_PARTITIONS.*“Changes hold”/,
    tooMany: /INVALID_REPLICATION_FACTOR/,
    fixed: /was settled when it was created/,
    fromStart: 'from the start',
    undo: /^Undo/,
  },
  'zh-CN': {
    topic: /^主题 orders/,
    partitions: '分区数',
    replicas: '副本数',
    fewer: /“orders”已有 3 个分区.*INVALID_PARTITIONS.*“修改何时生效”/,
    tooMany: /INVALID_REPLICATION_FACTOR/,
    fixed: /创建时就定了/,
    fromStart: '从头开始',
    undo: /^撤销/,
  },
} as const;

async function somewhere(page: Page): Promise<void> {
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await readRun(page)).micros).toBeGreaterThan(0);
}

for (const lang of ['en', 'zh-CN'] as const)
  test(`what a cluster at work would not take is refused beside its field, and changes nothing, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'keys-partitions', { lang });
    await somewhere(page);
    await page.getByText('orders', { exact: true }).first().click();
    const partitions = page.getByRole('textbox', { name: words.partitions });
    await expect(partitions).toHaveValue('3');
    await partitions.fill('2');
    await expect(page.getByRole('alert').filter({ hasText: words.fewer })).toBeVisible();
    await expect(partitions).toHaveAttribute('aria-invalid', 'true');
    await partitions.press('Enter');
    await expect(page.getByRole('button', { name: words.undo })).toBeDisabled();
    await partitions.press('Escape');
    await expect(partitions).toHaveValue('3');
    await partitions.press('ArrowDown');
    await expect(page.getByRole('alert').filter({ hasText: words.fewer })).toBeVisible();
    await expect(page.getByRole('button', { name: words.undo })).toBeDisabled();
    await partitions.press('Escape');

    const replicas = page.getByRole('textbox', { name: words.replicas });
    const before = await replicas.inputValue();
    await replicas.fill('9');
    await expect(page.getByRole('alert').filter({ hasText: words.tooMany })).toBeVisible();
    await replicas.press('Enter');
    await replicas.press('Escape');
    await expect(replicas).toHaveValue(before);
    await expect(page.getByRole('button', { name: words.undo })).toBeDisabled();
  });

test('more partitions are taken while the run goes on, and fewer from the start', async ({ page }) => {
  await openScenario(page, 'keys-partitions');
  await somewhere(page);
  await page.getByText('orders', { exact: true }).first().click();
  const partitions = page.getByRole('textbox', { name: 'Partitions' });
  await partitions.fill('5');
  await partitions.press('Enter');
  // What was set at this very moment may be taken back.
  await partitions.fill('4');
  await expect(partitions).not.toHaveAttribute('aria-invalid');
  await partitions.press('Enter');
  await runToEnd(page);
  await expect(partOf(page, 'orders')).toHaveAccessibleName(/3: leader/);
  await page.getByRole('radio', { name: 'from the start' }).last().check({ force: true });
  await partitions.fill('2');
  await expect(partitions).not.toHaveAttribute('aria-invalid');
});
