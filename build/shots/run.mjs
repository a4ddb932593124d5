import { runPlaywright } from '../setup/playwright.mjs';
import { prepare } from '../setup/prepare.mjs';

await prepare({ sets: ['electron', 'engines', 'display', 'test'], daemons: true });
process.exitCode = await runPlaywright('build/shots/playwright.config.ts');
