import { expect, type Page, test } from '@playwright/test';
import { openScenario, partOf } from './support.ts';

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByText(from, { exact: true }).first().click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await expect(partOf(page, to)).toBeVisible();
}

/** Waits until the browser has kept this text. */
async function expectKept(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      new Promise((resolve) => {
        const opening = indexedDB.open('queuescope');
        opening.onerror = () => resolve(false);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('runs')) resolve(false);
          else {
            const all = database.transaction('runs').objectStore('runs').getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result).includes(wanted));
          }
          database.close();
        };
      }),
    text,
    { polling: 200 },
  );
}

test('work survives a reload and a tab that died', async ({ page, context }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'kept one');
  await expectKept(page, 'kept one');
  await page.goto('./?lang=en');
  await expect(partOf(page, 'kept one')).toBeVisible();
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto('./?lang=en');
  await expect(partOf(next, 'kept one')).toBeVisible();
});

test('two tabs do not overwrite each other', async ({ page, context }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'first tab');
  await expectKept(page, 'first tab');
  const second = await context.newPage();
  await second.goto('./?lang=en');
  await expect(second.getByRole('application')).toBeVisible();
  const name = (await partOf(second, 'first tab').count()) > 0 ? 'first tab' : undefined;
  if (name) await rename(second, name, 'second tab');
  await rename(page, 'first tab', 'still first');
  await expectKept(page, 'still first');
  if (name) await expectKept(page, 'second tab');
  await page.reload();
  await page.goto('./?lang=en');
  await expect(partOf(page, 'still first').or(partOf(page, 'second tab'))).toBeVisible();
});

for (const [what, words, script] of [
  [
    'full',
    /storage is full/,
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
    },
  ],
  [
    'blocked',
    /keeps nothing for this page/,
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    },
  ],
] as const) {
  test(`${what} storage is said, the work stays, a download is offered`, async ({ page }) => {
    await page.addInitScript(script);
    await openScenario(page, 'hello');
    await rename(page, 'receiver', 'unkept');
    const notice = page.getByText(words);
    await expect(notice).toBeVisible();
    await expect(partOf(page, 'unkept')).toBeVisible();
    const save = page.getByRole('button', { name: /Save as a file|Download/ }).last();
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(download.suggestedFilename()).toMatch(/\.json$/);
  });
}

test('a page that breaks offers the download first', async ({ page }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'precious');
  // Something that rendering needs throws from now on.
  await page.evaluate(() => {
    Object.defineProperty(Array.prototype, 'flatMap', {
      value: () => {
        throw new Error('broken on purpose');
      },
    });
  });
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('heading', { name: 'Something in Queuescope broke' })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download my work' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
});
