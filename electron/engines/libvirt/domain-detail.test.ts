import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type VmDetail, vmDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { addressSource, type LibvirtHost } from './client/index.ts';
import { readConfiguration } from './domain-configuration.ts';
import { DomainDetails } from './domain-detail.ts';
import { fakeConnection, fakeDomain, libvirtError } from './testing/fakes.ts';

const guest = 'g1' as GuestId;
const never = (): Promise<never> => new Promise(() => undefined);

/** One domain: what each call answers, but for its definitions. */
class FakeDomain {
  id = 3;
  persistent = 1;
  now = definition('/images/web');
  next = this.now;
  readonly answers = new Map<string, (args: unknown) => unknown>();
  readonly flags: number[] = [];
  readonly connection = fakeConnection((name, args) => {
    switch (name) {
      case 'DOMAIN_LOOKUP_BY_UUID':
        return { dom: { ...fakeDomain(1), id: this.id } };
      case 'DOMAIN_IS_PERSISTENT':
        return { persistent: this.persistent };
      case 'DOMAIN_GET_XML_DESC': {
        const { flags } = args as { flags: number };
        this.flags.push(flags);
        return { xml: flags === 2 ? this.next : this.now };
      }
      default: {
        const answer = this.answers.get(name);
        if (!answer) throw libvirtError(3);
        return answer(args);
      }
    }
  });

  async detail(): Promise<VmDetail> {
    const { connection } = this.connection;
    const host = { events: connection, spare: async () => connection } as unknown as LibvirtHost;
    const mounts = { mountTable: async () => '1 2 0:40 / /nas rw - nfs4 nas:/ rw', linkTarget: async () => undefined };
    const found = await new DomainDetails(host, mounts).read(guest, fakeDomain(1));
    expect(vmDetail.safeParse(found).error).toBeUndefined();
    return found;
  }

  called(name: string): unknown[] {
    return this.connection.calls.filter((call) => call.name === name).map(({ args }) => args);
  }
}

function definition(disk: string, more = ''): string {
  const mac = (last: number) => `<interface type='network'><mac address='52:54:00:AA:00:0${last}'/></interface>`;
  return `<domain type='kvm'><vcpu>2</vcpu><devices><disk type='file'><source file='${disk}'/><target dev='vda'/></disk>
    ${mac(1)}${mac(2)}<channel type='unix'><target name='org.qemu.guest_agent.0' state='connected'/></channel>${more}
    </devices></domain>`;
}

let domain: FakeDomain;
beforeEach(() => {
  domain = new FakeDomain();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the addresses in the details', () => {
  const told = (name: string, hwaddr: string | null, ...addrs: string[]) => ({
    ifaces: [{ name, hwaddr, addrs: addrs.map((addr) => ({ type: 0, addr, prefix: 24 })) }],
  });

  test('are with their interface, and say who knows them', async () => {
    domain.answers.set('DOMAIN_INTERFACE_ADDRESSES', (args) => {
      const { source } = args as { source: number };
      if (source === addressSource.lease) return told('vnet0', '52:54:00:aa:00:01', '10.0.0.1');
      if (source === addressSource.arp) return told('vnet1', '52:54:00:aa:00:02', '10.0.0.2');
      return told('eth0', '52:54:00:AA:00:01', '10.0.0.1', 'fe80::1', 'fd00::1');
    });
    expect((await domain.detail()).interfaces.map(({ addresses }) => addresses)).toEqual([
      [
        { address: '10.0.0.1', from: 'lease' },
        { address: '10.0.0.1', from: 'agent' },
        { address: 'fd00::1', from: 'agent' },
      ],
      [{ address: '10.0.0.2', from: 'arp' }],
    ]);
  });

  test('of a guest that is off are not asked for', async () => {
    domain.id = -1;
    expect((await domain.detail()).interfaces.map(({ addresses }) => addresses)).toEqual([[], []]);
    expect(domain.called('DOMAIN_INTERFACE_ADDRESSES')).toEqual([]);
  });
});

