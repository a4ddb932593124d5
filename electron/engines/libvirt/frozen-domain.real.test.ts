import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { domainXml, Virsh } from '../../../build/testing/test-domains.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const [frozen, other] = [`posada-test-frozen-${process.pid}`, `posada-test-other-${process.pid}`];
const patience = { timeout: 60_000, interval: 200 };
const action = quietRun();
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
const changed = vi.fn<(guests: readonly GuestId[]) => void>();
let qemu = 0;

// QEMU runs as a user of its own.
const mayStopProcesses = process.getuid?.() === 0;

describe.runIf(mayStopProcesses)('a QEMU process that stands still', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    for (const name of [frozen, other]) {
      await virsh.define(await domainXml({ name }));
      await virsh.run('start', '--domain', name);
    }
    qemu = Number(await readFile(`/run/libvirt/qemu/${frozen}.pid`, 'utf8'));
    await engine.open({ changed, changedAll: () => undefined, happened: () => undefined, lost: () => undefined });
    await vi.waitFor(async () => {
      const samples = await measure();
      for (const name of [frozen, other]) expect(samples.get(name)?.memory).toBeGreaterThan(0);
    }, patience);
    process.kill(qemu, 'SIGSTOP');
  });
  beforeEach(() => {
    changed.mockClear();
  });
  afterAll(async () => {
    thaw();
    await engine.close();
    for (const name of [frozen, other]) await virsh.remove(name);
  });

  function thaw(): void {
    if (qemu > 0) process.kill(qemu, 'SIGCONT');
  }

  async function ours(): Promise<Guest[]> {
    return (await engine.list()).filter(({ name }) => name === frozen || name === other);
  }

  async function idOf(name: string): Promise<GuestId> {
    const guest = (await ours()).find((each) => each.name === name);
    if (!guest) throw new Error(`${name} is not listed`);
    return guest.id;
  }

  /** What one round of figures tells of each of ours, by name. */
  async function measure(): Promise<Map<string, GuestSample>> {
    const names = new Map((await ours()).map(({ id, name }) => [id, name]));
    const samples = await engine.sample([...names.keys()]);
    return new Map(samples.map((sample) => [names.get(sample.guest) ?? '', sample]));
  }

  test('does not stop the figures of the others, and none of its own are made up', async () => {
    for (const _round of ['that finds it', 'that knows it', 'after that']) {
      const samples = await measure();
      expect(samples.get(other)?.memory).toBeGreaterThan(0);
      expect(samples.get(other)?.cpu).toBeGreaterThanOrEqual(0);
      expect(samples.get(frozen)?.memory).toBeUndefined();
    }
  });

  test('is listed and read, and so is everybody else', async () => {
    const guests = await ours();
    expect(guests.map(({ name, state }) => [name, state]).sort()).toEqual([
      [frozen, 'running'],
      [other, 'running'],
    ]);
    const read = await engine.read(guests.map(({ id }) => id));
    expect(read.map(({ name, cpus, failure }) => [name, cpus, failure]).sort()).toEqual([
      [frozen, 1, undefined],
      [other, 1, undefined],
    ]);
  });

  test('tells of its details what need not be asked of it', async () => {
    const detail = await engine.detail(await idOf(frozen));
    expect(detail).toMatchObject({ architecture: 'x86_64', cpusMaximum: 1, pendingChanges: false });
    expect(await engine.configuration(await idOf(frozen))).toHaveLength(2);
  });

  test('keeps nobody from acting on others, and from hearing what is done to them outside', async () => {
    const id = await idOf(other);
    await engine.act(id, { verb: 'pause' }, action);
    expect(await virsh.state(other)).toBe('paused');
    changed.mockClear();
    await virsh.run('resume', '--domain', other);
    await vi.waitFor(() => expect(changed.mock.calls.flat(2)).toContain(id), patience);
    expect((await engine.read([id]))[0]?.state).toBe('running');
  });

  test('is measured again once it goes on', async () => {
    thaw();
    await vi.waitFor(async () => expect((await measure()).get(frozen)?.memory).toBeGreaterThan(0), patience);
  });

  test('is forced off as it stands', async () => {
    process.kill(qemu, 'SIGSTOP');
    await engine.act(await idOf(frozen), { verb: 'forceOff' }, action);
    qemu = 0;
    expect(await virsh.state(frozen)).toBe('stopped');
  });
});
