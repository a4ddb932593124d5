import { virtualDisplay } from '../setup/display.mjs';
import { root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';

// Other users draw on it too: journeys as an ordinary user.
const screen = await virtualDisplay();
try {
  process.exitCode = await run(
    [
      'npx',
      '--no-install',
      'playwright',
      'test',
      '--config',
      'build/e2e/playwright.config.ts',
      ...process.argv.slice(2),
    ],
    { cwd: root, env: { DISPLAY: screen.display, WAYLAND_DISPLAY: undefined } },
  );
} finally {
  await screen.stop();
}
