import { expect, type Page, test } from '@playwright/test';
import { openScenario, partOf, readRun, runToEnd } from './support.ts';

/** Walks with Tab until what has the focus is called this. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (name.test(label)) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}

async function connectTo(page: Page, from: string, to: string): Promise<void> {
  await partOf(page, from).focus();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await tabTo(page, new RegExp(`^${to}`));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('group', { name: new RegExp(` from .*${from}.* to `) })).not.toHaveCount(0);
}

test('hello is built, run and shared without a mouse', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'topic-animals');
  await tabTo(page, /^New$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'An empty page' })).toBeVisible();
  for (const [part, name] of [
    ['RabbitMQ broker', 'rabbit-1'],
    ['queue', 'queue-1'],
    ['producer', 'producer-1'],
    ['consumer', 'consumer-1'],
  ] as const) {
    await page.getByRole('button', { name: `Add ${part}` }).focus();
    await page.keyboard.press('Enter');
    // What is new gets the focus: Enter would open it from here on.
    await expect(partOf(page, name)).toBeFocused();
  }
  await partOf(page, 'queue-1').focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(partOf(page, 'hello')).toBeVisible();
  // From the producer to the queue: refused, with the default exchange as the way out.
  await partOf(page, 'producer-1').focus();
  await page.keyboard.press('c');
  await expect(page.getByText('A producer never writes into a queue')).toBeVisible();
  await tabTo(page, /Go through the default exchange/);
  await page.keyboard.press('Enter');
  await expect(partOf(page, '(AMQP default)')).toBeVisible();
  await connectTo(page, 'hello', 'consumer-1');
  await partOf(page, 'producer-1').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect.poll(async () => (await readRun(page)).state).toBe('playing');
  await page.keyboard.press('Space');
  await page.keyboard.press('End');
  await expect.poll(async () => (await readRun(page)).state).toBe('ended');
  const end = await readRun(page);
  await tabTo(page, /^Share$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Copy link$/);
  await page.keyboard.press('Enter');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#');
  const other = await context.newPage();
  await other.goto(link);
  await expect(partOf(other, 'hello')).toBeVisible();
  await runToEnd(other);
  expect((await readRun(other)).digest).toBe(end.digest);
});
