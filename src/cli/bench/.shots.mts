import { withBenchPage } from '/work/main/src/cli/bench/stage.ts';
await withBenchPage(async (page) => {
  page.on('console', (m) => console.log('console', m.text()));
  page.on('pageerror', (e) => console.log('error', e.message));
  for (const t of process.argv.slice(2).map(Number)) {
    await page.evaluate((s) => window.bench.shop(s), t);
    await page.waitForTimeout(400);
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((n) => window.bench.theme(n), theme);
      await page.waitForTimeout(150);
      await page.screenshot({ path: `/tmp/shot-${t}-${theme}.png`, clip: { x: 0, y: 40, width: 900, height: 560 } });
    }
  }
});
