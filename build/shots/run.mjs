import { virtualDisplay } from '../setup/display.mjs';
import { root } from '../setup/paths.mjs';
import { prepare } from '../setup/prepare.mjs';
import { run } from '../setup/run.mjs';

// Higher than a small laptop's: the pictures are scaled down where they are shown.
await prepare({ sets: ['electron', 'engines', 'display', 'test'], daemons: true });
const screen = await virtualDisplay();
try {
  process.exitCode = await run(
    [
      'npx',
      '--no-install',
      'playwright',
      'test',
      '--config',
      'build/shots/playwright.config.ts',
      ...process.argv.slice(2),
    ],
    { cwd: root, env: { DISPLAY: screen.display, WAYLAND_DISPLAY: undefined } },
  );
} finally {
  await screen.stop();
}
