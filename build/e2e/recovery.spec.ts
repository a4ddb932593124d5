import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openPosada, type Posada } from './posada.ts';

let posada: Posada | undefined;
let profile: string;

test.beforeEach(async () => {
  profile = await mkdtemp('/var/tmp/posada-test-profile-');
});
test.afterEach(async () => {
  posada?.app.process().kill('SIGKILL');
  posada = undefined;
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

test('journals that an earlier run has left, and that nobody can go on with, are told of and stay', async () => {
  const folder = path.join(profile, 'journal');
  await mkdir(folder);
  await writeFile(path.join(folder, 'alien.jsonl'), '{"journal":99}\n');
  const head = {
    ...{ journal: 1, task: 'task-1', engine: 'demo', guest: 'demo/gone', guestName: 'gone-guest' },
    ...{ action: { verb: 'start' }, at: 1, kind: 'of another version', plan: null },
  };
  await writeFile(path.join(folder, 'task-1.jsonl'), `${JSON.stringify(head)}\n{"now":"begin","step":"a"}\n`);
  posada = await openPosada({ profile, args: ['--demo=24'] });
  const { page } = posada;
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('alien.jsonl cannot be read');
  await expect(notices).toContainText('was broken off, and is not at its end yet');
  await expect(notices).toContainText('This version of Posada does not know what was begun there.');
  await page.getByRole('button', { name: /1 failed/ }).click();
  await expect(page.getByRole('dialog', { name: 'Tasks' })).toContainText('gone-guest');
  expect((await readdir(folder)).sort()).toEqual(['alien.jsonl', 'task-1.jsonl']);
  expect(posada.errors).toEqual([]);
});
