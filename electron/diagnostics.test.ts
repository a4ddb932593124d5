import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../shared/default-settings.ts';
import type { InventoryCopy } from '../shared/inventory.ts';
import { diagnosticTexts, scrub, writeDiagnostics } from './diagnostics.ts';
import { Inventory } from './inventory/inventory.ts';
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

test('it is written whole or not at all', async () => {
  const known = {
    versions: {},
    inventory: inventoryOf('web'),
    settings: defaultSettings,
    logFolder: '/nowhere',
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
  expect(scrub('a+b (x)', new Map([['a+b (x', '<guest>']]))).toBe('<guest>)');
});

test.each([
  ['password=hunter2 next', 'password=<secret> next'],
  ['{"token": "abc def", "at": 1}', '{"token": <secret>, "at": 1}'],
  ['key -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- end', 'key <key> end'],
  ['the token is missing', 'the token is missing'],
])('%s', (text, clean) => expect(scrub(text, new Map())).toBe(clean));
