import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from '../paths.mjs';
import { SetupError, say } from '../person.mjs';
import { run } from '../run.mjs';
import { findFallback, makeFallback } from './fallback.mjs';

const official = path.join(root, 'node_modules/electron');
/** Says which version was out of reach: for a day no start waits for it again. */
const tried = path.join(cache, 'electron-out-of-reach');
const triedForMs = 24 * 3600 * 1000;

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
  if (!(triedLately(version) && findFallback())) {
    say(`Fetching Electron ${version}…`);
    // Checks the SHA-256 that the package carries; honours ELECTRON_MIRROR.
    await run([process.execPath, path.join(official, 'install.js')], { cwd: root });
    if (findOfficial()) return;
    if (!findFallback()) await makeFallback();
    writeFileSync(tried, version);
  }
  say(`Electron ${version} is out of reach: ${electron().version} runs instead, for development only.`);
}

/** @param {string} version */
function triedLately(version) {
  const info = statSync(tried, { throwIfNoEntry: false });
  return info && Date.now() - info.mtimeMs < triedForMs && readFileSync(tried, 'utf8') === version;
}

if (process.argv[1] === import.meta.filename) {
  await getElectron();
  say(`Electron ${electron().version}: ${electron().program}`);
}
