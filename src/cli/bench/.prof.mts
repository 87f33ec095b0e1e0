import { withBenchPage } from '/work/main/src/cli/bench/stage.ts';
const n = Number(process.argv[2]);
await withBenchPage(async (page) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('Profiler.enable');
  await page.evaluate((n) => window.bench.busy(n), n);
  await page.waitForTimeout(3000);
  const m = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((x) => [x.name, x.value]));
  const b = await m();
  await cdp.send('Profiler.start');
  const r = await page.evaluate(() => window.bench.play(4000));
  const { profile } = await cdp.send('Profiler.stop');
  const a = await m();
  const f = r.frames.length;
  for (const k of ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']) console.log(k, (((a[k]! - b[k]!) * 1000) / f).toFixed(2));
  console.log('flights', r.flights, 'frames', f);
  const self = new Map<string, number>();
  const nodes = new Map(profile.nodes.map((x) => [x.id, x]));
  profile.samples!.forEach((id, i) => {
    const x = nodes.get(id)!;
    const key = `${x.callFrame.functionName || '(anon)'} ${x.callFrame.url.split('/').slice(-2).join('/')}:${x.callFrame.lineNumber}`;
    self.set(key, (self.get(key) ?? 0) + profile.timeDeltas![i]!);
  });
  for (const [k, v] of [...self].sort((x, y) => y[1] - x[1]).slice(0, 25)) console.log((v / 1000 / f).toFixed(3), k);
  await page.screenshot({ path: '/tmp/busy.png' });
});
