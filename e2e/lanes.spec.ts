import { expect, type Page, test } from '@playwright/test';
import { micros } from '../src/base/index.ts';
import { DEFAULT_SETTINGS, encodeLink, type Part, type Run } from '../src/scenario/index.ts';
import { expectState, watchPage } from './support.ts';

const part = (id: string, kind: string, x: number, y: number, more: Partial<Part> = {}): Part => ({
  id,
  kind: `kafka/${kind}`,
  name: id,
  x,
  y,
  config: {},
  ...more,
});

/** A topic in two brokers, a producer, and a group that a third consumer joins at 8 s. */
function groupRun(): Run {
  const parts = [
    part('broker-1', 'broker', 420, 180, { width: 400, height: 280 }),
    part('orders', 'topic', 430, 190, { parent: 'broker-1', config: { replicationFactor: 2 } }),
    part('broker-2', 'broker', 420, 480, { width: 400, height: 280 }),
    part('copy', 'replica', 430, 490, { name: 'orders', parent: 'broker-2' }),
    part('shop', 'producer', 80, 300, { config: { everyMillis: 200, templates: [{ key: 'ann' }, { key: 'bob' }, { key: 'eve' }] } }),
    part('billing', 'group', 850, 330, { width: 260, height: 480 }),
    part('c-1', 'consumer', 850, 250, { parent: 'billing' }),
    part('c-2', 'consumer', 850, 370, { parent: 'billing' }),
    part('c-3', 'consumer', 850, 490, { parent: 'billing' }),
    part('audit', 'consumer', 1_150, 330),
  ];
  const lines = [
    { id: 'l1', kind: 'kafka/produce', from: 'shop', to: 'orders', config: {} },
    { id: 'l2', kind: 'kafka/subscribe', from: 'orders', to: 'billing', config: {} },
  ];
  const settings = { ...DEFAULT_SETTINGS, latency: micros(200_000), until: micros(30_000_000) };
  const scenario = { from: '', title: 'group', intro: '', parts, lines, settings };
  return { scenario, seed: 1, engine: 1, interventions: [{ at: micros(8_000_000), verb: 'join', target: 'c-3', args: {} }] };
}

async function open(page: Page, seconds: number): Promise<void> {
  await page.goto(`./?lang=en&theme=light#${encodeLink(groupRun(), { time: micros(seconds * 1_000_000) })}`);
  await expect(page.locator('[data-state][data-time-micros]')).toHaveAttribute('data-digest', /./);
  await expectState(page, /paused/);
  await expect.poll(async () => Number(await page.locator('[data-time-micros]').getAttribute('data-time-micros'))).toBe(seconds * 1e6);
}

const thing = (page: Page, id: string) => page.locator(`[data-thing="${id}"]`);

