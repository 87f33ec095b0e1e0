import { deflateRawSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { hello } from '../src/lessons/gallery/hello.ts';
import { seal } from '../src/scenario/codec/envelope.ts';
import { encodeLink } from '../src/scenario/index.ts';
import { expectKept, expectState, openScenario, partOf, rename, watchPage } from './support.ts';

/*
 * What a stranger can put behind the #: each opens a page that says what is wrong in plain words, with the way back;
 * nothing hangs, nothing runs, nothing is asked for elsewhere.
 */
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const forged = (json: string) => seal(1, base64(deflateRawSync(Buffer.from(json))));
const good = encodeLink(hello);
const changed = (at: number) => `${good.slice(0, at)}${good.at(at) === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;

const ANSWERS = {
  cut: { en: 'This link was cut short', 'zh-CN': '这个链接被截断了' },
  damaged: { en: 'This link was damaged on its way', 'zh-CN': '这个链接在传递途中损坏了' },
  newer: { en: 'This link was made by a newer Queuescope', 'zh-CN': '这个链接出自更新版本的 Queuescope' },
  tooLong: { en: 'This link is too long', 'zh-CN': '这个链接太长了' },
  tooLarge: { en: 'What this link holds is too large', 'zh-CN': '这个链接里的内容太大了' },
  kind: { en: 'which this version does not know', 'zh-CN': '当前版本不认识' },
  number: { en: 'A number in it makes no sense', 'zh-CN': '处的数字不合理' },
} as const;

const HOSTILE: readonly (readonly [name: string, fragment: string, answer: keyof typeof ANSWERS])[] = [
  ['cut near its end', good.slice(0, -25), 'cut'],
  ['cut in its head', good.slice(0, 7), 'cut'],
  ['bit-flipped in its content', changed(good.length - 9), 'damaged'],
  ['of a wrong checksum', changed(good.indexOf('.', 5) + 4), 'damaged'],
  ['of a newer codec', seal(1, 'abc', 9), 'newer'],
  ['of a newer engine', seal(99, good.split('.').at(-1) ?? ''), 'newer'],
  ['longer than 64 K', seal(1, 'A'.repeat(70_000)), 'tooLong'],
  ['a deflate bomb', seal(1, base64(deflateRawSync(Buffer.alloc(48_000_000), { level: 9 }))), 'tooLarge'],
  [
    'of __proto__ and constructor as the document',
    forged('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    'damaged',
  ],
  ['of __proto__ as a kind', forged('[[0,["__proto__","constructor"]]]'), 'kind'],
  ['of numbers that are none', forged('[NaN]'), 'damaged'],
  ['of numbers without end', forged('[0,0,0,0,1e999]'), 'damaged'],
  ['of a seed beyond all', forged('[0,0,0,0,1e12]'), 'number'],
  ['nested deep', forged('['.repeat(90_000) + ']'.repeat(90_000)), 'damaged'],
  ['a million nodes', forged(`[[0,[${'3,'.repeat(900_000)}3]]]`), 'damaged'],
  ['no link at all', 'javascript:alert(1)', 'damaged'],
];

/** Notes when the page has said what is wrong, in ms since the navigation began. */
function noteAnswers(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    new MutationObserver(() => {
      const said = document.querySelector('[role=alert] h1 + p');
      if (said?.textContent && performance.getEntriesByName('answered').length === 0) performance.mark('answered');
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

for (const lang of ['en', 'zh-CN'] as const) {
  test(`hostile links are refused in plain words, at once, with the way back, ${lang}`, async ({ page }) => {
    const { complaints } = watchPage(page);
    const took: string[] = [];
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await noteAnswers(page);
    for (const [index, [name, fragment, answer]] of HOSTILE.entries()) {
      await page.goto(`./?lang=${lang}&link=${index}#${fragment}`);
      const card = page.getByRole('alert');
      await expect(card, name).toContainText(ANSWERS[answer][lang]);
      await expect(card.getByRole('button'), name).toHaveText({ en: 'Open a finished scenario', 'zh-CN': '打开一个现成的场景' }[lang]);
      await expect(page.getByRole('application'), name).toHaveCount(0);
      took.push(`${name} ${await page.evaluate(() => Math.round(performance.getEntriesByName('answered')[0]?.startTime ?? Number.NaN))}`);
      expect(await page.evaluate(() => 'polluted' in {}), name).toBe(false);
    }
    test.info().annotations.push({ type: 'ms until the answer', description: took.join(', ') });
    await page.getByRole('alert').getByRole('button').click();
    await expectState(page, /playing|paused|ended/);
    await expect(page.getByRole('application').first()).toBeVisible();
    expect(complaints).toEqual([]);
  });
}

test('a hostile link pasted into an open page leaves its work one click away', async ({ page }) => {
  await openScenario(page, 'hello');
  await rename(page, 'receiver', 'mine');
  await expectKept(page, 'mine');
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    good.slice(0, -25),
  );
  await expect(page.getByRole('alert')).toContainText(ANSWERS.cut.en);
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await expect(partOf(page, 'mine')).toBeVisible();
});

test('names from a stranger are text, never markup', async ({ page }) => {
  const { complaints } = watchPage(page);
  const evil = '<img src=x onerror="document.title=1">{0}';
  const parts = hello.scenario.parts.map((part) => (part.kind.endsWith('queue') ? { ...part, name: evil } : part));
  const run = { ...hello, scenario: { ...hello.scenario, from: '', title: evil, intro: `${evil}</script>`, parts } };
  await page.goto(`./?lang=en#${encodeLink(run)}`);
  await expect(page.getByText(evil).first()).toBeVisible();
  await page.keyboard.press('End');
  await page.getByRole('tab', { name: 'Facts' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Topology and connections' });
  await expect(page.getByRole('region', { name: 'Facts' }).getByRole('button').filter({ hasText: evil }).first()).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('1');
  expect(complaints).toEqual([]);
});
