import { defineConfig } from '@playwright/test';
import { launchOptions } from '../src/cli/browser.mjs';

const baseURL = process.env['BASE_URL'] ?? 'http://127.0.0.1:4173/';

/** Journeys through what a person sees and touches, on the production build. `npm test` serves it; by hand: `npm start`, then `npx playwright test -c e2e`. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Slow machines are no mistake: only what hangs ends here.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
  },
});
