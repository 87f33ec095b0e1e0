import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { micros } from '../src/base/index.ts';
import { hello } from '../src/lessons/gallery/hello.ts';
import { DOCUMENT_LIMITS, type Intervention, serializeFile } from '../src/scenario/index.ts';
import { deed, expectDigest, expectKept, expectState, openScenario, partOf, type RunState, readRun, rename, runToEnd } from './support.ts';

const WORDS = {
  en: { share: 'Share', copy: 'Copy link', time: /Open it at/, sight: /With what is on the screen/, crash: 'Crash', flag: /Crash C2/ },
  'zh-CN': { share: '分享', copy: '复制链接', time: /打开时停在/, sight: /连同当前画面/, crash: '让它崩溃', flag: /让 C2 崩溃/ },
} as const;
type Words = (typeof WORDS)['en' | 'zh-CN'];

/** Copies the link as a person does, with what is switched on, and takes it from the clipboard. */
async function copyLink(page: Page, words: Words, ...extras: readonly ('time' | 'sight')[]): Promise<string> {
  await page.getByRole('button', { name: words.share, exact: true }).click();
  for (const extra of extras) await page.getByRole('switch', { name: words[extra] }).click();
  await page.getByRole('button', { name: words.copy }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Another person's browser: nothing of this one is in it. */
async function elsewhere(browser: Browser, link: string): Promise<Page> {
  const profile = await browser.newContext();
  const page = await profile.newPage();
  await page.goto(link);
  await expectState(page, /playing|paused/);
  return page;
}

async function stepOn(page: Page, from: RunState): Promise<RunState> {
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await readRun(page)).digest).not.toBe(from.digest);
  return readRun(page);
}

for (const lang of ['en', 'zh-CN'] as const) {
  test(`a copied link opens the identical run in another browser profile, ${lang}`, async ({ page, browser, context }) => {
    const words = WORDS[lang];
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openScenario(page, 'topic-animals', { lang });
    const start = await readRun(page);
    for (let i = 0; i < 10; i++) await page.keyboard.press('Shift+ArrowRight');
    await deed(page, partOf(page, 'C2'), words.crash);
    await expect(page.getByRole('button', { name: words.flag })).toHaveCount(1);
    const end = await runToEnd(page);
    await page.keyboard.press('Home');
    await expectDigest(page, start.digest);
    let here = await readRun(page);
    for (let i = 0; i < 6; i++) here = await stepOn(page, here);

    const other = await elsewhere(browser, await copyLink(page, words, 'time'));
    await expectDigest(other, here.digest);
    expect(await readRun(other)).toEqual({ ...here, state: 'paused' });
    // The reader's own language stays: this profile reads English.
    await expect(other.getByRole('button', { name: WORDS.en.flag })).toHaveCount(1);
    expect((await runToEnd(other)).digest).toBe(end.digest);
    await other.keyboard.press('Home');
    await expectDigest(other, start.digest);
    expect(await copiedRun(other)).toBe(await copiedRun(page));
    await other.context().close();
  });
}

/** The link without time and view: two runs have the same one exactly when they are the same. */
async function copiedRun(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^(Share|分享)$/ }).click();
  const link = await page.getByRole('dialog').getByRole('textbox').inputValue();
  await page.keyboard.press('Escape');
  return link;
}

test('a link can carry what is on the screen: section, zoom and panel', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'hello');
  await page.getByRole('tab', { name: 'Facts' }).click();
  const drawing = page.getByRole('application');
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  const box = await partOf(page, 'receiver').boundingBox();
  const whole = await drawing.boundingBox();
  const link = await copyLink(page, WORDS.en, 'sight');

  const other = await elsewhere(browser, link);
  await expect(other.getByRole('tab', { name: 'Facts' })).toHaveAttribute('aria-selected', 'true');
  await expect.poll(async () => (await partOf(other, 'receiver').boundingBox())?.width).toBeCloseTo(box?.width ?? 0, 0);
  const there = await partOf(other, 'receiver').boundingBox();
  const otherWhole = await other.getByRole('application').boundingBox();
  // Measured from the middle of the drawing, since that is what a window of another size shows, too.
  const fromMiddle = (part: typeof box, frame: typeof box) => (part?.x ?? 0) - (frame?.x ?? 0) - (frame?.width ?? 0) / 2;
  expect(Math.abs(fromMiddle(there, otherWhole) - fromMiddle(box, whole))).toBeLessThan(3);
  // Without a time it plays from the start, as any link does.
  await expectState(other, 'playing');
  await other.context().close();
});

test('a run that no link can hold is offered as a file', async ({ page }) => {
  // Letters without any pattern, always the same ones.
  let seed = 7;
  const noise = (length: number) =>
    Array.from({ length }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return String.fromCharCode(0x4e00 + ((seed >>> 8) % 20_000));
    }).join('');
  const target = hello.scenario.parts.find((part) => part.kind === 'rabbitmq/producer')?.id;
  if (!target) throw new Error('hello has no producer');
  const interventions = Array.from({ length: 60 }, (_, i): Intervention => {
    return { at: micros(1_000_000 + i * 1_000), verb: 'publish', target, args: { key: 'hello', body: noise(500) } };
  });
  const run = { ...hello, interventions };
  await openScenario(page, 'hello');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
  await chooser.setFiles({ name: 'big.json', mimeType: 'application/json', buffer: Buffer.from(serializeFile(run)) });
  await expect(page.getByText('Opened big.json.', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText(`at most ${DOCUMENT_LIMITS.linkLength.toLocaleString('en')} characters`);
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as a file' }).click()]);
  const kept: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(kept).toEqual(JSON.parse(serializeFile(run)));
});

test('opening a link never touches saved work: it is a copy, the earlier work one click away', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openScenario(page, 'hello');
  const link = await copyLink(page, WORDS.en);
  await rename(page, 'receiver', 'mine');
  await expectKept(page, 'mine');
  await page.goto('about:blank');
  await page.goto(link);
  await expect(partOf(page, 'receiver')).toBeVisible();
  // An edit of what came by link begins a work of its own.
  await rename(page, 'receiver', 'edited guest');
  await expectKept(page, 'edited guest');
  await expectKept(page, 'mine');
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await expect(partOf(page, 'mine')).toBeVisible();
});

test('a run is saved as a file and opened again; a broken file says what is wrong and loses nothing', async ({ page }, info) => {
  await openScenario(page, 'direct-levels');
  const end = await runToEnd(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('ControlOrMeta+s')]);
  const path = info.outputPath('run.json');
  await download.saveAs(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('format', 'queuescope/run');
  await openScenario(page, 'hello');
  const open = async (file: string | { name: string; mimeType: string; buffer: Buffer }) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
    await chooser.setFiles(file);
  };
  await open({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a": [1,') });
  await expect(page.getByText(/not JSON/).first()).toBeVisible();
  await expect(partOf(page, 'receiver')).toBeVisible();
  await open(path);
  await expect(partOf(page, 'archive')).toBeVisible();
  expect((await runToEnd(page)).digest).toBe(end.digest);
});
