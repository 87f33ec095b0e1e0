import { expect, test } from '@playwright/test';
import { expectDigest, expectState, narrator, openScenario, readRun, runToEnd } from './support.ts';

test('play, pause, speed, loop and the ends of the time line', async ({ page }) => {
  await openScenario(page, 'fanout-logs');
  await page.getByRole('button', { name: 'Speed: 1×' }).click();
  await page.getByRole('menuitemcheckbox', { name: '16×' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expectState(page, /playing|ended/);
  await expectState(page, 'ended');
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  await page.getByRole('button', { name: 'Play again and again' }).click();
  await page.keyboard.press('Space');
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        seen.push((await readRun(page)).micros);
        return seen.some((micros, i) => i > 0 && micros < (seen[i - 1] as number));
      },
      { intervals: [100] },
    )
    .toBe(true);
  await page.keyboard.press('Space');
  await expectState(page, 'paused');
});

test('each step is said in one sentence, forwards and backwards alike', async ({ page }) => {
  await openScenario(page, 'fanout-logs');
  const said: string[] = [];
  const digests: string[] = [];
  for (let i = 0; i < 8; i++) {
    const { digest } = await readRun(page);
    await page.getByRole('button', { name: 'Next turn of events' }).click();
    await expect.poll(async () => (await readRun(page)).digest).not.toBe(digest);
    await expect.poll(async () => narrator(page).textContent()).not.toBe(said.at(-1) ?? '');
    said.push((await narrator(page).textContent()) ?? '');
    digests.push((await readRun(page)).digest);
  }
  expect(
    said.some((sentence) => /logs \(fanout\) copies m1 to disk/.test(sentence) || /logs \(fanout\) sends m1 to disk/.test(sentence)),
  ).toBe(true);
  for (let i = 6; i >= 0; i--) {
    await page.getByRole('button', { name: 'Previous turn of events' }).click();
    await expectDigest(page, digests[i] as string);
    await expect(narrator(page)).toHaveText(said[i] as string);
  }
});

test('scrubbing anywhere and back gives the very same picture', async ({ page }) => {
  await openScenario(page, 'ack-crash');
  const slider = page.getByRole('slider', { name: 'Time line' });
  const track = await slider.boundingBox();
  const outer = await slider.locator('xpath=..').boundingBox();
  const box = (track?.width ?? 0) > 100 ? track : outer;
  if (!box) throw new Error('no time line');
  const end = await runToEnd(page);
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height / 2);
  await expect.poll(async () => (await readRun(page)).micros).toBeLessThan(end.micros * 0.6);
  const middle = await readRun(page);
  expect(middle.micros).toBeGreaterThan(end.micros * 0.2);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await readRun(page)).micros).toBe(0);
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height / 2);
  await expectDigest(page, middle.digest);
  await runToEnd(page);
  await expectDigest(page, end.digest);
});
