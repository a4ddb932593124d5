import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../shared/default-settings.ts';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import { IdentityStore } from './identity-store.ts';
import { SettingsStore } from './settings-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'posada-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('settings', () => {
  const file = () => path.join(folder, 'deep', 'settings.json');

  test('have defaults, are kept and are told of', async () => {
    const changed = vi.fn();
    const store = await SettingsStore.open(file(), changed);
    expect(store.read()).toEqual(defaultSettings);
    await store.change({ theme: 'dark', language: undefined });
    expect(changed).toHaveBeenCalledWith({ ...defaultSettings, theme: 'dark' });
    expect((await SettingsStore.open(file(), changed)).read()).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(await readdir(path.dirname(file()))).toEqual(['settings.json']);
  });

  test('that cannot be read are set aside, not lost', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const spoilt = path.join(folder, 'settings.json');
    await writeFile(spoilt, '{"theme": "pin');
    expect((await SettingsStore.open(spoilt, () => undefined)).read()).toEqual(defaultSettings);
    const [aside] = await readdir(folder);
    expect(aside).toMatch(/^settings\.json\.unreadable-/);
    expect(await readFile(path.join(folder, aside ?? ''), 'utf8')).toBe('{"theme": "pin');
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });

  test('that are a file of another user, or no file, do not keep the app from opening', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const unreadable = path.join(folder, 'settings.json');
    await mkdir(path.join(unreadable, 'inside'), { recursive: true });
    const store = await SettingsStore.open(unreadable, () => undefined);
    expect(store.read()).toEqual(defaultSettings);
    await store.change({ theme: 'dark' });
    expect(JSON.parse(await readFile(unreadable, 'utf8')).theme).toBe('dark');
    expect((await readdir(folder)).filter((name) => name.startsWith('settings.json.unreadable-'))).toHaveLength(1);
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });

  test('stand each for itself: one that says nothing to this version has its default, and stays in the file', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const mixed = path.join(folder, 'settings.json');
    const addedConnections = [{ kind: 'wonder', address: 'x' }];
    await writeFile(mixed, JSON.stringify({ theme: 'dark', language: 'eo', addedConnections, later: [1] }));
    const store = await SettingsStore.open(mixed, () => undefined);
    expect(store.read()).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(await readdir(folder)).toEqual(['settings.json']);
    await store.change({ language: 'es' });
    expect(JSON.parse(await readFile(mixed, 'utf8'))).toEqual({
      ...defaultSettings,
      ...{ theme: 'dark', language: 'es', addedConnections, later: [1] },
    });
    const said = error.mock.calls.map(([text]) => String(text));
    expect(said).toEqual([expect.stringContaining('language'), expect.stringContaining('addedConnections')]);
    error.mockRestore();
  });
});

describe('identities', () => {
  const engine = 'docker:test' as EngineId;
  const days = (count: number): number => count * 24 * 3600 * 1000;
  afterEach(() => void vi.useRealTimers());

  test('stay over a restart of the app', async () => {
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const guest = store.guestFor(engine, 'abc');
    expect(store.guestFor(engine, 'abc')).toBe(guest);
    expect(store.nativeFor(guest)).toBe('abc');
    await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toContain(guest), { timeout: 5000 });
    expect((await IdentityStore.open(file)).guestFor(engine, 'abc')).toBe(guest);
  });

  test('follow a label over a recreate, but two containers with one label are two guests', async () => {
    const store = await IdentityStore.open(path.join(folder, 'identities.json'));
    const first = store.guestFor(engine, 'one', 'web');
    const copy = store.guestFor(engine, 'two', 'web');
    expect(copy).not.toBe(first);
    store.retain(engine, new Set(['two']));
    expect(store.nativeFor(first)).toBeUndefined();
    expect(store.guestFor(engine, 'three', 'web')).toBe(first);
    expect(store.nativeFor('docker:test/none' as GuestId)).toBeUndefined();
    await vi.waitFor(async () => expect(await readdir(folder)).toContain('identities.json'), { timeout: 5000 });
  });

  test('come back with a container that was not listed for a while, over restarts of the app too', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const guest = store.guestFor(engine, 'abc');
    store.retain(engine, new Set());
    expect(store.nativeFor(guest)).toBeUndefined();
    await store.flush();
    vi.setSystemTime(Date.now() + days(29));
    const again = await IdentityStore.open(file);
    again.retain(engine, new Set(['another']));
    expect(again.nativeFor(guest)).toBeUndefined();
    expect(again.guestFor(engine, 'abc')).toBe(guest);
    expect(again.nativeFor(guest)).toBe('abc');
    await again.flush();
  });

  test('are not given twice: what comes back where another has its label now is a new guest', async () => {
    const store = await IdentityStore.open(path.join(folder, 'identities.json'));
    const first = store.guestFor(engine, 'one', 'web');
    store.retain(engine, new Set());
    expect(store.guestFor(engine, 'two', 'web')).toBe(first);
    expect(store.guestFor(engine, 'one', 'web')).not.toBe(first);
    expect(store.nativeFor(first)).toBe('two');
    await store.flush();
  });

  test('of removed containers, and after 30 days of those not listed, are forgotten on the disk too', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const kept = store.guestFor(engine, 'kept');
    const gone = store.guestFor(engine, 'gone');
    const removed = store.guestFor(engine, 'removed');
    const other = store.guestFor('docker:other' as EngineId, 'gone');
    store.forget(engine, 'removed');
    store.retain(engine, new Set(['kept', 'never seen']));
    await store.flush();
    const onDisk = async () => JSON.parse(await readFile(file, 'utf8')).engines;
    expect(await onDisk()).toEqual({
      [engine]: { kept: { guest: kept }, gone: { guest: gone, goneSince: Date.now() } },
      'docker:other': { gone: { guest: other } },
    });
    vi.setSystemTime(Date.now() + days(31));
    store.retain(engine, new Set(['kept']));
    await store.flush();
    expect(await onDisk()).toEqual({ [engine]: { kept: { guest: kept } }, 'docker:other': { gone: { guest: other } } });
    const again = await IdentityStore.open(file);
    const natives = [kept, gone, removed, other].map((guest) => again.nativeFor(guest));
    expect(natives).toEqual(['kept', undefined, undefined, 'gone']);
  });

  test('of version 1 are backed up and migrated', async () => {
    const file = path.join(folder, 'identities.json');
    const old = JSON.stringify({ schemaVersion: 1, engines: { [engine]: { abc: `${engine}/web` } } });
    await writeFile(file, old);
    const store = await IdentityStore.open(file);
    expect(store.guestFor(engine, 'abc')).toBe(`${engine}/web`);
    expect(await readFile(`${file}.v1-backup`, 'utf8')).toBe(old);
    expect(JSON.parse(await readFile(file, 'utf8')).schemaVersion).toBe(2);
  });

  test('that cannot be read at all do not keep the app from opening, and are kept', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const file = path.join(folder, 'identities.json');
    await mkdir(path.join(file, 'inside'), { recursive: true });
    const store = await IdentityStore.open(file);
    const guest = store.guestFor(engine, 'abc');
    await store.flush();
    expect((await IdentityStore.open(file)).nativeFor(guest)).toBe('abc');
    expect((await readdir(folder)).filter((name) => name.startsWith('identities.json.unreadable-'))).toHaveLength(1);
    error.mockRestore();
  });

  test('seen just before the app ends are kept', async () => {
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const guest = store.guestFor(engine, 'abc');
    await store.flush();
    expect((await IdentityStore.open(file)).nativeFor(guest)).toBe('abc');
  });
});
