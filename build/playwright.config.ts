import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { chromiumFlags, findChromium } from './scripts/chromium.ts';

const executablePath = findChromium();

export default defineConfig({
  testDir: resolve(import.meta.dirname, '../test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: resolve(import.meta.dirname, '../test-results/playwright'),
  timeout: 60_000,
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { args: [...chromiumFlags], ...(executablePath !== null && { executablePath }) },
  },
});
