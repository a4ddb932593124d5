import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { SetupError, say } from './person.mjs';
import { run } from './run.mjs';

const stamp = path.join(root, 'out/built');
const sources = ['electron', 'renderer', 'shared', 'build/electron.vite.config.ts', 'package-lock.json'];

/** @param {string} file @returns {number} when the newest file in it changed, in ms */
function newest(file) {
  const info = statSync(file);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

/** @returns {number} when the last build began, in ms; 0 where there is none */
function builtAt() {
  return statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Bundles the app into out/, unless no source has changed since. */
export async function build() {
  const changedAt = Math.max(...sources.map((name) => newest(path.join(root, name))));
  if (changedAt < builtAt()) return;
  say('Building…');
  const begun = new Date();
  // Else electron-vite takes the newest Electron that it knows for the target and may leave syntax that 33 lacks.
  const code = await run(
    [
      'npx',
      '--no-install',
      'electron-vite',
      'build',
      '--config',
      'build/electron.vite.config.ts',
      '--logLevel',
      'warn',
    ],
    { cwd: root, env: { ELECTRON_MAJOR_VER: '33' } },
  );
  if (code !== 0) throw new SetupError('The build failed. What it printed above says where.');
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

if (process.argv[1] === import.meta.filename) await build();
