import path from 'node:path';
import { defineConfig } from '@playwright/test';

const json = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME;

// One after another: they share the machine's daemons and two cores.
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: path.join(import.meta.dirname, '../../.cache/e2e'),
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: json ? [['list'], ['json', { outputFile: json }]] : [['list']],
});
