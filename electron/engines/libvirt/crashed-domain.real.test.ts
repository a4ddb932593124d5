import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { crashingDomainXml } from '../../../build/testing/crashing-guest.ts';
import { run as execute } from '../../../build/testing/execute.ts';
import { Virsh } from '../../../build/testing/test-domains.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const name = `posada-test-crash-${process.pid}`;
const patience = { timeout: 60_000, interval: 100 };
const run = quietRun();
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
let folder = '';

describe('a guest that has crashed and is kept as it is', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp('/var/tmp/posada-test-crash-');
    await chmod(folder, 0o755);
    await virsh.define(await crashingDomainXml({ name }, folder));
    await engine.open({
      ...{ changed: () => undefined, changedAll: () => undefined, lost: () => undefined, happened: () => undefined },
    });
    await virsh.run('start', '--domain', name);
    await crash();
  });
  afterAll(async () => {
    await engine.close();
    await virsh.remove(name);
    await rm(folder, { recursive: true, force: true });
  });

  async function crash(): Promise<void> {
    await vi.waitFor(async () => expect(await virsh.state(name)).toBe('crashed'), patience);
  }

  async function row(): Promise<Guest> {
    const listed = (await engine.list()).find((guest) => guest.name === name);
    const [guest] = await engine.read([listed?.id as GuestId]);
    if (!guest) throw new Error(`${name} is not there`);
    return guest;
  }

  test('has what helps it, and no start: libvirt refuses that', async () => {
    const { state, startedAt, offers } = await row();
    expect(state).toBe('crashed');
    expect(startedAt).toBeGreaterThan(0);
    const ready = offers.filter((offer) => offer.ready).map(({ verb }) => verb);
    expect(ready).toEqual(expect.arrayContaining(['reset', 'forceOff', 'delete']));
    expect(ready).not.toContain('start');
    await expect(virsh.run('start', '--domain', name)).rejects.toThrow('already active');
  });

  test('takes a title where it runs and where it will start next', async () => {
    const { id } = await row();
    for (const command of engine.commands(id, { verb: 'setTitle', title: 'looked at' })) {
      await execute('sh', ['-c', command]);
    }
    expect((await row()).title).toBe('looked at');
  });

  test('goes on from its beginning after a reset', async () => {
    const { id } = await row();
    await engine.act(id, { verb: 'reset' }, run);
    expect((await row()).state).toBe('paused');
    await engine.act(id, { verb: 'resume' }, run);
    await crash(); // as soon as it is up again
  });

  test('is deleted by the commands by hand, which end it first', async () => {
    const { id } = await row();
    const commands = engine.commands(id, { verb: 'delete', parts: [], endsRunning: true });
    expect(commands[0]).toContain(`destroy ${name}`);
    for (const command of commands) await execute('sh', ['-c', command]);
    expect(await virsh.names()).not.toContain(name);
  });
});
