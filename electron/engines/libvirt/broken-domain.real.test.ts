import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../../../build/testing/execute.ts';
import { domainXml, Virsh } from '../../../build/testing/test-domains.ts';
import { failure as failureSchema } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import { say } from '../../../shared/message.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const broken = `posada-test-broken-${process.pid}`;
const whole = `posada-test-whole-${process.pid}`;
const disk = `/var/tmp/posada-test-no-such-disk-${process.pid}.qcow2`;
const patience = { timeout: 20_000, interval: 50 };
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));

beforeAll(async () => {
  await virsh.define(await domainXml({ name: broken, disk, title: 'Has lost its disk' }));
  await virsh.define(await domainXml({ name: whole }));
  await engine.open({
    changed: () => undefined,
    changedAll: () => undefined,
    happened: () => undefined,
    lost: () => undefined,
  });
});
afterAll(async () => {
  await engine.close();
  await virsh.remove(broken);
  await virsh.remove(whole);
  await rm(disk, { force: true });
});

function the(name: string, guests: readonly Guest[]): Guest {
  const found = guests.filter((guest) => guest.name === name);
  expect(found).toHaveLength(1);
  return found[0] as Guest;
}

/** Reads all until the broken one has its failure, or has none: a disk that is slow to tell holds up no row. */
function readAll(hasFailure: boolean): Promise<Guest[]> {
  return vi.waitFor(async () => {
    const guests = await engine.read((await engine.list()).map(({ id }) => id));
    expect('failure' in the(broken, guests)).toBe(hasFailure);
    return guests;
  }, patience);
}

test('a domain whose disk is missing is one row with its failure, and the rest is read', async () => {
  const guests = await readAll(true);
  const { failure, ...row } = the(broken, guests);
  expect(failureSchema.safeParse(failure).error).toBeUndefined();
  expect(failure).toMatchObject({
    code: 'guest-broken',
    detail: say('failure.detail.diskMissing', { path: disk }),
    guest: row.id,
    raw: { source: 'libvirt' },
  });
  // What its definition says is there all the same.
  expect(row).toMatchObject({ state: 'stopped', cpus: 1, memoryLimit: 128 * 1024 ** 2 });
  expect(the(whole, guests)).toMatchObject({ state: 'stopped', cpus: 1 });
  expect(the(whole, guests)).not.toHaveProperty('failure');
});

test('it keeps its failure when the list is made anew', async () => {
  await readAll(true);
  const guests = await engine.list();
  expect(the(broken, guests)).toMatchObject({ failure: { code: 'guest-broken' }, cpus: 1 });
  expect(the(whole, guests)).not.toHaveProperty('failure');
});

test('its start fails with the same words, and the others start', async () => {
  const guests = await readAll(true);
  const action = quietRun();
  await expect(engine.act(the(broken, guests).id, { verb: 'start' }, action)).rejects.toMatchObject({
    failure: { code: 'guest-broken', detail: say('failure.detail.diskMissing', { path: disk }) },
  });
  await engine.act(the(whole, guests).id, { verb: 'start' }, action);
  expect(await virsh.state(whole)).toBe('running');
  expect(await virsh.state(broken)).toBe('stopped');
});

test('it has no failure any more once the disk is back', async () => {
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '1M']);
  await readAll(false);
  expect(the(broken, await engine.list())).not.toHaveProperty('failure');
});
