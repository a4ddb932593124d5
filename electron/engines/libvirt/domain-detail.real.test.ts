import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { booted, domainXml, Virsh } from '../../../build/testing/test-domains.ts';
import { TestPool } from '../../../build/testing/test-pool.ts';
import { configurationText, type VmDetail, vmDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';

const name = `posada-test-detail-${process.pid}`;
const bridge = `pstd${process.pid % 100_000}`;
const patience = { timeout: 60_000, interval: 200 };
const virsh = new Virsh();
const engine = new LibvirtEngine(makeEndpoint('qemu:///system'));
let pool: TestPool;
let id: GuestId;

/** Everything that has something to tell: a chain, a volume by its pool, drives, graphics, an agent's channel. */
async function everything(): Promise<string> {
  const base = await pool.volume('base.qcow2');
  const disk = await pool.volume('web.qcow2', 'base.qcow2');
  await pool.volume('data.qcow2');
  const devices = `
    <disk type='volume' device='disk'><driver name='qemu' type='qcow2'/><source pool='${pool.name}' volume='data.qcow2'/>
      <target dev='vdb' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
    <graphics type='vnc' port='-1' autoport='yes' passwd='geheim'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <console type='pty'/><rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
    <watchdog model='i6300esb' action='reset'/><video><model type='virtio'/></video>`;
  expect(base).toContain('base.qcow2');
  return (await domainXml({ name, disk, network: name }))
    .replace('</devices>', `${devices}</devices>`)
    .replace(
      '<vcpu>1</vcpu>',
      "<description>All of it</description><vcpu current='1'>3</vcpu><cpu mode='host-model'/>",
    );
}

beforeAll(async () => {
  pool = await TestPool.make(virsh, name);
  const ip = "<ip address='10.231.79.1' netmask='255.255.255.0'><dhcp><range start='10.231.79.10' end='10.231.79.99'/>";
  const network = `<network><name>${name}</name><bridge name='${bridge}' stp='off' delay='0'/>${ip}</dhcp></ip></network>`;
  await virsh.fromFile(network, 'net-define');
  await virsh.run('net-start', name);
  await virsh.define(await everything());
  await engine.open({
    ...{ changed: () => undefined, changedAll: () => undefined, happened: () => undefined, lost: () => undefined },
  });
  id = (await engine.list()).find((guest) => guest.name === name)?.id as GuestId;
});
afterAll(async () => {
  await engine.close();
  await virsh.remove(name);
  await virsh.run('net-destroy', name).catch(() => undefined);
  await virsh.run('net-undefine', name);
  await pool.remove();
});

async function detail(): Promise<VmDetail> {
  const found = await engine.detail(id);
  expect(vmDetail.safeParse(found).error).toBeUndefined();
  return found as VmDetail;
}

/** Addresses as `virsh domifaddr` tells them; libvirt 9.0 cannot read the ARP table of every kernel ("wrong nlmsg len"). */
async function addressesOutside(source: string): Promise<string[]> {
  const table = await virsh.run('domifaddr', name, '--source', source).catch((error: Error) => {
    if (/wrong nlmsg len/.test(error.message)) return '';
    throw error;
  });
  return [...table.matchAll(/ ([\d.]+)\/\d+/g)].map(([, address]) => address ?? '');
}

const chain = () => [pool.path('base.qcow2')];

describe('the details of a guest', { timeout: 120_000 }, () => {
  test('are there while it is off', async () => {
    expect(await detail()).toMatchObject({
      ...{ description: 'All of it', architecture: 'x86_64', firmware: 'bios', tpm: false, agent: 'disconnected' },
      ...{ cpusCurrent: 1, cpusMaximum: 3, memoryCurrent: 128 * 1024 ** 2, memoryMaximum: 128 * 1024 ** 2 },
      disks: [
        {
          target: 'vda',
          bus: 'virtio',
          device: 'disk',
          source: pool.path('web.qcow2'),
          format: 'qcow2',
          backing: chain(),
        },
        { target: 'vdb', source: `${pool.name}/data.qcow2`, capacity: 8 * 1024 ** 2 },
        { target: 'sda', bus: 'sata', device: 'cdrom', readOnly: true, backing: [] },
      ],
      interfaces: [{ type: 'network', source: name, model: 'virtio', addresses: [] }],
      graphics: [{ type: 'vnc' }],
      pendingChanges: false,
    });
    expect((await detail()).disks[0]?.capacity).toBe(8 * 1024 ** 2);
    expect((await detail()).disks[2]).not.toHaveProperty('source');
    expect((await engine.configuration(id)).map(({ of }) => of)).toEqual(['only']);
  });

  test('are there while it runs, with addresses as virsh knows them, and nothing is pending', async () => {
    await virsh.run('start', name);
    await booted(name);
    await vi.waitFor(async () => expect(await addressesOutside('lease')).toHaveLength(1), patience);
    const found = await detail();
    expect(found).toMatchObject({
      machine: expect.stringContaining('q35'),
      disks: [{ target: 'vda', backing: chain() }, { target: 'vdb', capacity: 8 * 1024 ** 2 }, { target: 'sda' }],
      interfaces: [{ type: 'network', source: name, hostDevice: expect.stringMatching(/^vnet/) }],
      graphics: [{ type: 'vnc', address: '127.0.0.1', port: expect.any(Number) }],
      pendingChanges: false,
    });
    for (const source of ['lease', 'arp']) {
      await vi.waitFor(async () => {
        const { addresses } = (await detail()).interfaces[0] ?? { addresses: [] };
        const mine = addresses.filter(({ from }) => from === source).map(({ address }) => address);
        expect(mine, source).toEqual(await addressesOutside(source));
      }, patience);
    }
    const [row] = await engine.read([id]);
    expect(row?.addresses).toEqual(await addressesOutside('lease'));
  });

  test('say that changes wait for the next start', async () => {
    await virsh.run('setvcpus', name, '2', '--config');
    expect((await detail()).pendingChanges).toBe(true);
    await virsh.run('setvcpus', name, '1', '--config');
    expect((await detail()).pendingChanges).toBe(false);
    await virsh.run('change-media', name, 'sda', pool.path('data.qcow2'), '--insert', '--config', '--force');
    expect((await detail()).pendingChanges).toBe(true);
  });
});

test('the texts that define a guest are those of virsh, without its passwords', { timeout: 60_000 }, async () => {
  const texts = await engine.configuration(id);
  for (const each of texts) expect(configurationText.safeParse(each).error).toBeUndefined();
  expect(texts.map(({ of, text }) => [of, text.trim()])).toEqual([
    ['running', (await virsh.run('dumpxml', name)).trim()],
    ['next', (await virsh.run('dumpxml', name, '--inactive')).trim()],
  ]);
  expect(await virsh.run('dumpxml', name, '--security-info')).toContain('geheim');
  for (const { text } of texts) expect(text).not.toContain('geheim');
});
