import { expect, test } from '@playwright/test';
import { expectAccessible, openScenario, partOf } from './support.ts';

/** Each look through a page takes seconds on a small machine. */
test.describe.configure({ timeout: 180_000 });

for (const theme of ['light', 'dark'] as const) {
  test(`no barrier in a pair, in a card on the canvas and in the panels, ${theme}`, async ({ page }) => {
    await openScenario(page, 'fair-dispatch', { theme });
    await page.keyboard.press('Shift+ArrowRight');
    await expectAccessible(page, theme);
    await openScenario(page, 'topic-animals', { theme });
    for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight');
    await partOf(page, 'animals').focus();
    await page.keyboard.press('Enter');
    await expectAccessible(page, theme);
    await page.keyboard.press('Escape');
    for (const tab of ['Story', 'Node', 'Facts', 'Charts']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page, theme);
    }
  });

  test(`no barrier in dialogs and on the page of a broken link, ${theme}`, async ({ page }) => {
    await openScenario(page, 'hello', { theme });
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, theme);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Choose another/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, theme);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+f');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, theme);
    await page.keyboard.press('Escape');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('ControlOrMeta+o')]);
    const definitions = { vhosts: [{ name: '/' }], queues: [{ vhost: '/', name: 'q', durable: false, arguments: { a: null } }] };
    await chooser.setFiles({ name: 'definitions.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(definitions)) });
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, theme);
    await page.goto(`./?lang=en&theme=${theme}#broken`);
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page, theme);
  });
}
