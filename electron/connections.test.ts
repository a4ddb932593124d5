import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connection } from '../shared/connection.ts';
import type { EngineId } from '../shared/ids.ts';
import type { AddedConnection } from '../shared/settings.ts';
import { Connections } from './connections.ts';
import { History } from './inventory/history.ts';
import { Inventory } from './inventory/inventory.ts';
import { SettingsStore } from './store/settings-store.ts';
import { brokenEngine, ScriptedEngine } from './testing/scripted-engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'posada-connections-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Tasks that are not over. */
const open = Object.assign(openAll, { tasks: 0 });

async function openAll(rootless?: ScriptedEngine) {
  const inventory = new Inventory(() => undefined);
  const settings = await SettingsStore.open(path.join(folder, 'settings.json'), () => undefined);
  const changed = vi.fn();
  const connections = new Connections(
    inventory,
    new History(() => undefined),
    Promise.resolve(settings),
    changed,
    () => open.tasks,
  );
  const found = new ScriptedEngine('found');
  found.add('web');
  await connections.start({
    find: async () => (rootless ? [found, rootless] : [found]),
    make: async ({ address }: AddedConnection) => {
      const engine = new ScriptedEngine(address);
      engine.add(`at-${address}`);
      return engine;
    },
    flush: async () => undefined,
  });
  const names = () => inventory.read().guests.map((guest) => guest.name);
  const used = () => connections.list().map((each) => [each.engine, each.origin, each.used]);
  await vi.waitFor(() => expect(inventory.read().engines.every(({ state }) => state === 'live')).toBe(true));
  return { connections, inventory, names, used, changed };
}
const foundId = 'found' as EngineId;
const added = { kind: 'docker', address: 'unix:///other' } as const;
const addedId = added.address as EngineId;

describe('connections', () => {
  test('that are found are used, and each is told with where it is', async () => {
    const { connections, names, used } = await open();
    await vi.waitFor(() => expect(names()).toEqual(['web']));
    expect(used()).toEqual([['found', 'found', true]]);
    for (const each of connections.list()) expect(connection.safeParse(each).error).toBeUndefined();
  });

  test('that are switched off leave the list at once, also after a restart, and come back', async () => {
    const first = await open();
    await first.connections.use(foundId, false);
    expect(first.inventory.read()).toMatchObject({ engines: [], guests: [] });
    expect(first.connections.link(foundId)).toBeUndefined();
    const second = await open();
    expect(second.used()).toEqual([['found', 'found', false]]);
    expect(second.names()).toEqual([]);
    await second.connections.use(foundId, true);
    await vi.waitFor(() => expect(second.names()).toEqual(['web']));
  });

  test('can be added, are there after a restart, and can be removed', async () => {
    const first = await open();
    expect(await first.connections.add(added)).toBe(addedId);
    await vi.waitFor(() => expect(first.names()).toEqual(['web', 'at-unix:///other']));
    expect(first.changed).toHaveBeenCalledTimes(2);
    const second = await open();
    await vi.waitFor(() => expect(second.names()).toEqual(['web', 'at-unix:///other']));
    await second.connections.remove(addedId);
    expect(second.names()).toEqual(['web']);
    expect(second.used()).toEqual([['found', 'found', true]]);
    expect((await open()).used()).toEqual([['found', 'found', true]]);
  });

  test('changed quickly end as they were asked last, and no change is lost', async () => {
    const { connections, used, names } = await open();
    const other = { kind: 'docker', address: 'unix:///third' } as const;
    await Promise.all([
      ...[connections.add(added), connections.use(foundId, false), connections.add(other)],
      ...[connections.use(addedId, false), connections.use(foundId, true), connections.use(foundId, false)],
    ]);
    const wanted = [
      ['found', 'found', false],
      [addedId, 'added', false],
      [other.address, 'added', true],
    ];
    expect(used()).toEqual(wanted);
    await vi.waitFor(() => expect(names()).toEqual(['at-unix:///third']));
    expect((await open()).used()).toEqual(wanted);
  });

  test('are not taken away under a task that is not over', async () => {
    const { connections, used, names } = await open();
    await connections.add(added);
    open.tasks = 2;
    const busy = { failure: { detail: { key: 'failure.detail.tasksOpen', params: { count: 2 } } } };
    await expect(connections.use(foundId, false)).rejects.toMatchObject(busy);
    await expect(connections.remove(addedId)).rejects.toMatchObject(busy);
    open.tasks = 0;
    expect(used()).toHaveLength(2);
    expect(names()).toContain('web');
  });

  test('that were only looked for and never answered can be asked for by hand, and then say what is wrong', async () => {
    const missing = { down: brokenEngine() };
    const looked = () => Object.assign(new ScriptedEngine(added.address, { optional: true }), missing);
    const first = await open(looked());
    expect(first.inventory.read().engines.map(({ id }) => id)).toEqual([foundId]);
    expect(await first.connections.add(added)).toBe(addedId);
    await vi.waitFor(() => expect(first.names()).toContain('at-unix:///other'));
    const second = await open(looked());
    expect(second.used()).toContainEqual([addedId, 'added', true]);
    await vi.waitFor(() => expect(second.names()).toContain('at-unix:///other'));
    await second.connections.remove(addedId);
    expect((await open(looked())).used()).toContainEqual([addedId, 'found', true]);
  });

  test('are not added twice, and what was found cannot be removed', async () => {
    const { connections, used } = await open();
    await connections.add(added);
    await expect(connections.add(added)).rejects.toMatchObject({
      failure: { detail: { key: 'failure.detail.connectionKnown' } },
    });
    await expect(connections.remove(foundId)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
    await expect(connections.use('nobody' as EngineId, true)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
    expect(used()).toHaveLength(2);
  });
});
