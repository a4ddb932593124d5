import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { makeProfile, plainEnv } from './driven-app.mjs';
import { now } from './numbers.mjs';
import { end } from './processes.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */
/** A place for virt-manager to run in. @typedef {NodeJS.ProcessEnv} Surroundings */

const patienceMs = 120_000;

/**
 * A session bus and settings of its own: it must neither find one that runs already nor change what a person has set.
 * @param {Bench} bench
 * @returns {Promise<Surroundings>}
 */
export async function surroundings(bench) {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  bench.later(() => end(bus));
  const address = await Promise.race([
    once(bus.stdout, 'data').then(([data]) => String(data).trim()),
    once(bus, 'exit').then(() => Promise.reject(new Error('dbus-daemon, the session bus, did not start.'))),
  ]);
  const home = await makeProfile(bench);
  return {
    ...plainEnv(),
    DISPLAY: bench.display,
    DBUS_SESSION_BUS_ADDRESS: address,
    GSETTINGS_BACKEND: 'memory',
    // Else it waits for an accessibility bus, which a desktop has running.
    NO_AT_BRIDGE: '1',
    HOME: home,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_DATA_HOME: `${home}/data`,
  };
}

/**
 * Starts virt-manager on one connection and waits for its window. It opens the window when the connection is open, so
 * the list's first rows come with it.
 * @param {Bench} bench @param {Surroundings} env @param {string} uri
 * @returns {Promise<{ pid: number, startedAt: number, shownAt: number, close: () => Promise<void> }>}
 *   pid: also the number of its session
 */
export async function openVirtManager(bench, env, uri) {
  const startedAt = now();
  const child = spawn('virt-manager', ['-c', uri, '--no-fork'], { stdio: 'ignore', env, detached: true });
  child.on('error', () => undefined); // its missing window tells
  const close = () => end(child);
  bench.later(close);
  while (!(await isShown(env, 'Virtual Machine Manager'))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`virt-manager ended (${child.exitCode}).`);
    if (now() - startedAt > patienceMs) throw new Error('The window of virt-manager did not come.');
    await pause(10);
  }
  return { pid: child.pid ?? 0, startedAt, shownAt: now(), close };
}

/** @param {Surroundings} env @param {string} title @returns {Promise<boolean>} whether such a window is mapped */
function isShown(env, title) {
  return new Promise((resolve) => {
    execFile('xwininfo', ['-name', title], { env }, (_error, text) => resolve(/Map State: IsViewable/.test(text)));
  });
}
