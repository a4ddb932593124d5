import { beforeEach, describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { guestSnapshots, type Snapshot, type SnapshotId } from '../../../shared/snapshot.ts';
import type { Journal, StepState } from '../../journal/journal-file.ts';
import { perform } from '../../journal/perform.ts';
import { recover } from '../../journal/recover.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { EngineWatcher } from '../engine.ts';
import type { Operation } from '../operation.ts';
import { DemoEngine } from './demo-engine.ts';

const [web, proxy] = ['demo/0', 'demo/1'] as [GuestId, GuestId];
const take: Action = { verb: 'takeSnapshot', name: 'mine', description: 'why', memory: true, freeze: false };

let engine: DemoEngine;
const told: GuestId[] = [];
const watcher: EngineWatcher = {
  changed: (guests) => told.push(...guests),
  changedAll: () => undefined,
  happened: () => undefined,
  lost: () => undefined,
};
beforeEach(async () => {
  engine = new DemoEngine(12, 4);
  told.length = 0;
  await engine.open(watcher);
});

const act = (action: Action, guest = web) => engine.act(guest, action, quietRun());
const list = (guest = web) => engine.snapshots.list(guest);
async function the(name: string, guest = web): Promise<Snapshot> {
  const found = (await list(guest)).snapshots.find((each) => each.name === name);
  if (!found) throw new Error(`There is no snapshot ${name}.`);
  return found;
}
/** Every snapshot with the name of the one that it stands on, and NOW. */
async function tree(guest = web): Promise<string[]> {
  const { snapshots, current } = await list(guest);
  const nameOf = (id: SnapshotId | undefined) => snapshots.find((each) => each.id === id)?.name ?? '-';
  return [...snapshots.map(({ name, parent }) => `${name} < ${nameOf(parent)}`), `NOW < ${nameOf(current)}`];
}
const row = async (guest = web) => (await engine.read([guest]))[0];

const atFirst = [
  'base < -',
  'before-upgrade < base',
  'failed-upgrade < before-upgrade',
  'tls-works < before-upgrade',
  'NOW < tls-works',
];

describe('snapshots of the demo engine', () => {
  test('begin with a small tree, which fits the schema and the count in the list', async () => {
    expect(await tree()).toEqual(atFirst);
    for (const guest of (await engine.list()).filter(({ kind }) => kind === 'vm')) {
      const all = await list(guest.id);
      expect(guestSnapshots.safeParse(all).error).toBeUndefined();
      expect(all.snapshots, guest.name).toHaveLength(guest.snapshots ?? 0);
      const times = all.snapshots.map(({ createdAt }) => createdAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.max(0, ...times)).toBeLessThan(Date.now());
    }
  });

  test('are taken on top of what the guest stands on, counted and told of', async () => {
    await act(take);
    expect(await tree()).toEqual([...atFirst.slice(0, -1), 'mine < tls-works', 'NOW < mine']);
    expect(await the('mine')).toMatchObject({ description: 'why', memory: true, state: 'running', own: true });
    expect([(await row())?.snapshots, told.includes(web)]).toEqual([5, true]);
    expect(engine.snapshots.leftAside()).toBe(0);
  });

  test('of a guest that is off have no memory, and one with a saved state has none taken', async () => {
    const off = (await engine.list()).find(({ kind, state }) => kind === 'vm' && state === 'stopped')?.id as GuestId;
    await expect(act(take, off)).rejects.toMatchObject({ failure: { detail: say('because.notRunning') } });
    await act({ ...take, memory: false }, off);
    expect(await the('mine', off)).toMatchObject({ memory: false, state: 'off' });
    await act({ verb: 'save' });
    await expect(act(take)).rejects.toMatchObject({ failure: { code: 'wrong-state' } });
    expect((await row())?.offers).toContainEqual({
      ...{ verb: 'takeSnapshot', label: say('verb.takeSnapshot') },
      ...{ ready: false, because: say('because.saved') },
    });
  });

  test('bring the guest back, to what it did where its memory was kept', async () => {
    await act({ verb: 'restoreSnapshot', snapshot: (await the('base')).id });
    expect([(await tree()).at(-1), (await row())?.state]).toEqual(['NOW < base', 'stopped']);
    await act({ verb: 'restoreSnapshot', snapshot: (await the('tls-works')).id });
    expect([(await tree()).at(-1), (await row())?.state]).toEqual(['NOW < tls-works', 'running']);
    expect((await row())?.snapshots).toBe(4);
  });

  test('keep what the guest is now first, where that is asked for', async () => {
    await act({ verb: 'restoreSnapshot', snapshot: (await the('base')).id, keepNow: 'kept' });
    expect(await tree()).toEqual([...atFirst.slice(0, -1), 'kept < tls-works', 'NOW < base']);
    expect(await the('kept')).toMatchObject({ memory: true });
  });

  test('go alone, and what stands on them stays; or with all that stands on them', async () => {
    const { id: upgrade } = await the('before-upgrade');
    await act({ verb: 'deleteSnapshot', snapshot: upgrade, children: false });
    expect(await tree()).toEqual(['base < -', 'failed-upgrade < base', 'tls-works < base', 'NOW < tls-works']);
    await act({ verb: 'unprotectSnapshot', snapshot: (await the('base')).id });
    await act({ verb: 'deleteSnapshot', snapshot: (await the('base')).id, children: true });
    expect([await tree(), (await row())?.snapshots]).toEqual([['NOW < -'], 0]);
  });

  test('that are protected are not deleted, also not with what they stand on', async () => {
    await act({ verb: 'protectSnapshot', snapshot: (await the('failed-upgrade')).id });
    const { id } = await the('before-upgrade');
    await expect(act({ verb: 'deleteSnapshot', snapshot: id, children: true })).rejects.toMatchObject({
      failure: { code: 'refused', detail: say('because.childProtected', { name: 'failed-upgrade' }) },
    });
    expect(await tree()).toEqual(atFirst);
    const { offers } = await the('failed-upgrade');
    expect(offers.filter(({ ready }) => !ready).map(({ verb }) => verb)).toEqual(['protectSnapshot', 'deleteSnapshot']);
  });

  test('are renamed and described; one that is gone is told of', async () => {
    const { id: snapshot } = await the('base');
    await act({ verb: 'editSnapshot', snapshot, name: 'start', description: 'clean' });
    expect(await the('start')).toMatchObject({ id: snapshot, description: 'clean' });
    const gone = 'nothing' as SnapshotId;
    await expect(act({ verb: 'restoreSnapshot', snapshot: gone })).rejects.toMatchObject({
      failure: { detail: say('failure.detail.snapshotGone') },
    });
  });

  test('are of VMs only: of a container it is said that there are none', async () => {
    await expect(list(proxy)).rejects.toMatchObject({
      failure: { code: 'not-supported', detail: say('failure.detail.noSnapshots') },
    });
    expect((await row(proxy))?.offers.some(({ verb }) => verb === 'takeSnapshot')).toBe(false);
  });
});

/** What was asked of run.perform(), and not done. */
async function operationOf(action: Action): Promise<Operation> {
  let found: Operation | undefined;
  await engine.act(web, action, {
    ...quietRun(),
    perform: async (operation) => {
      found = operation;
    },
  });
  if (!found) throw new Error('There was no operation.');
  return found;
}

class Crash extends Error {}

describe('an operation on demo snapshots', () => {
  const withMemory = async (): Promise<Action> => ({
    ...{ verb: 'restoreSnapshot', keepNow: 'kept', snapshot: (await the('failed-upgrade')).id },
  });
  const deleting = async (): Promise<Action> => ({
    ...{ verb: 'deleteSnapshot', children: true, snapshot: (await the('before-upgrade')).id },
  });

  test.each([
    ['taking', async () => take],
    ['restoring', withMemory],
    ['deleting', deleting],
  ])('of %s has several steps, and leaves the old tree or the new one wherever the app ends', async (_what, make) => {
    const before = await tree();
    const first = await operationOf(await make());
    expect(first.steps.length).toBeGreaterThan(1);
    await perform(first, { write: async () => undefined, end: async () => undefined }, quietRun());
    const whole = await tree();
    expect(whole).not.toEqual(before);
    for (let moment = 0; moment < first.steps.length * 2; moment += 1) {
      engine = new DemoEngine(12, 1);
      await engine.open(watcher);
      const operation = await operationOf(await make());
      const states = new Map<string, StepState>();
      let written = 0;
      const journal: Journal = {
        write: async (line) => {
          if (written === moment) throw new Crash();
          written += 1;
          const at = line.now === 'begin' ? 'begun' : line.now === 'done' ? 'done' : 'undone';
          states.set(line.step, { at });
        },
        end: async () => undefined,
      };
      // Broken off: what perform() does after it counts for nothing.
      const steps = operation.steps.map(({ undo: _undo, ...step }) => step);
      await expect(perform({ ...operation, steps }, journal, quietRun())).rejects.toThrow();
      const again = engine.recall(operation.kind, JSON.parse(JSON.stringify(operation.plan)));
      const end = await recover(again, states, { ...journal, write: async () => undefined }, quietRun());
      expect([await tree(), moment]).toEqual([end === 'finished' ? whole : before, moment]);
      expect(engine.snapshots.leftAside()).toBe(0);
    }
  });

  test('that is cancelled is taken back', async () => {
    const abort = new AbortController();
    const run = quietRun({ signal: abort.signal, progress: (part) => part > 0.5 && abort.abort() });
    await expect(engine.act(web, take, run)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect([await tree(), engine.snapshots.leftAside()]).toEqual([atFirst, 0]);
  });

  test('of another version of the app is not known', () => {
    expect(() => engine.recall('something', {})).toThrow(expect.objectContaining({ name: 'FailureError' }));
  });
});
