import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { run as execute } from '../../../build/testing/execute.ts';
import { Virsh } from '../../../build/testing/test-domains.ts';
import { writingDomainXml } from '../../../build/testing/writing-guest.ts';
import { type Guest, guest as guestSchema } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { EngineEvent } from '../engine.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const name = `posada-test-full-${process.pid}`;
const patience = { timeout: 60_000, interval: 100 };
const run = quietRun();
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
const events: EngineEvent[] = [];
let folder = '';
let mount = '';

// A file system of a known size is mounted by root alone.
describe.runIf(process.getuid?.() === 0)('a guest whose disk grows on a full file system', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp('/var/tmp/posada-test-full-');
    await chmod(folder, 0o755);
    mount = path.join(folder, 'mount');
    await mkdir(mount);
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=755', 'posada-test', mount]);
    const disk = path.join(mount, 'disk.qcow2');
    await execute('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '32M']);
    await writeFile(path.join(mount, 'ballast'), Buffer.alloc(12 * 1024 * 1024));
    await virsh.define(await writingDomainXml({ name, disk }, folder));
    await engine.open({
      ...{ changed: () => undefined, changedAll: () => undefined, lost: () => undefined },
      happened: (more) => events.push(...more),
    });
    await virsh.run('start', '--domain', name);
  });
  afterAll(async () => {
    await engine.close();
    await virsh.remove(name);
    await execute('umount', [mount]);
    await rm(folder, { recursive: true, force: true });
  });

  async function row(): Promise<Guest> {
    const listed = (await engine.list()).find((guest) => guest.name === name);
    const [guest] = await engine.read([listed?.id as GuestId]);
    if (!guest) throw new Error(`${name} is not there`);
    expect(guestSchema.safeParse(guest).error).toBeUndefined();
    return guest;
  }

  test('is paused, and its row says which disk and why', async () => {
    await vi.waitFor(async () => {
      expect(await row()).toMatchObject({ state: 'paused', ioError: { disk: 'vda', reason: 'no-space' } });
    }, patience);
    expect(await virsh.run('domstate', '--reason', name)).toContain('paused (I/O error)');
    expect((await row()).offers.find(({ verb }) => verb === 'resume')?.ready).toBe(true);
    const { id } = await row();
    const told = events.filter(({ guest }) => guest === id).map(({ what, bad }) => ({ ...what, bad }));
    expect(told).toContainEqual({
      key: 'event.ioError',
      params: { disk: path.join(mount, 'disk.qcow2'), reason: 'enospc' },
      bad: true,
    });
    expect(told).toContainEqual({ key: 'event.pausedBy', params: { why: 'ioError' }, bad: true });
  });

  test('is paused again when it is resumed and nothing was mended', async () => {
    const { id } = await row();
    events.splice(0);
    await engine.act(id, { verb: 'resume' }, run);
    await vi.waitFor(() => expect(events.map(({ what }) => what.key)).toContain('event.ioError'), patience);
    await vi.waitFor(async () => expect((await row()).ioError?.reason).toBe('no-space'), patience);
  });

  test('goes on when there is room and it is resumed, and its row has no error any more', async () => {
    await execute('mount', ['-o', 'remount,size=80m', mount]);
    const { id } = await row();
    await engine.act(id, { verb: 'resume' }, run);
    await vi.waitFor(async () => expect(await virsh.state(name)).toBe('running'), patience);
    // It writes on: the whole disk is on the host after a while.
    await vi.waitFor(async () => {
      const now = await row();
      expect(now).toMatchObject({ state: 'running', disk: { size: 32 * 1024 ** 2 } });
      expect(now).not.toHaveProperty('ioError');
      expect(now.disk?.used).toBeGreaterThan(32 * 1024 ** 2);
    }, patience);
  });

  test('has its writing among the figures', async () => {
    const { id } = await row();
    await vi.waitFor(async () => {
      const [sample] = await engine.sample([id]);
      expect(sample?.diskWrite).toBeGreaterThan(0);
      expect(sample?.networkSend).toBe(0);
    }, patience);
  });
});
