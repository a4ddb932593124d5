import { fork } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachLimited } from '../engines/each-limited.ts';
import { everyFault, faultsMs } from './testing/fault-bench.ts';
import type { KillReport } from './testing/kill-child.ts';

/** `npm run faults` kills at every moment, and the recovery at every moment too. */
const kills = everyFault ? Number.POSITIVE_INFINITY : 30;
const timeout = 2 * faultsMs;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-kill-'));
  await build({
    ...{ configFile: false, logLevel: 'silent', ssr: { noExternal: true } },
    build: {
      ...{ ssr: fileURLToPath(new URL('testing/kill-child.ts', import.meta.url)), outDir: folder, minify: false },
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs a process of its own. @param killAt the moment at which it kills itself; 0: none @returns undefined: killed */
function child(what: 'perform' | 'recover', at: string, killAt = 0): Promise<KillReport | undefined> {
  return new Promise((resolve, reject) => {
    const process = fork(path.join(folder, 'child.mjs'), [what, at, `${killAt}`], { execArgv: [], stdio: 'inherit' });
    let report: KillReport | undefined;
    process.on('message', (message) => {
      report = message as KillReport;
    });
    process.on('error', reject);
    process.on('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`${what} ended with ${code ?? signal}`));
      else resolve(report);
    });
  });
}

async function world(name: string): Promise<string> {
  const at = path.join(folder, name);
  await mkdir(path.join(at, 'disks'), { recursive: true });
  await writeFile(path.join(at, 'disks', 'disk-1'), 'what the person has'.repeat(50_000));
  await writeFile(path.join(at, 'disks', 'now'), 'disk-1');
  return at;
}

/** Which of the two whole states it is; anything else is shown as it is. */
async function stateOf(at: string): Promise<string> {
  const disks = path.join(at, 'disks');
  const now = await readFile(path.join(disks, 'now'), 'utf8');
  const files = (await readdir(disks)).sort().join();
  const whole = (await readFile(path.join(disks, now), 'utf8')) === 'what the person has'.repeat(50_000);
  const left = (await readdir(path.join(at, 'journal')).catch(() => [])).length;
  if (whole && left === 0 && files === 'disk-1,now' && now === 'disk-1') return 'old';
  if (whole && left === 0 && files === 'disk-2,now' && now === 'disk-2') return 'new';
  return `${files}, now ${now}, ${left} journals`;
}

/** So many numbers from 1 to `last`, evenly. */
function spread(last: number, count: number): number[] {
  const all = Array.from({ length: last }, (_, index) => index + 1);
  return all.filter(
    (each) => count >= last || Math.floor((each * count) / last) > Math.floor(((each - 1) * count) / last),
  );
}

test(
  'killed at any moment, and while it recovers too, the next start leaves the old state or the new one',
  async () => {
    const first = await world('undisturbed');
    const { moments = 0 } = (await child('perform', first)) ?? {};
    expect(await stateOf(first)).toBe('new');
    expect(moments).toBeGreaterThan(40);
    const ends = new Map<string, number>();
    await eachLimited(spread(moments, kills), 2, async (killAt) => {
      for (const again of everyFault ? spread(25, 25) : [1 + ((killAt * 7) % 25)]) {
        const at = await world(`killed-${killAt}-${again}`);
        expect(await child('perform', at, killAt), `moment ${killAt}`).toBeUndefined();
        await child('recover', at, again); // it may be over before
        const report = await child('recover', at);
        const state = await stateOf(at);
        expect(['old', 'new'], `killed at ${killAt}, then at ${again}: ${state}`).toContain(state);
        for (const end of report?.recovered ?? []) expect(end).toBe(state === 'new' ? 'finished' : 'undone');
        ends.set(state, (ends.get(state) ?? 0) + 1);
        await rm(at, { recursive: true });
      }
    });
    expect(ends.get('old')).toBeGreaterThan(5);
    expect(ends.get('new')).toBeGreaterThan(3);
  },
  timeout,
);
