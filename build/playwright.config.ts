import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';

export default defineConfig({
  testDir: resolve(import.meta.dirname, '../test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: resolve(import.meta.dirname, '../test-results'),
  timeout: 60_000,
  workers: 1,
  reporter: [['list']],
  use: { viewport: { width: 1280, height: 800 } },
});
