import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasDisplay, virtualDisplay } from './display.mjs';
import { electron } from './electron/runtime.mjs';
import { sandboxArguments } from './electron/sandbox.mjs';
import { root } from './paths.mjs';
import { SetupError, say } from './person.mjs';
import { prepare } from './prepare.mjs';
import { run } from './run.mjs';
import { help, startOptions } from './start-options.mjs';

const noDisplay = `There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
  At this machine: log in to its desktop and start again.
  From another one: ssh -X, then start again.
  Just to see it:  npm start -- --shot posada.png`;

async function start() {
  const options = startOptions(process.argv.slice(2));
  if (options.help) return say(help);
  if (!hasDisplay() && !options.shot) throw new SetupError(noDisplay);
  if (options.install) {
    const demo = options.demo !== undefined;
    await prepare({
      sets: [
        'electron',
        ...(demo ? [] : /** @type {const} */ (['engines'])),
        ...(options.shot ? /** @type {const} */ (['display']) : []),
      ],
      daemons: !demo,
    });
  }
  const args = [...sandboxArguments(), ...options.app, root];
  // A demo and a picture leave the person's settings alone, and an open window of theirs too.
  const passing = options.demo !== undefined || options.shot !== undefined;
  const profile = passing ? mkdtempSync(path.join(tmpdir(), 'posada-')) : undefined;
  if (profile) args.unshift(`--user-data-dir=${profile}`);
  if (options.demo !== undefined) args.push(`--demo=${options.demo}`);
  // Where somebody typed it, not where we are.
  if (options.shot) args.push(`--shot=${path.resolve(process.env.INIT_CWD ?? '', options.shot)}`);
  // A screen of our own for a picture: the person's may be locked or small.
  const screen = options.shot ? await virtualDisplay() : undefined;
  try {
    const env = screen ? { DISPLAY: screen.display, WAYLAND_DISPLAY: undefined } : {};
    const { program } = electron();
    process.exitCode = await run(screen ? [program, '--disable-gpu', ...args] : [program, ...args], { cwd: root, env });
  } finally {
    await screen?.stop();
    if (profile) rmSync(profile, { recursive: true, force: true });
  }
}

try {
  await start();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
