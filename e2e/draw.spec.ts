import { expect, test } from '@playwright/test';
import { narrator, openScenario, partOf, readRun, runToEnd } from './support.ts';

test('a drawing made by hand with palette and handles runs', async ({ page }) => {
  await openScenario(page, 'hello');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'An empty page' })).toBeVisible();

  // The broker by dragging, the rest by a click each.
  const canvas = page.getByRole('application');
  await page.getByRole('button', { name: 'Add RabbitMQ broker' }).dragTo(canvas, { targetPosition: { x: 350, y: 250 } });
  await expect(partOf(page, 'rabbit-1')).toBeVisible();
  await page.getByRole('button', { name: 'Add fanout exchange' }).click();
  await page.getByRole('button', { name: 'Add queue' }).click();
  await page.getByRole('button', { name: 'Add producer' }).click();
  await page.getByRole('button', { name: 'Add consumer' }).click();
  await page.getByRole('button', { name: 'Arrange automatically' }).click();

  for (const [from, to] of [
    ['producer-1', 'exchange-1'],
    ['exchange-1', 'queue-1'],
    ['queue-1', 'consumer-1'],
  ] as const) {
    const line = page.getByRole('group', { name: new RegExp(` from ${from} to ${to}`) });
    // A layout may still be settling under the hand: then one draws again.
    await expect(async () => {
      await partOf(page, from).hover();
      const handle = partOf(page, from)
        .locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " react-flow__node ")]')
        .locator('.react-flow__handle.source');
      const target = await partOf(page, to).boundingBox();
      if (!target) throw new Error(`${to} is not on the screen`);
      await handle.hover();
      await page.mouse.down();
      await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 });
      await page.mouse.up();
      await expect(line).toHaveCount(1, { timeout: 1_000 });
    }).toPass();
  }
  await runToEnd(page);
  await page.getByText('consumer-1', { exact: true }).first().click();
  await expect(page.getByRole('term').filter({ hasText: 'finished' })).toBeVisible();
  await expect(page.getByRole('definition').nth(0)).not.toHaveText('0');
});

test('a line that means nothing says why and offers what would do', async ({ page }) => {
  await openScenario(page, 'hello');
  await partOf(page, 'sender').focus();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.getByText('receiver').first().click();
  await expect(page.getByText('A producer does not know any consumer')).toBeVisible();
});

test('rename, duplicate, copy, delete, undo and redo are whole actions', async ({ page }) => {
  await openScenario(page, 'hello');
  const start = (await readRun(page)).digest;
  await partOf(page, 'receiver').click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('<b>worker</b>');
  await page.keyboard.press('Enter');
  await expect(partOf(page, '<b>worker</b>')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(partOf(page, 'receiver')).toBeVisible();

  await partOf(page, 'receiver').click();
  await page.keyboard.press('ControlOrMeta+d');
  const consumers = page.getByRole('application').getByRole('group', { name: /^consumer / });
  await expect(consumers).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(consumers).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(consumers).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(consumers).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(consumers).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');

  // Several at once, and through the clipboard.
  await partOf(page, 'hello').click();
  await partOf(page, 'receiver').click({ modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+c');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(consumers).toHaveCount(2);
  await expect(page.getByRole('application').getByRole('group', { name: /^queue / })).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(consumers).toHaveCount(1);
  expect((await readRun(page)).digest).toBe(start);
});

test('moving a part changes the drawing and not the run', async ({ page }) => {
  await openScenario(page, 'hello');
  await page.keyboard.press('ArrowRight');
  const before = await readRun(page);
  const box = await partOf(page, 'receiver').boundingBox();
  if (!box) throw new Error('not on the screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2 + 70, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await partOf(page, 'receiver').boundingBox())?.y).toBeGreaterThan(box.y + 50);
  expect((await readRun(page)).digest).toBe(before.digest);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => Math.round((await partOf(page, 'receiver').boundingBox())?.y ?? 0)).toBe(Math.round(box.y));
});

test('the essentials are edited where they are: prefetch on the consumer, the key on the line', async ({ page }) => {
  await openScenario(page, 'direct-levels');
  await partOf(page, 'archive').dblclick();
  const card = page.getByRole('dialog');
  await card.getByRole('textbox', { name: 'Prefetch' }).fill('3');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await runToEnd(page);
  await expect(partOf(page, 'archive')).toContainText('prefetch 0/3');
  await page.keyboard.press('Home');
  const line = page.getByRole('group', { name: /binding from levels to errors/ });
  await line.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Binding key' }).fill('info');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: /binding from levels to errors.*info/ })).toHaveCount(1);
  await page.keyboard.press('Shift+ArrowRight');
  await expect(narrator(page)).not.toBeEmpty();
});
