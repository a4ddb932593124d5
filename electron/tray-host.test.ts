import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasTrayHost } from './tray-host.ts';

let bin: string;
beforeEach(async () => {
  bin = await mkdtemp(path.join(os.tmpdir(), 'posada-tray-'));
});
afterEach(() => rm(bin, { recursive: true }));

/** A program that prints this; what is not made is not installed. */
async function program(name: string, script: string): Promise<void> {
  const file = path.join(bin, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}
const ask = (env: NodeJS.ProcessEnv = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }) =>
  hasTrayHost({ platform: 'linux', env: { PATH: bin, ...env } });

test('somebody draws icons where the bus says so', async () => {
  await program('gdbus', 'echo "(true,)"');
  expect(await ask()).toBe(true);
});

test('nobody does: closing must not hide the window there', async () => {
  await program('gdbus', 'echo "(false,)"');
  await program('dbus-send', 'echo "   boolean true"');
  expect(await ask()).toBe(false);
});

test('the other program is asked where the first is not installed', async () => {
  await program('dbus-send', 'echo "   boolean true"');
  expect(await ask()).toBe(true);
});

test('without a bus, a program to ask it, or an answer there is none', async () => {
  expect(await ask()).toBe(false);
  await program('gdbus', 'exit 1');
  expect(await ask()).toBe(false);
  await program('gdbus', 'echo "(true,)"');
  expect(await ask({ XDG_RUNTIME_DIR: bin })).toBe(false);
});

test('other systems always have a place for icons', async () => {
  expect(await hasTrayHost({ platform: 'darwin', env: {} })).toBe(true);
});