async function middleOf(
  page: Page,
  id: string,
): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const box = await thing(page, id).boundingBox();
  if (!box) throw new Error(`${id} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 1; i <= 6; i++) await page.mouse.move(from.x + ((to.x - from.x) * i) / 6, from.y + ((to.y - from.y) * i) / 6);
  await page.mouse.up();
}

test('lanes tell what they hold, scroll, and lead to a message', async ({ page }) => {
  const { complaints } = watchPage(page);
  await open(page, 25);
  await expect(thing(page, 'orders')).toHaveAccessibleName(/3 requests wait, 3 partitions: 0: leader, 0 to \d+/);
  await expect(thing(page, 'copy')).toHaveAccessibleName(/0: follower, 0 to \d+/);
  // The first lane with records: its cells are in the upper part of the box.
  const box = await middleOf(page, 'orders');
  const top = box.y - box.height / 2 + box.height * 0.16;
  await page.mouse.move(box.x, top);
  await expect(page.getByText(/^orders-0 · offset \d+$/)).toBeVisible();
  const before = await page.getByText(/^orders-0 · offset \d+$/).textContent();
  await page.mouse.wheel(0, -300);
  await expect(page.getByText(/^orders-0 · offset \d+$/)).not.toHaveText(before ?? '');
  const zoom = page.locator('.react-flow__viewport');
  const style = await zoom.getAttribute('style');
  // Dragged inside, its cells move and the part does not.
  await drag(page, { x: box.x, y: top }, { x: box.x - 120, y: top });
  expect(await zoom.getAttribute('style')).toBe(style);
  expect((await middleOf(page, 'orders')).x).toBe(box.x);
  await page.mouse.click(box.x, top);
  await expect(page.getByRole('tab', { name: 'Story' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('heading', { name: /m\d+/ }).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a request that waits is named beside the pointer, and its name stays when it is clicked', async ({ page }) => {
  await open(page, 25);
  const box = await middleOf(page, 'orders');
  const said = 'Produce: shop → orders (broker-1) ×3';
  const hint = page.locator('[data-hint]', { hasText: said });
  // It stands left of the lanes, where its line ends.
  const at = { x: box.x - box.width / 2 - 8, y: box.y };
  await expect(async () => {
    for (const dy of [0, -8, 8, -16, 16]) {
      at.y = box.y + dy;
      await page.mouse.move(at.x, at.y);
      if (await hint.isVisible()) return;
    }
    throw new Error('Nothing is said');
  }).toPass({ timeout: 5_000 });
  await expect(hint).toContainText('waits until it is answered');
  await page.mouse.click(at.x, at.y);
  await page.mouse.move(at.x - 60, at.y - 120);
  await expect(hint).toBeVisible();
  await page.mouse.click(at.x - 60, at.y - 120);
  await expect(hint).toBeHidden();
  // With the keyboard, the part in focus says what comes, goes and waits there.
  await page.keyboard.press('Escape');
  await thing(page, 'orders').focus();
  await expect(hint).toBeVisible();
});

test('arrow keys scroll selected lanes and then lead on', async ({ page }) => {
  await open(page, 25);
  await page.getByText('orders', { exact: true }).first().click();
  await page.keyboard.press('Escape');
  await thing(page, 'orders').focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await expect(thing(page, 'orders')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(thing(page, 'orders')).toBeFocused();
  // Back to the end, and on to the neighbour.
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect(thing(page, 'orders')).not.toBeFocused();
});

test('a consumer is dropped into a group and out of it, and taken back', async ({ page }) => {
  await open(page, 5);
  // Sections lie in one another: the last is the one that the heading is of.
  const members = page
    .locator('section', { has: page.getByRole('heading', { name: 'Members' }) })
    .last()
    .getByRole('listitem');
  const look = async () => {
    await page.getByText('billing', { exact: true }).first().click();
    await page.getByRole('tab', { name: 'Node' }).click();
  };
  await look();
  await expect(members).toHaveCount(2);
  const group = await middleOf(page, 'billing');
  await drag(page, await middleOf(page, 'audit'), { x: group.x, y: group.y + group.height / 2 - 24 });
  await look();
  await expect(members).toHaveCount(3);
  await expect(members.last()).toContainText('audit');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(members).toHaveCount(2);
  await drag(page, await middleOf(page, 'c-1'), { x: group.x, y: group.y - group.height / 2 - 60 });
  await look();
  await expect(members).toHaveCount(1);
});

test('pauses are bands on the time line and rows in the panel', async ({ page }) => {
  await open(page, 20);
  await page.getByText('billing', { exact: true }).first().click();
  await page.getByRole('tab', { name: 'Node' }).click();
  await expect(page.getByRole('heading', { name: 'Pauses of readers' })).toBeVisible();
  await expect(page.getByRole('listitem', { name: /^Nobody read orders-./ })).toHaveCount(3);
  await page.locator('[class*="band"][style*="left"]').first().hover();
  await expect(page.getByRole('tooltip', { name: /billing: rebalance/ })).toBeVisible();
});

test('traffic can be left out, and stays so', async ({ page }) => {
  await open(page, 12);
  await page.getByRole('button', { name: 'Traffic shown' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Replication' }).click();
  await page.reload();
  await expect(page.locator('[data-state][data-time-micros]')).toHaveAttribute('data-digest', /./);
  await page.getByRole('button', { name: 'Traffic shown' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Replication' })).not.toBeChecked();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Heartbeats' })).toBeChecked();
});
