import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { root } from '../setup/paths.mjs';
import { checkLayers, missedBreaches } from './layers.mjs';
import { checkReadme, checkShape } from './shape.mjs';
import { sources } from './sources.mjs';
import { checkCatalogues } from './texts.mjs';

/** @param {string[]} command @returns {Promise<string[]>} what it printed, where it failed */
function tool([program = '', ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.stderr.on('data', (data) => {
      text += data;
    });
    child.on('error', (error) => resolve([error.message]));
    child.on('close', (code) => resolve(code === 0 ? [] : [text.trim() || `exit code ${code}`]));
  });
}

/** @param {string} project */
const types = (project) => () => tool(['node_modules/.bin/tsc', '-p', project]);
const files = sources();

/** @type {readonly [string, () => string[] | Promise<string[]>][]} */
const checks = [
  ['Types: shared', types('shared')],
  ['Types: electron', types('electron')],
  ['Types: electron against Electron 33', types('build/tsconfig.electron-33.json')],
  ['Types: renderer', types('renderer')],
  ['Types: build', types('build')],
  [
    'Lint and format',
    () =>
      tool(['node_modules/.bin/biome', 'ci', '--colors=off', '--diagnostic-level=warn', '--error-on-warnings', '.']),
  ],
  ['Dead code', () => tool(['node_modules/.bin/knip', '--no-progress'])],
  ['Translations', () => checkCatalogues(files)],
  [
    'Layers',
    () => {
      const { problems, read } = checkLayers(files);
      return read > 500 ? problems : [...problems, `Only ${read} imports were read.`];
    },
  ],
  ['Layers: planted breaches', missedBreaches],
  ['Shape of the project', () => checkShape(files)],
  ['README', checkReadme],
];

const counts = { passed: 0, failed: 0, skipped: 0 };
const waiting = [...checks];

/** Two at a time: more only wait for each other on a small machine. */
async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [title, check] = next;
    const problems = await check();
    counts[problems.length > 0 ? 'failed' : 'passed'] += 1;
    console.log(`${problems.length > 0 ? '✗' : '✓'} ${title}`);
    for (const problem of problems) console.log(problem.replace(/^/gm, '    '));
  }
}

await Promise.all([work(), work()]);
const [file] = process.argv.slice(2);
if (file) writeFileSync(file, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
