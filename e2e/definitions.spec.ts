import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { largeDefinitions } from '../src/formats/rabbitmq/random.testkit.ts';
import { expectKept, expectState, openScenario, partOf, rename, watchPage } from './support.ts';

const SECRET = 'hash-that-nobody-may-keep';
const WORDS = {
  en: {
    file: 'Open a file',
    vhost: 'Virtual host',
    version: 'Version to check against',
    open: 'Open',
    export: 'Export definitions.json',
    find: /Name of a broker/,
  },
  'zh-CN': {
    file: '打开文件',
    vhost: '虚拟主机（vhost）',
    version: '按哪个版本检查',
    open: '打开',
    export: '导出 definitions.json',
    find: /broker、客户端/,
  },
} as const;
type Words = (typeof WORDS)['en' | 'zh-CN'];

/** As `rabbitmqctl export_definitions` of 3.13 writes it. */
const SHOP = {
  rabbit_version: '3.13.7',
  rabbitmq_version: '3.13.7',
  users: [
    { name: 'guest', password_hash: SECRET, hashing_algorithm: 'rabbit_password_hashing_sha256', tags: ['administrator'], limits: {} },
  ],
  vhosts: [
    { name: '/', limits: [] },
    { name: 'shop', limits: [], metadata: { default_queue_type: 'classic' } },
  ],
  permissions: [{ user: 'guest', vhost: '/', configure: '.*', write: '.*', read: '.*' }],
  parameters: [{ vhost: 'shop', component: 'shovel', name: 's', value: { 'src-uri': `amqp://u:${SECRET}@host` } }],
  policies: [
    {
      vhost: 'shop',
      name: 'short',
      pattern: '^work',
      'apply-to': 'queues',
      priority: 1,
      definition: { 'message-ttl': 60_000, 'ha-mode': 'all' },
    },
  ],
  exchanges: [{ vhost: 'shop', name: 'orders', type: 'topic', durable: true, auto_delete: false, internal: false, arguments: {} }],
  queues: [
    { vhost: '/', name: 'elsewhere', durable: true, auto_delete: false, arguments: {} },
    { vhost: 'shop', name: 'work', durable: true, auto_delete: false, arguments: { 'x-max-length': 10 } },
    { vhost: 'shop', name: '<b>lazy</b>', durable: false, auto_delete: false, arguments: { 'x-queue-mode': 'lazy' } },
  ],
  bindings: [{ vhost: 'shop', source: 'orders', destination: 'work', destination_type: 'queue', routing_key: 'order.*', arguments: {} }],
};

async function openFile(page: Page, words: Words, name: string, content: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: words.file }).click()]);
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
}

async function download(page: Page, start: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), start()]);
  return readFileSync(await file.path(), 'utf8');
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').fill(name);
  await page.keyboard.press('Enter');
}

for (const lang of ['en', 'zh-CN'] as const) {
  test(`a broker’s definitions are looked through, drawn, saved without secrets and exported, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    const { complaints } = watchPage(page);
    await openScenario(page, 'hello', { lang });
    await openFile(page, words, 'shop.json', JSON.stringify(SHOP));

    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel(words.vhost)).toHaveValue('shop');
    await expect(dialog.getByLabel(words.vhost).getByRole('option')).toHaveCount(2);
    await expect(dialog.getByLabel(words.version)).toHaveValue('3.13');
    await expect(dialog.locator('[data-found=rule]')).toHaveCount(0);
    await dialog.getByLabel(words.version).selectOption('4.3');
    const rules = dialog.locator('[data-found=rule]');
    await expect(rules.getByText('queues[2].durable')).toBeVisible();
    await expect(rules.getByText('queues[2].arguments["x-queue-mode"]')).toBeVisible();
    await expect(rules.getByText('policies[0].definition["ha-mode"]')).toBeVisible();
    await expect(dialog.locator('[data-found=note]').getByText('users', { exact: true })).toBeVisible();
    // Nothing has changed before it is said.
    await expect(partOf(page, 'elsewhere')).toHaveCount(0);
    await dialog.getByRole('button', { name: words.open, exact: true }).click();

    await expect(partOf(page, 'work')).toBeVisible();
    await expect(partOf(page, '<b>lazy</b>')).toBeVisible();
    await expect(partOf(page, 'elsewhere')).toHaveCount(0);
    await expectState(page, 'paused');

    const saved = await download(page, () => page.keyboard.press('ControlOrMeta+s'));
    expect(saved).not.toContain(SECRET);
    expect(saved).not.toContain('guest');
    expect(saved).toContain('"message-ttl": 60000');

    const exported = JSON.parse(await download(page, () => command(page, words.export)));
    expect(exported.vhosts).toEqual([{ name: 'shop' }]);
    expect(exported.bindings).toEqual(SHOP.bindings);
    expect(exported.queues[0].arguments).toEqual({ 'x-max-length': 10 });
    // What 4.x does not know any more is gone from it.
    expect(exported.policies).toEqual([{ ...SHOP.policies[0], definition: { 'message-ttl': 60_000 } }]);
    expect(Object.keys(exported)).not.toContain('users');
    expect(complaints).toEqual([]);
  });
}

test('opening definitions leaves earlier work to go back to', async ({ page }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'my own');
  await expectKept(page, 'my own');
  await openFile(page, WORDS.en, 'shop.json', JSON.stringify(SHOP));
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(partOf(page, 'work')).toBeVisible();
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await expect(partOf(page, 'my own')).toBeVisible();
});

test('a part among two thousand is found by its name, and the drawing plays', async ({ page }) => {
  await openScenario(page, 'hello');
  await openFile(page, WORDS.en, 'large.json', JSON.stringify(largeDefinitions(2_000, 6_000)));
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('button', { name: /large · / })).toBeVisible();
  // From afar all of it is a picture; what one looks for becomes a part that has the focus.
  await expect(page.locator('[data-painted]')).toHaveAttribute('data-painted', '2040');
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('combobox', { name: WORDS.en.find }).fill('queue-1777');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const found = partOf(page, 'service-17.queue-1777');
  await expect(found).toBeFocused();
  const [box, whole] = [await found.boundingBox(), await page.getByRole('application').boundingBox()];
  const middle = (rect: typeof box) => ({ x: (rect?.x ?? 0) + (rect?.width ?? 0) / 2, y: (rect?.y ?? 0) + (rect?.height ?? 0) / 2 });
  expect(Math.abs(middle(box).x - middle(whole).x)).toBeLessThan(8);
  expect(Math.abs(middle(box).y - middle(whole).y)).toBeLessThan(8);
  // Far away again, only the queue and the three exchanges that bind it are drawn in full.
  await page.keyboard.press('F');
  await expect(page.locator('[data-painted]')).toHaveAttribute('data-painted', '2036');
  await page.keyboard.press('Space');
  await expectState(page, /playing|ended/);
});
