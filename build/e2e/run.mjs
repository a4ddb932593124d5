import { runPlaywright } from '../setup/playwright.mjs';

process.exitCode = await runPlaywright('build/e2e/playwright.config.ts', process.argv.slice(2));
