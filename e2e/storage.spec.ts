import { expect, type Page, test } from '@playwright/test';
import { expectKept, openScenario, partOf, rename } from './support.ts';

const WORDS = {
  en: {
    full: 'The browser’s storage is full',
    blocked: 'The browser keeps nothing for this page',
    save: 'Save as a file',
    crash: 'Something in Queuescope broke',
    download: 'Download my work',
    resume: 'Try again',
  },
  'zh-CN': {
    full: '浏览器的存储空间满了',
    blocked: '浏览器不允许本页保存数据',
    save: '保存为文件',
    crash: '队列显微镜出错了',
    download: '下载我的内容',
    resume: '再试一次',
  },
} as const;

test('work survives a reload, a closed tab and a tab that crashed', async ({ page, context }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'kept one');
  await expectKept(page, 'kept one');
  await page.reload();
  await expect(partOf(page, 'kept one')).toBeVisible();
  await rename(page, 'kept one', 'kept two');
  await expectKept(page, 'kept two');
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto('./?lang=en');
  await expect(partOf(next, 'kept two')).toBeVisible();
  await rename(next, 'kept two', 'kept three');
  await expectKept(next, 'kept three');
  const crashed = next.waitForEvent('crash');
  await Promise.all([crashed, next.goto('chrome://crash').catch(() => undefined)]);
  await next.close();
  const last = await context.newPage();
  await last.goto('./?lang=en');
  await expect(partOf(last, 'kept three')).toBeVisible();
});

test('two tabs do not overwrite each other', async ({ page, context }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'first tab');
  await expectKept(page, 'first tab');
  const second = await context.newPage();
  await second.goto('./?lang=en');
  await expect(second.getByText('Another tab has this work open').first()).toBeVisible();
  await rename(second, 'first tab', 'second tab');
  await rename(page, 'first tab', 'still first');
  await expectKept(page, 'still first');
  await expectKept(page, 'second tab');
  // Each comes back to its own.
  await Promise.all([page.reload(), second.reload()]);
  await expect(partOf(page, 'still first')).toBeVisible();
  await expect(partOf(second, 'second tab')).toBeVisible();
});

const full = () => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
};
/** As with blocked site data: no kind of storage is to be had, and asking throws. */
const blocked = () => {
  const deny = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  IDBFactory.prototype.open = deny;
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: deny });
};

for (const [what, lang, script] of [
  ['full', 'en', full],
  ['blocked', 'zh-CN', blocked],
] as const) {
  test(`${what} storage is said, the work stays, a download is offered, ${lang}`, async ({ page }) => {
    await page.addInitScript(script);
    await openScenario(page, 'hello', { lang });
    await rename(page, 'receiver', 'unkept');
    const notice = page.getByRole('alert').filter({ hasText: WORDS[lang][what] });
    await expect(notice).toBeVisible();
    await expect(partOf(page, 'unkept')).toBeVisible();
    expect(await downloaded(page, notice.getByRole('button', { name: WORDS[lang].save }).click())).toContain('unkept');
  });
}

/** The text of the file that this brings. */
async function downloaded(page: Page, asked: Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), asked]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

for (const lang of ['en', 'zh-CN'] as const) {
  test(`a page that breaks offers the download first, ${lang}`, async ({ page }) => {
    const words = WORDS[lang];
    await openScenario(page, 'hello', { lang });
    await rename(page, 'receiver', 'precious');
    await page.getByText('precious', { exact: true }).first().click();
    // Something that editing needs throws, until it is mended.
    await page.evaluate(() => {
      const { flatMap } = Array.prototype;
      addEventListener('mended', () => Object.defineProperty(Array.prototype, 'flatMap', { value: flatMap, configurable: true }));
      Object.defineProperty(Array.prototype, 'flatMap', {
        configurable: true,
        value: () => {
          throw new Error('broken on purpose');
        },
      });
    });
    await page.keyboard.press('Delete');
    await expect(page.getByRole('heading', { name: words.crash })).toBeVisible();
    const first = page.getByRole('alert').getByRole('button').first();
    await expect(first).toHaveText(words.download);
    // What makes the file is whole again: the page stays as it broke.
    await page.evaluate(() => dispatchEvent(new Event('mended')));
    const file: unknown = JSON.parse(await downloaded(page, first.click()));
    expect(file).toHaveProperty('format', 'queuescope/run');
    await page.getByRole('button', { name: words.resume }).click();
    await expect(page.getByRole('application')).toBeVisible();
  });
}
