import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './e2e/fixtures/chromium';

const app: { url?: string } = JSON.parse(process.env.ERRATA_E2E_APP ?? '{}');

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/fixtures/app.ts',
  // All journeys share one Errata, as people do; and the machine is small.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    // Read again in each worker, after the set-up has started the app.
    baseURL: app.url,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
  },
});
