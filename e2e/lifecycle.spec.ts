import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible, openScenario, partOf, readRun } from './support.ts';

const WORDS = {
  en: {
    chart: (name: string, state: string) => new RegExp(`^Life cycle of ${name}.*: now ${state}$`),
    published: 'published',
    routed: 'routed',
    ready: 'ready',
    unacked: 'unacked',
    acked: 'acked',
    crashed: 'crashed',
    idle: 'idle',
    goTo: (time: string, state: string) => new RegExp(`^Go to ${time} s: ${state}`),
    path: 'The way so far',
    process: /^Process/,
    channel: /^Channel 1/,
    section: 'Life cycle',
    enlarge: 'Enlarge the drawing',
    node: 'Node',
  },
  'zh-CN': {
    chart: (name: string, state: string) => new RegExp(`^${name}.*的生命周期：现在是“${state}”$`),
    published: '已发布',
    routed: '已路由',
    ready: '就绪 ready',
    unacked: '未确认 unacked',
    acked: '已确认',
    crashed: '已崩溃',
    idle: '空闲',
    goTo: (time: string, state: string) => new RegExp(`^跳到 ${time} s：${state}`),
    path: '至今的路径',
    process: /^进程/,
    channel: /^信道 1/,
    section: '生命周期',
    enlarge: '放大此图',
    node: '节点',
  },
} as const;

const LANGUAGES = ['en', 'zh-CN'] as const;

/** Steps until the drawing says so: a step may change nothing about this life. */
async function stepUntil(page: Page, key: 'ArrowRight' | 'ArrowLeft', chart: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(chart).toBeVisible({ timeout: 400 });
  }).toPass({ intervals: [20] });
}

async function openStory(page: Page, lang: (typeof LANGUAGES)[number], theme: 'light' | 'dark' = 'light'): Promise<void> {
  await openScenario(page, 'ack-crash', { lang, theme });
  // The first step publishes it.
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^m1 / }).click();
}

for (const lang of LANGUAGES) {
  const words = WORDS[lang];
  const life = (page: Page, state: string, name = 'm1') => page.getByRole('img', { name: words.chart(name, state) });

  test(`a message’s life cycle shows where it is, forwards and backwards, ${lang}`, async ({ page }) => {
    await openStory(page, lang);
    await expect(life(page, words.published)).toBeVisible();
    const lit = page.locator('svg [data-state="lit"]');
    for (const state of [words.routed, words.unacked]) {
      await stepUntil(page, 'ArrowRight', life(page, state));
      await expect(lit).toHaveText(state);
    }
    for (const state of [words.routed, words.published]) {
      await stepUntil(page, 'ArrowLeft', life(page, state));
      await expect(lit).toHaveText(state);
    }
  });

  test(`the way through the chart is told in words, each leading to its time, ${lang}`, async ({ page }) => {
    await openStory(page, lang);
    const path = page.getByRole('list', { name: words.path });
    await path.getByRole('button', { name: words.goTo('3.600', words.acked) }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await readRun(page)).micros).toBe(3_600_000);
    await expect(life(page, words.acked)).toBeVisible();
    await expect(path.getByRole('listitem')).toHaveCount(5);
    await expect(path.locator('[aria-current="step"]')).toContainText(words.acked);
    // The other copy was done with as soon as it was sent.
    await page
      .getByRole('button', { name: /^automatic/ })
      .last()
      .click();
    await expect(life(page, words.acked, 'm1')).toBeVisible();
    await path.getByRole('button', { name: words.goTo('0.800', words.ready) }).click();
    await expect.poll(async () => (await readRun(page)).micros).toBe(800_000);
  });

  test(`a consumer has a life as subscriber, as process and on its channel, ${lang}`, async ({ page }) => {
    await openScenario(page, 'ack-crash', { lang });
    await partOf(page, 'acks after work').click();
    await page.getByRole('tab', { name: words.node }).click();
    await page.getByRole('button', { name: words.process }).click();
    await expect(life(page, words.idle, '')).toBeVisible();
    await page.getByRole('button', { name: words.goTo('4.000', words.crashed) }).click();
    await expect(life(page, words.crashed, '')).toBeVisible();
    await page.getByRole('button', { name: words.channel }).click();
    await expect(life(page, words.crashed, '')).toHaveCount(0);
    await expect(page.getByRole('list', { name: words.path }).getByRole('button').first()).toBeVisible();
  });

  test(`it is shown large, and folded away for good, ${lang}`, async ({ page }) => {
    await openStory(page, lang);
    await page.getByRole('button', { name: words.enlarge }).click();
    const dialog = page.getByRole('dialog', { name: new RegExp(words.section) });
    await dialog.getByRole('button', { name: words.goTo('0.800', words.unacked) }).click();
    await expect(dialog.getByRole('img', { name: words.chart('m1', words.unacked) })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByText(words.section, { exact: true }).click();
    await expect(page.getByRole('list', { name: words.path })).toHaveCount(0);
    await partOf(page, 'acks after work').click();
    await page.getByRole('tab', { name: words.node }).click();
    await expect(page.getByText(words.section, { exact: true })).toBeVisible();
    await expect(page.getByRole('list', { name: words.path })).toHaveCount(0);
  });
}

for (const theme of ['light', 'dark'] as const)
  test(`no barrier in a life cycle, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await openStory(page, 'en', theme);
    await page
      .getByRole('list', { name: WORDS.en.path })
      .getByRole('button', { name: WORDS.en.goTo('0.800', 'unacked') })
      .click();
    await expectAccessible(page, theme);
    await page.getByRole('button', { name: WORDS.en.enlarge }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, theme);
    await page.keyboard.press('Escape');
    await partOf(page, 'acks after work').click();
    await page.getByRole('tab', { name: 'Node' }).click();
    await expect(page.getByRole('list', { name: WORDS.en.path })).toBeVisible();
    await expectAccessible(page, theme);
  });
