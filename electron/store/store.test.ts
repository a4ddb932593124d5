import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
});

describe('identities', () => {
  const engine = 'docker:test' as EngineId;

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

  test('of containers that are gone are forgotten on the disk too, those of other engines stay', async () => {
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const kept = store.guestFor(engine, 'kept');
    const gone = store.guestFor(engine, 'gone');
    const other = store.guestFor('docker:other' as EngineId, 'gone');
    store.retain(engine, new Set(['kept', 'never seen']));
    const saved = { [engine]: { kept }, 'docker:other': { gone: other } };
    await vi.waitFor(async () => expect(JSON.parse(await readFile(file, 'utf8')).engines).toEqual(saved), {
      timeout: 5000,
    });
    const again = await IdentityStore.open(file);
    expect([again.nativeFor(kept), again.nativeFor(gone), again.nativeFor(other)]).toEqual(['kept', undefined, 'gone']);
  });

  test('seen just before the app ends are kept', async () => {
    const file = path.join(folder, 'identities.json');
    const store = await IdentityStore.open(file);
    const guest = store.guestFor(engine, 'abc');
    await store.flush();
    expect((await IdentityStore.open(file)).nativeFor(guest)).toBe('abc');
  });
});
