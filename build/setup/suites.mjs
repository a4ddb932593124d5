import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/**
 * @typedef {object} Suite
 * @property {string} title
 * @property {string[]} command
 * @property {string} file where it writes its result
 * @property {Record<string, string>} [env]
 * @property {(result: any) => Counts} count
 */

const results = path.join(cache, 'results');

/** @param {string} name */
const resultFile = (name) => path.join(results, `${name}.json`);

/** Result of Vitest's reporter `json`. @param {any} result @returns {Counts} */
export function countVitest({
  numPassedTests,
  numFailedTests,
  numFailedTestSuites,
  numPendingTests,
  numTodoTests,
  success,
}) {
  // A file that does not even load has no failed test.
  const failed = numFailedTests || (success ? 0 : Math.max(1, numFailedTestSuites));
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

/** Result of Playwright's reporter `json`. @param {any} result @returns {Counts} */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
    skipped: stats.skipped,
  };
}

/** @param {'unit' | 'real'} project @returns {Suite} */
function vitest(project) {
  const file = resultFile(project);
  return {
    title: project === 'unit' ? 'Tests that need no engine' : 'Tests on real engines',
    command: [
      ...['npx', '--no-install', 'vitest', 'run', '--config', 'build/vitest.config.ts', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    file,
    count: countVitest,
  };
}

/** @type {readonly Suite[]} */
export const suites = [
  {
    title: 'Check',
    command: ['node', 'build/check/check.mjs', resultFile('check')],
    file: resultFile('check'),
    count: (counts) => counts,
  },
  vitest('unit'),
  vitest('real'),
  {
    title: 'Journeys in the real app',
    command: ['node', 'build/e2e/run.mjs'],
    file: resultFile('e2e'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile('e2e') },
    count: countPlaywright,
  },
];

/** @param {Suite} suite @returns {Promise<Counts>} */
async function runSuite({ title, command, file, env, count }) {
  console.log(`\n=== ${title}`);
  rmSync(file, { force: true });
  mkdirSync(results, { recursive: true });
  const began = Date.now();
  const code = await run(command, { cwd: root, env: { FORCE_COLOR: '0', NO_COLOR: '1', ...env } });
  const seconds = Math.round((Date.now() - began) / 1000);
  const counts = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  // A suite that fails without a failed test (it crashed, it found no test) has failed all the same.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  console.log(`${title}: ${sentence(counts)} (${seconds} s)`);
  return counts;
}

/** @param {Counts} counts */
export const sentence = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Runs all suites, also after one has failed. @returns {Promise<Counts>} */
export async function runSuites() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const counts = await runSuite(suite);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}
