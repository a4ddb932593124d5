import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './paths.mjs';
import { SetupError, say } from './person.mjs';
import { run } from './run.mjs';

const stamp = path.join(cache, 'npm-ci.sha256');

/** Installs exactly what the lockfile names, unless that is what is there. */
export async function installModules() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const there = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (there === wanted && existsSync(path.join(root, 'node_modules/.package-lock.json'))) return;
  say('npm ci: the modules that the lockfile names…');
  // Without their install scripts: one of them would download an Electron, the others build what is not used.
  const code = await run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
  if (code !== 0) throw new SetupError('npm ci failed. What it printed above says why; is the npm registry in reach?');
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, wanted);
}
