import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

/** What the root element of a run says of itself. */
export interface RunState {
  readonly state: string;
  readonly micros: number;
  readonly digest: string;
  readonly flights: number;
}

export async function readRun(page: Page): Promise<RunState> {
  return page.locator('[data-state][data-time-micros]').evaluate((root) => ({
    state: root.getAttribute('data-state') ?? '',
    micros: Number(root.getAttribute('data-time-micros')),
    digest: root.getAttribute('data-digest') ?? '',
    flights: Number(root.getAttribute('data-flights')),
  }));
}

export async function expectState(page: Page, state: string | RegExp): Promise<void> {
  await expect(page.locator('[data-state][data-time-micros]')).toHaveAttribute('data-state', state);
}

/** Opens a gallery scenario, paused at its beginning. */
export async function openScenario(
  page: Page,
  id: string,
  options: { readonly lang?: 'en' | 'zh-CN'; readonly theme?: 'light' | 'dark' } = {},
): Promise<void> {
  const { lang = 'en', theme = 'light' } = options;
  await page.goto(`./?scenario=${id}&lang=${lang}&theme=${theme}`);
  // Before the engine is there nothing plays yet, and there is no digest.
  await expect(page.locator('[data-state][data-time-micros]')).toHaveAttribute('data-digest', /./);
  // A scenario of the gallery plays as soon as its engine is there; what stops it before that would be too early.
  await expectState(page, /playing|ended/);
  await expect(async () => {
    if ((await readRun(page)).state === 'playing') await page.keyboard.press('Space');
    await expect(page.locator('[data-state][data-time-micros]')).toHaveAttribute('data-state', /paused|ended/, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
}

/** Collects what would betray a broken promise: console errors, failed requests, requests to anywhere else. */
export function watchPage(page: Page): { readonly complaints: string[] } {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['127.0.0.1', 'localhost'].includes(url.hostname) && !['data:', 'blob:'].includes(url.protocol))
      complaints.push(`request: ${request.url()}`);
  });
  return { complaints };
}

/** A part of the drawing by its name, whatever its state says behind it. */
export function partOf(page: Page, name: string): Locator {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page.getByRole('application').getByRole('group', { name: new RegExp(`^(?!.*( from |，从 )).* ${escaped}(,|，|$)`) });
}

/** The narrator's sentence about the present step. */
export function narrator(page: Page): Locator {
  return page.getByRole('status').first();
}

/** Chooses a deed of a part's or line's menu. */
export async function deed(page: Page, thing: Locator, name: string | RegExp): Promise<void> {
  await thing.click({ button: 'right' });
  await page.getByRole('menuitem', { name }).click();
}

/** No barrier on the page as it is. Themes differ in their colours alone, so the second one is asked about contrast only. */
export async function expectAccessible(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (theme === 'light' ? builder : builder.withRules(['color-contrast'])).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Waits until the digest is this one, and nothing else. */
export async function expectDigest(page: Page, digest: string): Promise<void> {
  await expect.poll(async () => (await readRun(page)).digest).toBe(digest);
}

/** Goes to the end of the run; what it says there. */
export async function runToEnd(page: Page): Promise<RunState> {
  await page.getByRole('button', { name: /^(To the end|跳到结尾)$/ }).click();
  await expectState(page, /ended|paused/);
  const end = await page.getByRole('slider').first().getAttribute('aria-valuemax');
  await expect.poll(async () => (await readRun(page)).micros, { timeout: 20_000 }).toBeGreaterThanOrEqual(Number(end) * 1_000);
  return readRun(page);
}

/** Renames a part in place, as a person does. */
export async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByText(from, { exact: true }).first().click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await expect(partOf(page, to)).toBeVisible();
}

/** Waits until the browser has kept this text. */
export async function expectKept(page: Page, text: string): Promise<void> {
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
