import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const BUDGET = 220_000;

test('the page carries a strict policy: no inline script, no eval, no connection anywhere', async ({ page }) => {
  await page.goto('./?lang=en');
  const html = await (await page.request.get('./')).text();
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? '';
  expect(scripts).not.toMatch(/unsafe|\*|http/);
  expect(policy).not.toMatch(/connect-src (?!'none'|'self')/);
  expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>/g) ?? []).toEqual([]);
  expect(html).not.toMatch(/\son\w+=/);
  // The policy is at work, not only written down.
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    let connected = true;
    await fetch('https://example.com/').catch(() => {
      connected = false;
    });
    return { inline: 'inlineRan' in window, connected };
  });
  expect(ran).toEqual({ inline: false, connected: false });
});

for (const lang of ['en', 'zh-CN'])
  test(`what is fetched before the graph shows stays within 220 KB, ${lang}`, async ({ page }) => {
    const bodies = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      bodies.set(
        response.url(),
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
    });
    await page.goto(`./?lang=${lang}`);
    await page.waitForFunction(() => performance.getEntriesByName('graph-shown').length > 0);
    const urls = await page.evaluate(() => {
      const [shown] = performance.getEntriesByName('graph-shown');
      const resources = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < (shown?.startTime ?? 0));
      return [location.href, ...resources.map(({ name }) => name)];
    });
    const sizes = await Promise.all(urls.map(async (url) => ({ url: new URL(url).pathname, size: (await bodies.get(url)) ?? 0 })));
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    test.info().annotations.push({ type: 'bytes before the graph', description: String(total) });
    expect(total, sizes.map(({ url, size }) => `${size} ${url}`).join('\n')).toBeLessThanOrEqual(BUDGET);
    expect(sizes.length).toBeGreaterThan(2);
  });
