import { virtualDisplay } from './display.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs Playwright on a virtual screen, which other users may draw on too.
 * @param {string} config
 * @param {readonly string[]} [args]
 * @returns {Promise<number>} its exit code
 */
export async function runPlaywright(config, args = []) {
  const screen = await virtualDisplay();
  try {
    const command = ['npx', '--no-install', 'playwright', 'test', '--config', config, ...args];
    return await run(command, { cwd: root, env: { DISPLAY: screen.display, WAYLAND_DISPLAY: undefined } });
  } finally {
    await screen.stop();
  }
}
