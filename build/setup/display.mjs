import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './person.mjs';

/**
 * A screen that nobody sees, with its own number: Xvfb picks a free one and tells it.
 * @param {{ width?: number, height?: number }} [options]
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 */
export async function virtualDisplay({ width = 1440, height = 900 } = {}) {
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'];
  const child = spawn('Xvfb', args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const pipe = child.stdio[3];
  if (!pipe || !('read' in pipe)) throw new SetupError('Xvfb has no pipe.');
  const number = await Promise.race([
    once(pipe, 'data').then(([data]) => String(data).trim()),
    ended.then(() => undefined),
    once(child, 'error').then(() => undefined),
  ]);
  if (!number) throw new SetupError('Xvfb, the virtual screen, did not start. Is the package xvfb installed?');
  return {
    display: `:${number}`,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** @returns {boolean} whether there is a screen to open a window on */
export function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