describe('the disks in the details', () => {
  test('of a guest that runs have the sizes that QEMU tells', async () => {
    const params = { 'block.count': 1, 'block.0.capacity': 1000, 'block.0.physical': 300, 'block.0.allocation': 0 };
    domain.answers.set('CONNECT_GET_ALL_DOMAIN_STATS', () => ({
      retStats: [
        {
          dom: fakeDomain(1),
          params: [
            { field: 'block.0.name', value: { type: 7, value: 'vda' } },
            ...Object.entries(params).map(([field, value]) => ({ field, value: { type: 4, value } })),
          ],
        },
      ],
    }));
    expect((await domain.detail()).disks).toMatchObject([{ target: 'vda', capacity: 1000, allocation: 300 }]);
  });

  test('of a guest that is off have what is below them, as far as it is in pools', async () => {
    domain.id = -1;
    const below = new Map([
      ['/images/web', '/images/mid'],
      ['/images/mid', '/images/base'],
    ]);
    domain.answers.set('DOMAIN_GET_BLOCK_INFO', () => ({ capacity: 1000, allocation: 300, physical: 400 }));
    domain.answers.set('STORAGE_VOL_LOOKUP_BY_PATH', (args) => ({ vol: { key: (args as { path: string }).path } }));
    domain.answers.set('STORAGE_VOL_GET_XML_DESC', (args) => {
      const { key } = (args as { vol: { key: string } }).vol;
      const backing = below.get(key);
      const store = backing ? `<backingStore><path>${backing}</path></backingStore>` : '';
      return { xml: `<volume><target><path>${key}</path></target>${store}</volume>` };
    });
    expect((await domain.detail()).disks).toMatchObject([
      { source: '/images/web', capacity: 1000, allocation: 300, backing: ['/images/mid', '/images/base'] },
    ]);
    below.set('/images/base', '/images/web'); // a circle
    expect((await domain.detail()).disks[0]?.backing).toEqual(['/images/mid', '/images/base']);
  });

  test('on the file system of a network are not asked for while the guest is off', async () => {
    domain.id = -1;
    domain.now = definition('/nas/web');
    expect((await domain.detail()).disks).toMatchObject([{ source: '/nas/web', backing: [] }]);
    for (const call of ['DOMAIN_GET_BLOCK_INFO', 'STORAGE_VOL_LOOKUP_BY_PATH']) expect(domain.called(call)).toEqual([]);
  });
});

test('a guest that hangs tells the rest of its details', async () => {
  vi.useFakeTimers();
  for (const call of ['CONNECT_GET_ALL_DOMAIN_STATS', 'DOMAIN_SNAPSHOT_CURRENT', 'DOMAIN_INTERFACE_ADDRESSES'])
    domain.answers.set(call, never);
  const reading = domain.detail();
  await vi.advanceTimersByTimeAsync(6000);
  expect(await reading).toMatchObject({ cpusMaximum: 2, disks: [{ target: 'vda' }], agent: 'connected' });
});

test('the snapshot that it is at has its name', async () => {
  expect(await domain.detail()).not.toHaveProperty('currentSnapshot');
  domain.answers.set('DOMAIN_SNAPSHOT_CURRENT', () => ({ snap: { name: 'before the update', dom: fakeDomain(1) } }));
  expect((await domain.detail()).currentSnapshot).toBe('before the update');
});

test('changes are pending when the next definition is another one', async () => {
  expect((await domain.detail()).pendingChanges).toBe(false);
  domain.next = definition('/images/other');
  expect((await domain.detail()).pendingChanges).toBe(true);
  domain.persistent = 0;
  expect((await domain.detail()).pendingChanges).toBe(false);
});

describe('the texts of a definition', () => {
  const texts = async () => {
    const found = await readConfiguration(domain.connection.connection, fakeDomain(1));
    return found.map(({ of, text }) => [of, text]);
  };

  test('are two while it runs, and none asks for secrets', async () => {
    domain.next = definition('/images/other');
    expect(await texts()).toEqual([
      ['running', domain.now],
      ['next', domain.next],
    ]);
    expect(domain.flags).toEqual([0, 2]);
  });

  test.each([
    ['that is off', () => (domain.id = -1)],
    ['that is gone when it stops', () => (domain.persistent = 0)],
  ])('are one for a guest %s', async (_title, change) => {
    change();
    expect(await texts()).toEqual([['only', domain.now]]);
  });
});
