import { expect, test } from '@playwright/test';

const LOG = './?lang=en&scenario=keys-partitions';
const QUEUES = './?lang=en&scenario=direct-levels';

test('a drawing of Kafka is spoken of in Kafka’s words', async ({ page }) => {
  await page.goto(LOG);
  await page.getByRole('button', { name: 'Next turn of events' }).click();
  await page.getByRole('tab', { name: 'Facts' }).click();
  const kinds = page.getByRole('combobox', { name: 'Kind' });
  await expect(kinds.getByRole('option', { name: 'Groups and offsets' })).toBeAttached();
  await expect(kinds.getByRole('option', { name: 'Routing decisions' })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Node' }).click();
  const colour = page.getByRole('combobox', { name: 'Colour messages by' });
  await expect(colour.getByRole('option')).toHaveText(['Key', 'Partition', 'Producer', 'Message']);
  await expect(page.getByText('inside')).toHaveCount(0);
  await colour.selectOption({ label: 'Partition' });
  await expect(colour).toHaveValue('lane');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help' }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByText('the copy of a partition that leads')).toBeVisible();
  await expect(help.getByText(/prefetch|binding|routing/i)).toHaveCount(0);
});

test('and one of RabbitMQ in RabbitMQ’s', async ({ page }) => {
  await page.goto(QUEUES);
  await page.getByRole('button', { name: 'Next turn of events' }).click();
  await page.getByRole('tab', { name: 'Node' }).click();
  const colour = page.getByRole('combobox', { name: 'Colour messages by' });
  await expect(colour.getByRole('option')).toHaveText(['Routing key', 'Producer', 'Message']);
  await expect(page.getByRole('textbox', { name: 'Hop inside the broker' })).toBeVisible();
  await page.getByRole('button', { name: 'Help' }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByText('a binding that matched')).toBeVisible();
  await expect(help.getByText('the copy of a partition that leads')).toHaveCount(0);
});
