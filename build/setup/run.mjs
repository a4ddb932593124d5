import { spawn, spawnSync } from 'node:child_process';
import { SetupError, someoneIsThere } from './person.mjs';

/**
 * Runs a program with this terminal.
 * @param {string[]} command program and arguments
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options] env is added to ours
 * @returns {Promise<number>} its exit code; 127 where it could not be started, 128 + n after a signal
 */
export function run([program, ...args], { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program ?? '', args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
      ...(cwd && { cwd }),
    });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 128));
  });
}

/**
 * Runs a program and takes what it prints.
 * @param {string[]} command
 * @returns {{ code: number, text: string }}
 */
export function ask([program, ...args]) {
  const { status, stdout } = spawnSync(program ?? '', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status ?? 127, text: stdout ?? '' };
}

/** @param {string} program @returns {boolean} whether it is on the PATH or where system programs are */
export function isInstalled(program) {
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  return spawnSync('sh', ['-c', `PATH="${path}" command -v "$1"`, 'sh', program], { stdio: 'ignore' }).status === 0;
}

/**
 * The command as root: as it is for root, through sudo for others.
 * @param {string[]} command
 * @returns {string[] | undefined} undefined where there is no way: no sudo, or nobody there to give it a password
 */
export function asRoot(command) {
  if (process.getuid?.() === 0) return command;
  if (!isInstalled('sudo')) return undefined;
  if (someoneIsThere()) return ['sudo', ...command];
  return ask(['sudo', '-n', 'true']).code === 0 ? ['sudo', '-n', ...command] : undefined;
}

/**
 * Runs a command as root or says how the person can.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 */
export async function runAsRoot(command, env = {}) {
  const whole = asRoot(['env', ...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...command]);
  if (!whole) throw new SetupError(`This needs root. Run it yourself, then start again:\n  sudo ${command.join(' ')}`);
  const code = await run(whole);
  if (code !== 0)
    throw new SetupError(`${command.join(' ')} failed (exit code ${code}). What it printed above says why.`);
}
