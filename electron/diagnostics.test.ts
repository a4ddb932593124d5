import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Action } from '../shared/action.ts';
import { defaultSettings } from '../shared/default-settings.ts';
import type { Failure } from '../shared/failure.ts';
import type { EngineId, GuestId, TaskId } from '../shared/ids.ts';
import type { InventoryCopy } from '../shared/inventory.ts';
import { say } from '../shared/message.ts';
import type { Task } from '../shared/task.ts';
import { diagnosticTexts, scrub, writeDiagnostics } from './diagnostics.ts';
import { Inventory } from './inventory/inventory.ts';
import { JournalFile } from './journal/journal-file.ts';
import { Journals } from './journal/journals.ts';
import { brokenEngine, ScriptedEngine } from './testing/scripted-engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'posada-diagnostics-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function inventoryOf(name: string): InventoryCopy {
  const engine = new ScriptedEngine();
  const inventory = new Inventory(() => undefined);
  const { id, kind, address } = engine.info;
  inventory.setEngine({ id, kind, name: 'scripted', address, state: 'off', failure: brokenEngine().failure });
  inventory.putGuests([engine.add(name)]);
  return inventory.read();
}

test('the bundle tells of engines and failures, and holds nothing that is the person’s own', async () => {
  const logFolder = path.join(folder, 'logs');
  await mkdir(logFolder);
  const home = os.userInfo().homedir;
  await writeFile(path.join(logFolder, 'posada.log'), `start of payroll-db failed: ${home}/x tcp://me:geheim@host:1`);
  const known = {
    versions: { posada: '1' },
    inventory: inventoryOf('payroll-db'),
    settings: defaultSettings,
    logFolder,
    journals: new Journals('/nowhere'),
    about: 'What this is',
  };
  const texts = await diagnosticTexts(known);
  const all = [...texts.values()].join('\n');
  expect([...texts.keys()]).toEqual([
    ...['about.txt', 'versions.json', 'engines.json', 'settings.json', 'guests.json', 'failures.json', 'posada.log'],
  ]);
  expect(texts.get('engines.json')).toContain('engine-lost');
  expect(texts.get('guests.json')).toContain('"vm running": 1');
  expect(texts.get('posada.log')).toBe('start of <guest> failed: <home>/x tcp://me:<password>@host:1');
  expect(texts.get('about.txt')).toBe('What this is\n');
  expect(all).not.toContain('payroll');
  expect(all).not.toContain('geheim');
});

test('guests that are gone, are called otherwise now, or have odd names are left out too', async () => {
  const inventory = inventoryOf('web"1');
  const failure: Failure = {
    code: 'guest-gone',
    title: say('failure.title.act', { verb: 'verb.start', name: 'acme-payroll' }),
    detail: say('failure.detail.leftovers', { paths: '/vms/acme-payroll-1.qcow2 /vms/acme-payroll_data' }),
    remedies: [{ do: 'run', command: "rm '/vms/web\"1.img'", why: say('remedy.removeLeftovers') }],
    guest: 'docker:x/payroll' as GuestId,
    raw: { source: 'libvirt', code: 42, text: 'no domain "old\\name" or gone' },
  };
  const task = (name: string, action: Action): Task => ({
    ...{ id: name as TaskId, guest: 'docker:x/payroll' as GuestId, guestName: name, action, label: say('verb.start') },
    ...{ state: 'failed', startedAt: 1, cancellable: false, commands: [], failure },
  });
  const tasks = [task('old\\name', { verb: 'rename', name: 'gone' }), task('code', { verb: 'start' })];
  await writeFile(path.join(folder, 'posada.log'), String.raw`at { name: 'old\\name' } and 'web\"1'`);
  const known = {
    versions: {},
    settings: defaultSettings,
    logFolder: folder,
    journals: new Journals('/nowhere'),
    about: '',
  };
  const texts = await diagnosticTexts({ ...known, inventory: { ...inventory, tasks } });
  const all = [...texts.values()].join('\n');
  for (const name of ['payroll', 'web', 'old', 'or gone']) expect(all).not.toContain(name);
  expect(JSON.parse(texts.get('failures.json') ?? '')[1].failure.code).toBe('guest-gone');
  expect(texts.get('failures.json')).toContain('/vms/<guest>-1.qcow2 /vms/<guest>_data');
});

test('it tells how far each left operation has come, without its plan and what it has learned', async () => {
  const journal = await JournalFile.begin(folder, {
    ...{ journal: 1, task: 'task-1' as TaskId, engine: 'libvirt:qemu:///system' as EngineId, at: 1 },
    ...{
      guest: 'docker:x/payroll' as GuestId,
      guestName: 'acme-gone',
      kind: 'snapshot.take',
      plan: { disk: '/vms/x' },
    },
    action: { verb: 'takeSnapshot', name: 'before-merger', description: 'private', memory: false, freeze: false },
  });
  await journal.write({ now: 'begin', step: 'overlay acme-gone' });
  await journal.write({ now: 'done', step: 'overlay acme-gone', facts: { path: '/vms/acme-gone.snap' } });
  await journal.write({ now: 'begin', step: 'define' });
  await journal.close();
  await writeFile(path.join(folder, 'alien.jsonl'), 'nonsense about payroll\n');
  await writeFile(path.join(folder, 'posada.log'), 'acme-gone is odd');
  const texts = await diagnosticTexts({
    ...{ versions: {}, settings: defaultSettings, logFolder: folder, about: '' },
    ...{ inventory: inventoryOf('payroll'), journals: new Journals(folder) },
  });
  expect(JSON.parse(texts.get('journals.json') ?? '')).toEqual([
    { file: 'alien.jsonl', unreadable: expect.stringContaining('SyntaxError') },
    {
      ...{ task: 'task-1', engine: 'libvirt:qemu:///system', operation: 'snapshot.take', verb: 'takeSnapshot', at: 1 },
      steps: [
        { step: 'overlay <guest>', state: 'done' },
        { step: 'define', state: 'begun' },
      ],
    },
  ]);
  for (const text of texts.values()) expect(text).not.toMatch(/acme|payroll|merger|private|vms/);
});

test('it is written whole or not at all', async () => {
  const known = {
    versions: {},
    inventory: inventoryOf('web'),
    settings: defaultSettings,
    logFolder: '/nowhere',
    journals: new Journals('/nowhere'),
    about: '',
  };
  const file = path.join(folder, 'bundle.zip');
  await writeDiagnostics(file, known);
  expect((await stat(file)).size).toBeGreaterThan(500);
  await expect(writeDiagnostics('/nowhere/bundle.zip', known)).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual(['bundle.zip']);
});

test('longer secrets are found before shorter ones, and none inside a word', () => {
  const secrets = new Map([
    ['db', '<guest>'],
    ['db-1', '<guest>'],
  ]);
  expect(scrub('db-1 and db, not dbus', secrets)).toBe('<guest> and <guest>, not dbus');
  // Disks are called after their guests; in names of few letters that would be chance.
  expect(scrub('mail-1.qcow2 db-1.qcow2', new Map([...secrets, ['mail', '<guest>']]))).toBe(
    '<guest>-1.qcow2 <guest>.qcow2',
  );
  expect(scrub('a+b (x)', new Map([['a+b (x', '<guest>']]))).toBe('<guest>)');
});

test.each([
  ['password=hunter2 next', 'password=<secret> next'],
  ['{"token": "abc def", "at": 1}', '{"token": <secret>, "at": 1}'],
  ['key -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- end', 'key <key> end'],
  ['the token is missing', 'the token is missing'],
])('%s', (text, clean) => expect(scrub(text, new Map())).toBe(clean));
