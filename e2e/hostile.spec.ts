import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { hello } from '../src/lessons/gallery/hello.ts';
import { seal } from '../src/scenario/codec/envelope.ts';
import { encodeLink } from '../src/scenario/index.ts';
import { expectState, watchPage } from './support.ts';

/*
 * What a stranger can put behind the #: each opens a page that says what is wrong in plain words, with the way back;
 * nothing hangs, nothing runs, nothing is asked for elsewhere.
 */
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const deflated = (json: string) => base64(deflateRawSync(Buffer.from(json)));

const hostile: readonly (readonly [string, (good: string) => string, RegExp])[] = [
  ['cut short', (good) => good.slice(0, -25), /cut short/],
  ['bit-flipped', (good) => `${good.slice(0, -9)}${good.at(-9) === 'A' ? 'B' : 'A'}${good.slice(-8)}`, /damaged/],
  ['of a newer codec', () => seal(1, 'abc', 9), /newer Queuescope/],
  ['of a newer engine', (good) => seal(99, good.split('.').at(-1) ?? ''), /newer Queuescope/],
  ['longer than 64 K', () => seal(1, 'A'.repeat(70_000)), /too long/],
  ['a deflate bomb', () => seal(1, base64(deflateRawSync(Buffer.alloc(200_000_000)))), /too large|damaged|too long/],
  ['of __proto__', () => seal(1, deflated('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}')), /damaged|document|newer|can.t/],
  ['of numbers that are none', () => seal(1, deflated('[1e999,NaN,-1e308,[[["a","b",1e999,1e999]]]]')), /damaged|document|number|can.t/],
  ['nested deep', () => seal(1, deflated('['.repeat(90_000) + ']'.repeat(90_000))), /damaged|document|too|can.t/],
  ['a million nodes', () => seal(1, deflated(`[[${Array(400_000).fill('[0]').join(',')}]]`)), /damaged|document|too|more than|can.t/],
  ['no link at all', () => 'javascript:alert(1)', /damaged/],
];

for (const [name, make, words] of hostile) {
  test(`a link that is ${name} is refused in plain words`, async ({ page }) => {
    const { complaints } = watchPage(page);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await page.goto(`./?lang=en#${make(encodeLink(hello))}`);
    const card = page.getByRole('alert');
    await expect(card).toBeVisible();
    await expect(card).toContainText(words);
    await card.getByRole('button').first().click();
    await expectState(page, /playing|paused|ended/);
    expect(complaints).toEqual([]);
    expect(dialogs).toBe(0);
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  });
}

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
