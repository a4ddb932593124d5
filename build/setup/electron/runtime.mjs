import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from '../paths.mjs';
import { SetupError, say } from '../person.mjs';
import { run } from '../run.mjs';
import { findFallback, makeFallback } from './fallback.mjs';

const official = path.join(root, 'node_modules/electron');
/** Says that the official build was out of reach, so that each start does not wait for it again. */
const tried = path.join(cache, 'electron-official-out-of-reach');

/** @returns {{ program: string, version: string } | undefined} the official build that electron's own script fetched */
function findOfficial() {
  const where = path.join(official, 'path.txt');
  const version = path.join(official, 'dist/version');
  if (!existsSync(where) || !existsSync(version)) return undefined;
  return {
    program: path.join(official, 'dist', readFileSync(where, 'utf8').trim()),
    version: readFileSync(version, 'utf8').trim().replace(/^v/, ''),
  };
}

/** @returns {{ program: string, version: string } | undefined} the Electron to run, the official one first */
export function findElectron() {
  return findOfficial() ?? findFallback();
}

/** @returns {{ program: string, version: string }} @throws {SetupError} where there is none */
export function electron() {
  const found = findElectron();
  if (!found) throw new SetupError('There is no Electron yet. `npm start` or `npm test` fetches it.');
  return found;
}

/** Fetches the Electron that package.json names or, where that is out of reach, the checked fallback. */
export async function getElectron() {
  if (findOfficial()) return;
  mkdirSync(cache, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(official, 'package.json'), 'utf8'));
  if (!(existsSync(tried) && findFallback())) {
    say(`Fetching Electron ${version}…`);
    // Checks the SHA-256 that the package carries; honours ELECTRON_MIRROR.
    await run([process.execPath, path.join(official, 'install.js')], { cwd: root });
    if (findOfficial()) return;
    say(`Electron ${version} is out of reach.`);
    if (!findFallback()) await makeFallback();
    writeFileSync(tried, `Delete this file to try Electron ${version} again.\n`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await getElectron();
  say(`Electron ${electron().version}: ${electron().program}`);
}
