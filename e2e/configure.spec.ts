import { expect, test } from '@playwright/test';
import { openScenario, partOf, readRun, runToEnd } from './support.ts';

test('a value that makes no sense is refused beside its field and changes nothing', async ({ page }) => {
  await openScenario(page, 'hello');
  const { digest } = await runToEnd(page);
  await page.keyboard.press('Home');
  await page.getByText('sender', { exact: true }).first().click();
  const every = page.getByRole('textbox', { name: 'One message every' });
  await every.fill('0');
  await every.press('Enter');
  await expect(every).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('This must be from 1 to 3600000.').or(page.getByText('This must be from 1 to 3,600,000.'))).toBeVisible();
  await every.fill('NaN');
  await every.press('Enter');
  await expect(every).toHaveAttribute('aria-invalid', 'true');
  await every.press('Escape');
  expect((await runToEnd(page)).digest).toBe(digest);
  await page.keyboard.press('Home');
  await page.getByText('sender', { exact: true }).first().click();
  await every.fill('500');
  await every.press('Enter');
  await expect(partOf(page, 'sender')).toContainText('every 0.5 s');
  expect((await runToEnd(page)).digest).not.toBe(digest);
});

test('several templates in turn, headers and mandatory: what cannot be routed comes back', async ({ page }) => {
  await openScenario(page, 'hello');
  await page.getByText('sender', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Add one more' }).click();
  const second = page.getByRole('group', { name: 'Messages in turn' }).getByRole('listitem').nth(1);
  await second.getByRole('textbox', { name: 'Routing key' }).fill('nowhere');
  await second.getByRole('textbox', { name: 'Routing key' }).press('Enter');
  await second.getByRole('switch', { name: 'Mandatory' }).click();
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Facts' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'What got lost or removed' });
  await expect(page.getByRole('button', { name: /nowhere|returned|comes back|goes back/ }).first()).toBeVisible();
});

test('a consumer that acknowledges automatically, and a queue with arguments', async ({ page }) => {
  await openScenario(page, 'hello');
  await page.getByText('receiver', { exact: true }).first().click();
  await page.getByRole('combobox', { name: 'Acknowledges' }).selectOption({ label: 'automatically, on sending' });
  await expect(partOf(page, 'receiver')).toContainText('auto ack');
  await partOf(page, 'hello').click({ position: { x: 8, y: 8 } });
  await expect(page.getByRole('heading', { name: 'queue', exact: true })).toBeVisible();
  await page.getByText('More', { exact: true }).last().click();
  await page.getByRole('group', { name: 'Arguments' }).getByRole('button', { name: 'Add entry' }).click();
  await page.getByRole('group', { name: 'Arguments' }).getByRole('textbox').first().fill('x-single-active-consumer');
  const value = page.getByRole('group', { name: 'Arguments' }).getByRole('textbox').nth(1);
  await value.fill('true');
  await value.press('Enter');
  // A text is not yes or no: the broker's own words say so.
  await expect(page.getByText(/PRECONDITION_FAILED - invalid arg 'x-single-active-consumer'/).first()).toBeVisible();
  await page.getByRole('group', { name: 'Arguments' }).getByRole('combobox', { name: 'Type' }).selectOption({ label: 'yes/no' });
  await runToEnd(page);
  await expect(page.getByRole('term').filter({ hasText: 'single active consumer' })).toBeVisible();
  expect((await readRun(page)).state).toBe('ended');
});
