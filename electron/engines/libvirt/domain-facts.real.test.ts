import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { run as execute } from '../../../build/testing/execute.ts';
import { booted, domainXml, Virsh } from '../../../build/testing/test-domains.ts';
import { TestPool } from '../../../build/testing/test-pool.ts';
import { type Guest, guest as guestSchema } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { EngineEvent } from '../engine.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const mark = `posada-test-facts-${process.pid}`;
const patience = { timeout: 30_000, interval: 50 };
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
const changed = new Set<GuestId>();
const events: EngineEvent[] = [];
let pool: TestPool;
let disk: string;
/** Of the guest that each test has to itself. */
let name: string;
let id: GuestId;
let count = 0;

beforeAll(async () => {
  pool = await TestPool.make(virsh, mark);
  await engine.open({
    changed: (guests) => {
      for (const guest of guests) changed.add(guest);
    },
    happened: (more) => events.push(...more),
    ...{ changedAll: () => undefined, lost: () => undefined },
  });
});
beforeEach(async () => {
  count += 1;
  name = `${mark}-${count}`;
  disk = await pool.volume(`${name}.qcow2`);
  await virsh.define(await domainXml({ name, disk }));
  const found = (await engine.list()).find((guest) => guest.name === name);
  id = found?.id as GuestId;
  await engine.read([id]);
  changed.clear();
  events.splice(0);
  return async () => {
    for (const each of (await virsh.names()).filter((some) => some.startsWith(`${mark}-`))) await virsh.remove(each);
  };
});
afterAll(async () => {
  await engine.close();
  await pool.remove();
});

async function row(): Promise<Guest> {
  const [guest] = await engine.read([id]);
  if (!guest) throw new Error(`${name} is not there`);
  expect(guestSchema.safeParse(guest).error).toBeUndefined();
  return guest;
}

/** Waits until the engine has told that the guest changed, and its row has this. */
async function shows(expected: Partial<Guest>): Promise<void> {
  await vi.waitFor(async () => {
    expect(changed.has(id)).toBe(true);
    expect(await row()).toMatchObject(expected);
  }, patience);
}

describe('what another client does to a guest shows in its row', { timeout: 60_000 }, () => {
  test('a title and a tag', async () => {
    await virsh.run('desc', name, '--config', '--title', 'Web server');
    await shows({ title: 'Web server', tags: [], protected: false });
    changed.clear();
    const element = '<guest protected="yes"><tag>db</tag><tag>prod</tag></guest>';
    const ours = ['urn:x-posada:guest:1', '--key', 'posada', '--set', element];
    await virsh.run('metadata', name, ...ours, '--config');
    await shows({ title: 'Web server', tags: ['db', 'prod'], protected: true });
    expect(events.map(({ what }) => what.key)).toContain('event.metadataChanged');
  });

  test('autostart, for which there is no event', async () => {
    expect((await row()).startup).toEqual({ by: 'autostart', on: false });
    changed.clear();
    await virsh.run('autostart', name);
    await shows({ startup: { by: 'autostart', on: true } });
  });

  test('a snapshot, for which there is no event', async () => {
    expect((await row()).snapshots).toBe(0);
    changed.clear();
    await virsh.run('snapshot-create-as', name, 'first');
    await shows({ snapshots: 1 });
    expect(await engine.detail(id)).toMatchObject({ currentSnapshot: 'first' });
  });

  test('its state saved to disk, and thrown away', async () => {
    await virsh.run('start', name);
    await booted(name);
    await virsh.run('managedsave', name);
    await shows({ state: 'saved' });
    changed.clear();
    await virsh.run('managedsave-remove', name);
    await shows({ state: 'stopped' });
  });

  test('that it is gone when it stops', async () => {
    expect((await row()).transient).toBe(false);
    await virsh.run('start', name);
    await virsh.run('undefine', name);
    await shows({ state: 'running', transient: true });
    await virsh.run('destroy', name);
    await vi.waitFor(async () => expect(await engine.read([id])).toEqual([]), patience);
  });
});

/** Bytes by their names in the table of `virsh domblkinfo`. */
async function diskOutside(): Promise<Record<string, number>> {
  const table = await virsh.run('domblkinfo', name, 'vda');
  return Object.fromEntries([...table.matchAll(/^(\w+): +(\d+)$/gm)].map(([, key, value]) => [key, Number(value)]));
}

describe('the facts of a guest', { timeout: 60_000 }, () => {
  test('are how it is run, and what it may use', async () => {
    const memory = 128 * 1024 ** 2;
    const facts = { virtualization: 'emulation', domainType: 'qemu', cpus: 1, memoryLimit: memory };
    expect(await row()).toMatchObject({ ...facts, memoryCurrent: memory, transient: false });
  });

  test('are what its disks hold, while it is off and while it runs', async () => {
    for (const step of ['off', 'running']) {
      if (step === 'running') {
        await virsh.run('start', name);
        await booted(name);
      }
      await vi.waitFor(async () => {
        const { Capacity, Allocation } = await diskOutside();
        expect((await row()).disk, step).toEqual({ size: Capacity, used: Allocation });
        expect(await engine.detail(id)).toMatchObject({
          disks: [{ target: 'vda', source: disk, format: 'qcow2', capacity: Capacity, allocation: Allocation }],
        });
      }, patience);
    }
  });

  test('are since when it runs: as long as its process does', async () => {
    await virsh.run('start', name);
    const pids = await execute('pgrep', ['-f', `guest=${name},`]);
    await vi.waitFor(async () => expect((await row()).startedAt).toBeDefined(), patience);
    const began = Date.parse(await execute('ps', ['-o', 'lstart=', '-p', pids.trim()]));
    expect(Math.abs(((await row()).startedAt ?? 0) - began)).toBeLessThan(2000);
    await virsh.run('destroy', name);
    await vi.waitFor(async () => expect(await row()).not.toHaveProperty('startedAt'), patience);
  });
});

test('the history of a guest is told in order', { timeout: 60_000 }, async () => {
  const steps = ['start', 'suspend', 'resume', 'destroy', 'undefine'];
  for (const step of steps) await virsh.run(step, name);
  await vi.waitFor(() => {
    const mine = events.filter(({ guest }) => guest === id).map(({ what }) => [what.key, what.params]);
    expect(mine).toEqual([
      ['event.startedFrom', { how: 'booted' }],
      ['event.pausedBy', { why: 'user' }],
      ['event.resumed', undefined],
      ['event.stoppedBy', { why: 'destroyed' }],
      ['event.undefined', undefined],
    ]);
  }, patience);
  expect(events.every(({ bad }) => !bad)).toBe(true);
});
