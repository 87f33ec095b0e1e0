import { expect, type Page, test } from '@playwright/test';
import { expectState, narrator, openScenario, partOf, readRun } from './support.ts';

/** Visible words of two or more Latin words in a row that are no names of the scenario and no protocol terms. */
async function englishOn(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (element?.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('code, [data-thing], script, style'))
        found.push(node.textContent?.trim() ?? '');
    }
    return found;
  });
  return texts.filter((text) => /^[A-Za-z][A-Za-z,.’' -]* [A-Za-z,.’' -]+$/.test(text) && !/^(RabbitMQ|AMQP|Queuescope)/.test(text));
}

test.describe('a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });
  test('gets Chinese everywhere, and can switch', async ({ page }) => {
    await page.goto('./?scenario=topic-animals');
    await expectState(page, /playing|paused/);
    await page.keyboard.press('Space');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await page.keyboard.press('Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
    await expect(narrator(page)).toContainText(/发布|送往|投递|确认/);
    expect(await englishOn(page)).toEqual([]);
    await page.getByText('animals', { exact: true }).first().click();
    await expect(page.getByText('备用交换机').first()).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
    await page.getByRole('tab', { name: '事实' }).click();
    expect(await englishOn(page)).toEqual([]);
    await page
      .getByRole('button', { name: 'Switch to English' })
      .or(page.getByRole('button', { name: 'EN', exact: true }))
      .first()
      .click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.goto('./?scenario=hello');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('light, dark and the system’s theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./?scenario=hello&lang=en');
  await expectState(page, /playing|paused/);
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto('./?scenario=hello&lang=en&theme=light');
  await expectState(page, /playing|paused/);
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(light).not.toBe(dark);
});

test.describe('a phone held upright', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('shows drawing, narrator and transport without sideways scrolling', async ({ page }) => {
    await openScenario(page, 'hello', { lang: 'zh-CN' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expect(partOf(page, 'receiver')).toBeInViewport();
    const before = await readRun(page);
    await page
      .getByRole('button', { name: '下一个事实' })
      .or(page.getByRole('button', { name: /下一/ }))
      .first()
      .tap();
    await expect.poll(async () => (await readRun(page)).digest).not.toBe(before.digest);
    await expect(narrator(page)).not.toBeEmpty();
  });
});

test.describe('a tablet', () => {
  test.use({ viewport: { width: 820, height: 1180 }, hasTouch: true });
  test('can edit', async ({ page }) => {
    await openScenario(page, 'hello');
    await page.getByRole('button', { name: 'Add consumer' }).tap();
    await expect(partOf(page, 'consumer-1')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(820);
  });
});

test('reduced motion is honoured: nothing glides on, the run still plays', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./?scenario=hello&lang=en');
  await expectState(page, /playing|paused/);
  const animations = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
  expect(animations).toBe(0);
});
