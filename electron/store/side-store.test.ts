import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { ListView } from '../../shared/list-view.ts';
import { FailureError } from '../engines/failure-error.ts';
import { SideStore } from './side-store.ts';

const engine = 'docker:unix:///test.sock' as EngineId;
const web = `${engine}/web` as GuestId;
const db = `${engine}/db` as GuestId;
const day = 24 * 3600 * 1000;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'posada-side-'));
  file = path.join(folder, 'side.json');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const onDisk = async () => JSON.parse(await readFile(file, 'utf8'));

/** What console.error would have said, so that it is not said in the tests' own output. */
const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => undefined);

test('of a guest of which nothing was kept nothing is known', async () => {
  expect((await SideStore.open(file)).read(web)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

test('annotations and views stay over a restart of the app', async () => {
  const store = await SideStore.open(file);
  const list: ListView = {
    columns: [{ id: 'name', width: 200 }],
    sort: { column: 'name', direction: 'ascending' },
    filter: 'tag:db',
    groupBy: 'none',
  };
  await store.keep(web, { title: 'Shop', tags: ['prod', 'año'], protected: true });
  await store.keep(db, { title: '', tags: [], protected: false });
  await store.keepViews({ list, sizes: undefined });
  await store.keepViews({ saved: [{ name: 'mine', view: list }] });
  const again = await SideStore.open(file);
  expect(again.read(web)).toEqual({ title: 'Shop', tags: ['prod', 'año'], protected: true });
  // Kept, with nothing in it: not the same as nothing kept.
  expect(again.read(db)).toEqual({ tags: [], protected: false });
  expect(again.views()).toEqual({ list, saved: [{ name: 'mine', view: list }], sizes: {} });
  expect(await readdir(folder)).toEqual(['side.json']);
});

describe('of guests that are gone', () => {
  const kept = { tags: ['prod'], protected: true };

  test('it knows for 30 days: a container that is recreated comes back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const store = await SideStore.open(file);
    await store.keep(web, kept);
    store.retain(engine, new Set([db]));
    vi.setSystemTime(Date.now() + 29 * day);
    store.retain(engine, new Set([db]));
    expect(store.read(web)).toEqual(kept);
    store.retain(engine, new Set([web]));
    vi.setSystemTime(Date.now() + 29 * day);
    store.retain(engine, new Set());
    expect(store.read(web)).toEqual(kept);
    vi.setSystemTime(Date.now() + 31 * day);
    store.retain(engine, new Set());
    expect(store.read(web)).toBeUndefined();
    await store.flush();
    expect((await onDisk()).guests).toEqual({});
  });

  test('it counts over restarts of the app', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const store = await SideStore.open(file);
    await store.keep(web, kept);
    store.retain(engine, new Set());
    await store.flush();
    vi.setSystemTime(Date.now() + 31 * day);
    const again = await SideStore.open(file);
    expect(again.read(web)).toEqual(kept);
    again.retain(engine, new Set());
    expect(again.read(web)).toBeUndefined();
    await again.flush();
  });

  test('those of other engines are not meant: an engine that does not answer lists nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const store = await SideStore.open(file);
    const other = 'docker:unix:///other.sock/web' as GuestId;
    await store.keep(other, kept);
    store.retain(engine, new Set());
    vi.setSystemTime(Date.now() + 400 * day);
    store.retain(engine, new Set());
    expect(store.read(other)).toEqual(kept);
  });

  test('a list that changes nothing writes nothing', async () => {
    const store = await SideStore.open(file);
    store.retain(engine, new Set([web]));
    await store.flush();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('writing', () => {
  test('many quick changes are few writes, and the last one is on the disk', async () => {
    const store = await SideStore.open(file);
    const writes = new Set<Promise<void>>();
    const write = vi.spyOn(JSON, 'stringify');
    for (let width = 1; width <= 500; width += 1) writes.add(store.keepViews({ sizes: { pane: width } }));
    await Promise.all(writes);
    expect(write.mock.calls.length).toBeLessThanOrEqual(2);
    expect((await onDisk()).views.sizes).toEqual({ pane: 500 });
  });

  test('what changes while a write is under way is written too, and flush waits for it', async () => {
    const store = await SideStore.open(file);
    const first = store.keep(web, { tags: ['a'], protected: false });
    await Promise.resolve();
    const second = store.keep(web, { tags: ['b'], protected: false });
    await store.flush();
    expect((await onDisk()).guests[web].tags).toEqual(['b']);
    await Promise.all([first, second]);
  });

  test('that fails is told with a next step, holds in memory, and the next one takes it along', async () => {
    const elsewhere = await SideStore.open(path.join(folder, 'later', 'side.json'));
    await writeFile(path.join(folder, 'later'), 'in the way');
    const error = await elsewhere.keep(web, { tags: ['a'], protected: true }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure).toMatchObject({
      title: { key: 'failure.title.keep' },
      detail: { key: 'failure.detail.notKept' },
      remedies: [{ do: 'retry' }],
    });
    expect(elsewhere.read(web)).toEqual({ tags: ['a'], protected: true });
    await rm(path.join(folder, 'later'));
    await elsewhere.keepViews({ sizes: { pane: 1 } });
    expect((await SideStore.open(path.join(folder, 'later', 'side.json'))).read(web)?.tags).toEqual(['a']);
  });
});

describe('a file', () => {
  test('that is no JSON, or of another shape, is set aside, not lost', async () => {
    const error = quiet();
    for (const text of ['{"guests": ', '[]', '{"schemaVersion": 2, "guests": 7}']) {
      await writeFile(file, text);
      const store = await SideStore.open(file);
      expect(store.read(web)).toBeUndefined();
      const aside = (await readdir(folder)).filter((name) => name.startsWith('side.json.unreadable-'));
      expect(await readFile(path.join(folder, aside[0] ?? ''), 'utf8')).toBe(text);
      expect(await readdir(folder)).toHaveLength(1);
      await store.keep(web, { tags: ['new'], protected: false });
      for (const name of await readdir(folder)) await rm(path.join(folder, name));
    }
    expect(error).toHaveBeenCalledTimes(3);
  });

  test('of a newer version is set aside and not overwritten', async () => {
    quiet();
    const newer = '{"schemaVersion": 3, "guests": {}, "wonders": true}';
    await writeFile(file, newer);
    const store = await SideStore.open(file);
    await store.keep(web, { tags: ['old'], protected: false });
    const [aside] = (await readdir(folder)).filter((name) => name.startsWith('side.json.newer-v3-'));
    expect(await readFile(path.join(folder, aside ?? ''), 'utf8')).toBe(newer);
    expect((await onDisk()).schemaVersion).toBe(2);
  });

  test('that cannot be read at all does not keep the app from opening, and is kept', async () => {
    quiet();
    await mkdir(path.join(file, 'inside'), { recursive: true });
    const store = await SideStore.open(file);
    await store.keep(web, { tags: ['a'], protected: false });
    expect((await onDisk()).guests[web].tags).toEqual(['a']);
    expect((await readdir(folder)).filter((name) => name.startsWith('side.json.unreadable-'))).toHaveLength(1);
  });

  test.each([
    [0, { guests: { [engine]: { [web]: { tags: ['prod'] } } } }, { tags: ['prod'], protected: false }],
    [
      1,
      {
        schemaVersion: 1,
        guests: { [engine]: { [web]: { title: 'Shop', tags: ['prod'], protected: true } } },
        views: { saved: [], sizes: { pane: 7 } },
      },
      { title: 'Shop', tags: ['prod'], protected: true },
    ],
  ])('of version %i is backed up, migrated, and migrated once', async (version, old, annotation) => {
    const text = JSON.stringify(old);
    await writeFile(file, text);
    const store = await SideStore.open(file);
    expect(store.read(web)).toEqual(annotation);
    if (version === 1) expect(store.views().sizes).toEqual({ pane: 7 });
    const backup = `side.json.v${version}-backup`;
    expect((await readdir(folder)).sort()).toEqual(['side.json', backup]);
    expect(await readFile(path.join(folder, backup), 'utf8')).toBe(text);
    expect((await onDisk()).schemaVersion).toBe(2);
    expect((await SideStore.open(file)).read(web)).toEqual(annotation);
    expect((await readdir(folder)).sort()).toEqual(['side.json', backup]);
  });

  test('is not migrated over an older backup', async () => {
    const backup = path.join(folder, 'side.json.v0-backup');
    await writeFile(backup, 'earlier');
    await writeFile(file, JSON.stringify({ guests: {} }));
    await SideStore.open(file);
    expect(await readFile(backup, 'utf8')).toBe('earlier');
    expect((await readdir(folder)).filter((name) => name.startsWith('side.json.v0-backup'))).toHaveLength(2);
  });
});
