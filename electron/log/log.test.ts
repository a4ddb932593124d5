import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import { openLog } from './log.ts';

test('the log is a file that is rotated, and hears what the console is told', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'posada-test-log-'));
  const onConsole = [vi.fn(), vi.fn()] as const;
  const kept = { warn: console.warn, error: console.error };
  [console.warn, console.error] = onConsole;
  onTestFinished(async () => {
    Object.assign(console, kept);
    await rm(folder, { recursive: true });
  });
  const log = openLog(path.join(folder, 'logs'));
  const file = path.join(log.folder, 'posada.log');

  log.write('info', 'begun');
  const failure = new FailureError({
    code: 'refused',
    title: say('failure.title.list', { engine: 'docker' }),
    remedies: [],
    raw: { source: 'docker', code: 500, text: 'no space left' },
  });
  const named = new FailureError({
    code: 'refused',
    title: say('failure.title.act', { verb: 'verb.start', name: 'payroll' }),
    remedies: [],
    raw: { source: 'docker', text: 'payroll is not there' },
  });
  console.error(named);
  for (let time = 0; time < 5; time += 1) console.error('no figures from docker', failure);
  console.warn('odd', { and: 'so on' });
  log.end();
  expect(
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\S+ /, '')),
  ).toEqual([
    'info begun',
    'error refused · docker: ‹guest› is not there',
    'error no figures from docker refused · docker 500: no space left',
    "warn odd { and: 'so on' }",
    'warn 4 more times: no figures from docker refused · docker 500: no space left',
  ]);
  expect(onConsole[1]).toHaveBeenCalledTimes(6);
  expect((await stat(file)).mode & 0o077).toBe(0);

  const long = 'x'.repeat(64 * 1024);
  for (let line = 0; line < 100; line += 1) log.write('info', `${line} ${long}`);
  expect((await readdir(log.folder)).sort()).toEqual(['posada.log', 'posada.old.log']);
  for (const name of ['posada.log', 'posada.old.log']) {
    expect((await stat(path.join(log.folder, name))).size).toBeLessThan(2.1 * 1024 ** 2);
  }
});
