import { defineConfig } from '@playwright/test';
import base from '../../playwright.config';

/** `npm run screenshots`: every page with the sample data and without, wide and narrow, light and dark. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'screenshots.ts',
  globalSetup: '../fixtures/app.ts',
  timeout: 600_000,
  outputDir: '../../test-results',
});
