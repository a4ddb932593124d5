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
    await prepare({ sets: options.shot ? ['app', 'display'] : ['app'], daemons: !demo });
  }
  const args = [...sandboxArguments(), ...options.app, root];
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
  }
}

try {
  await start();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
