import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeStorage, type StoredDomain, withSettings } from '../testing/fake-storage.ts';
import { libvirtError } from '../testing/fakes.ts';
import { planDelete } from './delete-plan.ts';
import { Surroundings } from './surroundings.ts';

describe('the plan of what goes with a domain', () => {
  test('tells sizes in bytes, and nothing that the driver does not know of', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const { parts } = await planDelete(world.connection, world.domain(1, '/pool/a').dom);
    expect(parts).toEqual([
      { id: 'definition', kind: 'definition', name: '', goes: 'always', chosen: true },
      { id: 'file:/pool/a', kind: 'disk', name: '/pool/a', size: 4096, goes: 'person', chosen: true },
    ]);
  });

  test('leaves what another domain uses in any way: as a disk below its own, as a kernel', async () => {
    const world = new FakeStorage();
    world.chain('base', 'middle', 'theirs');
    world.chain('kernel');
    const mine = world.domain(1, '/pool/middle', '/pool/kernel');
    world.domain(2, '/pool/theirs');
    world.domain(3).os = '<kernel>/pool/kernel</kernel>';
    const { parts } = await planDelete(world.connection, mine.dom);
    expect(parts.slice(1).map(({ name, goes, because }) => [name, goes, because?.params?.name])).toEqual([
      ['/pool/middle', 'never', 'posada-test-2'],
      ['/pool/base', 'never', 'posada-test-2'],
      ['/pool/kernel', 'never', 'posada-test-3'],
    ]);
  });

  test('leaves the base of a disk that stays', async () => {
    const world = new FakeStorage();
    world.volumes.set('/pool/base', undefined);
    world.volumes.set('/elsewhere/top', '/pool/base');
    const mine = world.domain(1, '/elsewhere/top');
    world.domain(2, '/elsewhere/top');
    const { parts } = await planDelete(world.connection, mine.dom);
    expect(parts.map(({ goes }) => goes)).toEqual(['always', 'never', 'never']);
  });

  test('does not choose a disk that may be the same file as another that is used: links and mounts are not told', async () => {
    const world = new FakeStorage();
    world.chain('a');
    world.chain('b');
    world.chain('c');
    world.volumes.set('/pool/over', '/mounted/b');
    world.domain(2, '/linked/a');
    const { parts } = await planDelete(world.connection, world.domain(1, '/pool/a', '/pool/b', '/pool/c').dom);
    expect(parts.slice(1).map(({ goes, chosen, because }) => [goes, chosen, because?.params?.path])).toEqual([
      ['person', false, '/linked/a'],
      ['person', false, '/mounted/b'],
      ['person', true, undefined],
    ]);
  });

  test('ends where volumes stand on each other in a circle', async () => {
    const world = new FakeStorage();
    world.volumes.set('/pool/a', '/pool/b');
    world.volumes.set('/pool/b', '/pool/a');
    const { parts } = await planDelete(world.connection, world.domain(1, '/pool/a').dom);
    expect(parts.map(({ name }) => name)).toEqual(['', '/pool/a', '/pool/b']);
  });

  test.each([
    ['goes', '/pool/a', true],
    ['stays, since libvirt may not delete it', '/elsewhere/a', false],
  ])('lets firmware settings and TPM state go or stay with a disk that %s', async (_title, disk, chosen) => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, disk);
    Object.assign(mine, withSettings);
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_GET_BLOCK_INFO') throw libvirtError(38, 'no right to look', 13);
    };
    const { parts } = await planDelete(world.connection, mine.dom);
    const because = { key: 'part.noSize' };
    expect(parts.slice(2)).toEqual([
      { id: 'nvram', kind: 'nvram', name: '/nvram/mine.fd', goes: 'person', chosen, because },
      { id: 'tpm', kind: 'tpm', name: '', goes: 'person', chosen, because },
    ]);
  });

  test('names the files of snapshots that are no disks, and leaves them unless the person says otherwise', async () => {
    const world = new FakeStorage();
    world.chain('base', 'now');
    world.chain('memory');
    world.chain('old');
    const mine = world.domain(1, '/pool/now');
    const disk = (file: string) => `<disk snapshot='external'><source file='${file}'/></disk>`;
    mine.snapshots = [
      `<domainsnapshot><memory file='/pool/memory'/><disks>${disk('/pool/now')}</disks></domainsnapshot>`,
      `<domainsnapshot><memory file='/home/memory'/><disks>${disk('/pool/old')}</disks></domainsnapshot>`,
    ];
    world.domain(2, '/pool/old');
    const { parts } = await planDelete(world.connection, mine.dom);
    expect(
      parts.slice(1).map(({ kind, name, goes, chosen, because }) => [kind, name, goes, chosen, because?.key]),
    ).toEqual([
      ['disk', '/pool/now', 'person', true, undefined],
      ['backing', '/pool/base', 'person', false, 'part.backingBase'],
      ['snapshotFile', '/pool/memory', 'person', false, 'part.snapshotFile'],
      ['snapshotFile', '/home/memory', 'never', false, 'part.noPool'],
      ['snapshotFile', '/pool/old', 'never', false, 'part.shared'],
      ['snapshots', '', 'always', true, 'part.snapshotsOutside'],
    ]);
  });

  test('shares with the others of one request what is read of the host', async () => {
    const world = new FakeStorage();
    world.chain('a');
    world.chain('b');
    const domains = [world.domain(1, '/pool/a'), world.domain(2, '/pool/b'), world.domain(3, '/pool/a')];
    const around = new Surroundings();
    const plans = await Promise.all(domains.map(({ dom }) => planDelete(world.connection, dom, around)));
    expect(plans.map(({ parts }) => parts[1]?.because?.params?.name ?? parts[1]?.chosen)).toEqual([
      ...['posada-test-3', true, 'posada-test-1'],
    ]);
    const reads = ['CONNECT_LIST_ALL_DOMAINS', 'STORAGE_POOL_LIST_ALL_VOLUMES', 'STORAGE_POOL_REFRESH'];
    expect(world.did(...reads)).toHaveLength(3);
  });

  describe('chooses no file where it is not known what else stands on it', () => {
    const doubts = async (world: FakeStorage, ...disks: string[]) => {
      const { parts } = await planDelete(world.connection, world.domain(1, ...disks).dom);
      return parts.slice(1).map(({ name, goes, chosen, because }) => [name, goes, chosen, because]);
    };
    const pool = { key: 'part.maybeBaseIn', params: { pool: 'pool' } };

    test('as when a guest that is off has its disk in no pool: what is below that is told while it runs only', async () => {
      const world = new FakeStorage();
      world.chain('base');
      world.domain(2, '/data/p2/b.qcow2').format = 'qcow2';
      expect(await doubts(world, '/pool/base')).toEqual([
        ['/pool/base', 'person', false, { key: 'part.maybeBase', params: { name: 'posada-test-2' } }],
      ]);
    });

    test('but it is known where that disk is raw, or its definition tells what it stands on', async () => {
      const world = new FakeStorage();
      world.chain('a');
      world.domain(2, '/data/raw').format = 'raw';
      world.domain(3).devices = `<disk type='file'><driver type='qcow2'/><source file='/data/top'/><target dev='vda'/>
        <backingStore type='file'><format type='qcow2'/><source file='/data/low'/><backingStore/></backingStore></disk>`;
      expect(await doubts(world, '/pool/a')).toEqual([['/pool/a', 'person', true, undefined]]);
    });

    test('as when the definition of another guest cannot be read', async () => {
      const world = new FakeStorage();
      world.chain('a');
      const other = world.domain(2);
      world.meanwhile = (name, { dom }: { dom: StoredDomain['dom'] }) => {
        if (name === 'DOMAIN_GET_XML_DESC' && dom === other.dom) throw libvirtError(1);
      };
      expect((await doubts(world, '/pool/a'))[0]).toMatchObject([
        ...['/pool/a', 'person', false],
        { params: { name: 'posada-test-2' } },
      ]);
    });

    test('as when a pool is stopped', async () => {
      const world = new FakeStorage();
      world.chain('a');
      world.stopped.push('other');
      const because = { key: 'part.maybeBaseIn', params: { pool: 'other' } };
      expect(await doubts(world, '/pool/a')).toEqual([['/pool/a', 'person', false, because]]);
    });

    test.each(['STORAGE_POOL_REFRESH', 'STORAGE_POOL_LIST_ALL_VOLUMES'])('as when a pool refuses %s', async (call) => {
      const world = new FakeStorage();
      world.chain('a');
      world.meanwhile = (name) => {
        if (name === call) throw libvirtError(1, 'pool has asynchronous jobs running');
      };
      const [found] = await doubts(world, '/pool/a');
      expect(found?.[2]).toBe(false);
    });

    test('as when a volume cannot be read; the others are planned for all the same', async () => {
      const world = new FakeStorage();
      world.chain('a');
      world.chain('bad');
      world.meanwhile = (name, { vol }: { vol: { name: string } }) => {
        if (name === 'STORAGE_VOL_GET_XML_DESC' && vol.name === 'bad') throw libvirtError(38, 'cannot open', 13);
      };
      expect(await doubts(world, '/pool/a', '/pool/bad')).toEqual([
        ['/pool/a', 'person', false, pool],
        ['/pool/bad', 'person', false, pool],
      ]);
    });
  });

  describe('in a libvirt that does not answer', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());
    const silent = (world: FakeStorage, what: string) => {
      const call = world.connection.call.bind(world.connection) as (name: string, args: unknown) => Promise<unknown>;
      const asked: string[] = [];
      Object.assign(world.connection, {
        call: (name: string, args: unknown) => {
          asked.push(name);
          return name === what ? new Promise(() => undefined) : call(name, args);
        },
      });
      return () => asked.filter((each) => each === what).length;
    };

    test('is made without a pool whose folder hangs, of which no more than one question waits', async () => {
      const world = new FakeStorage();
      world.chain('a', 'b', 'c');
      const asked = silent(world, 'STORAGE_VOL_GET_XML_DESC');
      const planned = planDelete(world.connection, world.domain(1, '/pool/a').dom);
      await vi.advanceTimersByTimeAsync(5000);
      expect((await planned).parts[1]).toMatchObject({ name: '/pool/a', goes: 'person', chosen: false });
      expect(asked()).toBe(1);
    });

    test('makes one wait in vain, not all that are asked about together', async () => {
      const world = new FakeStorage();
      silent(world, 'DOMAIN_GET_XML_DESC');
      const around = new Surroundings();
      const plan = (id: number) =>
        planDelete(world.connection, world.domain(id).dom, around).catch((error: unknown) => error);
      const first = plan(1);
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await first).toBe(await plan(2));
    });

    test('ends in a failure that says so', async () => {
      const world = new FakeStorage();
      silent(world, 'DOMAIN_GET_XML_DESC');
      const planned = planDelete(world.connection, world.domain(1).dom).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await planned).toMatchObject({ code: 'engine-hung', detail: { params: { seconds: 30 } } });
    });
  });
});
