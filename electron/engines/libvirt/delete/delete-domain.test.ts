import { describe, expect, test } from 'vitest';
import type { ActionOf } from '../../../../shared/action.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../../engine.ts';
import { ConnectionLostError } from '../client/index.ts';
import { FakeStorage, type StoredDomain, withSettings } from '../testing/fake-storage.ts';
import { libvirtError } from '../testing/fakes.ts';
import { deleteDomain } from './delete-domain.ts';
import { planDelete } from './delete-plan.ts';

const run: ActionRun = quietRun();
const virsh = (...words: readonly string[]): string => `virsh ${words.join(' ')}`;

/** Names of volumes in the pool, or ids of settings. */
function remove({ host }: FakeStorage, { dom }: StoredDomain, ...wanted: string[]): Promise<void> {
  const parts = wanted.map((name) => (name === 'nvram' || name === 'tpm' ? name : `file:/pool/${name}`));
  return deleteDomain(host, dom, run, { verb: 'delete', parts, endsRunning: true }, virsh);
}

describe('deleting a domain', () => {
  test('ends it, undefines it with all that libvirt keeps, then deletes files, each before what it stands on', async () => {
    const world = new FakeStorage();
    world.chain('base', 'one');
    world.volumes.set('/pool/two', '/pool/base');
    const mine = world.domain(1, '/pool/one', '/pool/two');
    mine.active = true;
    Object.assign(mine, withSettings);
    await remove(world, mine, 'base', 'one', 'two', 'nvram', 'tpm');
    const { dom } = mine;
    const vol = (name: string) => [
      'STORAGE_VOL_DELETE',
      { vol: { pool: 'pool', name, key: `/pool/${name}` }, flags: 0 },
    ];
    expect(world.did('DOMAIN_DESTROY', 'DOMAIN_UNDEFINE_FLAGS', 'STORAGE_VOL_DELETE')).toEqual([
      ['DOMAIN_DESTROY', { dom }],
      ['DOMAIN_UNDEFINE_FLAGS', { dom, flags: 1 | 2 | 4 | 16 | 32 }],
      ...['one', 'two', 'base'].map(vol),
    ]);
  });

  test.each([
    ['knows nothing of TPMs', [32], 23],
    ['nor of checkpoints', [32, 16], 7],
    ['has no firmware settings', [32, 4], 19],
  ])('does with what a daemon knows that %s', async (_title, unknown, flags) => {
    const world = new FakeStorage();
    const mine = world.domain(1);
    Object.assign(mine, withSettings);
    world.meanwhile = (name, args: { flags: number }) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS' && unknown.some((flag) => args.flags & flag)) throw libvirtError(8);
    };
    await remove(world, mine, 'nvram', 'tpm');
    expect(world.did('DOMAIN_UNDEFINE_FLAGS').at(-1)).toEqual(['DOMAIN_UNDEFINE_FLAGS', { dom: mine.dom, flags }]);
    expect(world.domains).toEqual([]);
  });

  test('keeps firmware settings and TPM state that were not chosen', async () => {
    const world = new FakeStorage();
    const mine = Object.assign(world.domain(1), withSettings);
    await remove(world, mine);
    expect(world.did('DOMAIN_UNDEFINE_FLAGS')).toEqual([
      ['DOMAIN_UNDEFINE_FLAGS', { dom: mine.dom, flags: 1 | 2 | 8 | 16 | 64 }],
    ]);
  });

  test('never gives up keeping them, whatever else a daemon does not know', async () => {
    const world = new FakeStorage();
    const mine = Object.assign(world.domain(1), withSettings);
    const error = libvirtError(8, 'unsupported flags (0x40)');
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS') throw error;
    };
    await expect(remove(world, mine)).rejects.toBe(error);
    const flags = world.did('DOMAIN_UNDEFINE_FLAGS').map((call) => (call as [string, { flags: number }])[1].flags);
    expect(flags.every((each) => (each & (8 | 64)) === (8 | 64))).toBe(true);
    expect(world.did('DOMAIN_UNDEFINE')).toEqual([]);
  });

  test('is refused before anything where this libvirt cannot keep a TPM state', async () => {
    const world = new FakeStorage();
    const mine = Object.assign(world.domain(1), withSettings, { active: true });
    const answer = world.connection.call.bind(world.connection) as (name: string, args?: unknown) => Promise<unknown>;
    Object.assign(world.connection, {
      call: (name: string, args: unknown) =>
        name === 'CONNECT_GET_LIB_VERSION' ? { lib_ver: 8_008_000n } : answer(name, args),
    });
    await expect(remove(world, mine, 'nvram')).rejects.toMatchObject({
      ...{ code: 'not-supported', detail: { key: 'failure.detail.tpmNotKept' } },
    });
    expect(world.did('DOMAIN_DESTROY', 'DOMAIN_UNDEFINE_FLAGS')).toEqual([]);
    await remove(world, mine, 'nvram', 'tpm');
  });

  test('leaves alone one that somebody has started since it was agreed to', async () => {
    const world = new FakeStorage();
    const mine = Object.assign(world.domain(1), { active: true });
    const action: ActionOf<'delete'> = { verb: 'delete', parts: [], endsRunning: false };
    await expect(deleteDomain(world.host, mine.dom, run, action, virsh)).rejects.toMatchObject({
      ...{ code: 'refused', detail: { key: 'failure.detail.changedMeanwhile' } },
    });
    expect(world.did('DOMAIN_DESTROY', 'DOMAIN_UNDEFINE_FLAGS')).toEqual([]);
  });

  test('touches nothing when a file that was proposed may be the base of something by now', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    const { parts: seen } = await planDelete(world.connection, mine.dom);
    world.domain(2, '/elsewhere/over').format = 'qcow2';
    const action: ActionOf<'delete'> = { verb: 'delete', parts: ['file:/pool/a'], endsRunning: false };
    await expect(deleteDomain(world.host, mine.dom, run, action, virsh, seen)).rejects.toMatchObject({
      ...{ detail: { key: 'part.maybeBase' }, remedies: [{ do: 'read', text: { key: 'remedy.lookAgain' } }] },
    });
    expect(world.domains).toHaveLength(2);
    const { parts: now } = await planDelete(world.connection, mine.dom);
    await deleteDomain(world.host, mine.dom, run, action, virsh, now);
    expect([...world.volumes.keys()]).toEqual([]);
  });

  test('does it plainly where the driver knows no flags at all', async () => {
    const world = new FakeStorage();
    const mine = world.domain(1);
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS') throw libvirtError(8);
    };
    await remove(world, mine);
    expect(world.did('DOMAIN_UNDEFINE')).toEqual([['DOMAIN_UNDEFINE', { dom: mine.dom }]]);
  });

  test('that libvirt refuses leaves every file', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    const error = libvirtError(55);
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS') throw error;
    };
    await expect(remove(world, mine, 'a')).rejects.toBe(error);
    expect(world.did('STORAGE_VOL_DELETE')).toEqual([]);
  });

  test('that is protected is refused before anything', async () => {
    const world = new FakeStorage();
    const mine = world.domain(1);
    mine.active = true;
    const answer = world.connection.call.bind(world.connection) as (name: string, args?: unknown) => Promise<unknown>;
    Object.assign(world.connection, {
      call: (name: string, args: unknown) =>
        name === 'DOMAIN_GET_METADATA' ? { metadata: '<guest protected="yes"/>' } : answer(name, args),
    });
    await expect(remove(world, mine)).rejects.toMatchObject({ detail: { key: 'failure.detail.protected' } });
    expect(world.did('DOMAIN_DESTROY', 'DOMAIN_UNDEFINE_FLAGS')).toEqual([]);
  });

  test('says what is left over, and how to delete it by hand; what stands on nothing else goes', async () => {
    const world = new FakeStorage();
    world.chain('base', 'bad');
    world.chain('good');
    const mine = world.domain(1, '/pool/bad', '/pool/good');
    const error = libvirtError(38, 'cannot unlink file', 1);
    world.meanwhile = (name, args: { vol: { name: string } }) => {
      if (name === 'STORAGE_VOL_DELETE' && args.vol.name === 'bad') throw error;
    };
    const why = { key: 'remedy.removeLeftovers' };
    await expect(remove(world, mine, 'base', 'bad', 'good')).rejects.toMatchObject({
      code: 'refused',
      detail: { key: 'failure.detail.leftovers', params: { paths: '/pool/bad, /pool/base' } },
      remedies: [
        { do: 'run', command: 'virsh vol-delete --pool pool --vol bad', why },
        { do: 'run', command: 'virsh vol-delete --pool pool --vol base', why },
      ],
      cause: error,
    });
    expect(world.domains).toEqual([]);
    expect([...world.volumes.keys()]).toEqual(['/pool/base', '/pool/bad']);
  });

  test('leaves a disk that another domain has taken while this one was forced off, and gives no command for it', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    mine.active = true;
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_DESTROY') world.domain(2, '/pool/a');
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({
      detail: { key: 'failure.detail.leftovers', params: { paths: '/pool/a' } },
      remedies: [],
    });
    expect([...world.volumes.keys()]).toEqual(['/pool/a']);
  });

  test('leaves a disk that something has come to stand on meanwhile', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS') world.volumes.set('/pool/late', '/pool/a');
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({ detail: { key: 'failure.detail.leftovers' } });
    expect([...world.volumes.keys()]).toEqual(['/pool/a', '/pool/late']);
  });

  test('leaves the files of one that somebody has started again in between', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      // libvirt makes one that runs transient.
      if (name === 'DOMAIN_UNDEFINE_FLAGS') world.domains.push({ ...mine, active: true, persistent: false });
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({
      detail: { key: 'failure.detail.changedMeanwhile' },
    });
    expect([...world.volumes.keys()]).toEqual(['/pool/a']);
  });

  test('says of files that cannot be looked at any more that they are left over', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      if (name === 'STORAGE_POOL_REFRESH' && world.domains.length === 0) throw libvirtError(1);
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({
      detail: { key: 'failure.detail.leftovers', params: { paths: '/pool/a' } },
      remedies: [],
    });
  });

  test.each<[string, string, unknown]>([
    ['the connection goes', 'CONNECT_LIST_ALL_DOMAINS', new ConnectionLostError('ended', 'gone')],
    ['the connection goes before anything is looked at', 'DOMAIN_LOOKUP_BY_UUID', new ConnectionLostError('ended', '')],
    ['libvirt writes what is no XML', 'STORAGE_POOL_LOOKUP_BY_TARGET_PATH', new Error('not XML')],
  ])('says what is left over when %s', async (_title, call, error) => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      if (name === call && world.domains.length === 0) throw error;
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({
      ...{ code: 'refused', detail: { key: 'failure.detail.leftovers', params: { paths: '/pool/a' } }, cause: error },
    });
  });

  test('does not take a file for deleted whose pool has been stopped meanwhile', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_UNDEFINE_FLAGS') world.stopped.push('pool');
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({
      ...{ detail: { key: 'failure.detail.leftovers', params: { paths: '/pool/a' } }, remedies: [] },
    });
  });

  test('takes a file that is gone already for deleted', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    world.meanwhile = (name) => {
      if (name === 'STORAGE_VOL_DELETE') world.volumes.clear();
    };
    await remove(world, mine, 'a');
    expect(world.domains).toEqual([]);
  });

  test('refuses a file that is none of its own', async () => {
    const world = new FakeStorage();
    world.chain('a');
    world.chain('b');
    const mine = world.domain(1, '/pool/a');
    await expect(remove(world, mine, 'b')).rejects.toMatchObject({
      detail: { key: 'failure.detail.changedMeanwhile' },
    });
    expect(world.domains).toHaveLength(1);
  });

  test('that has gone by itself is not taken for done', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const mine = world.domain(1, '/pool/a');
    mine.active = true;
    world.meanwhile = (name) => {
      if (name === 'DOMAIN_DESTROY') world.domains.length = 0;
    };
    await expect(remove(world, mine, 'a')).rejects.toMatchObject({ code: 42 });
    expect([...world.volumes.keys()]).toEqual(['/pool/a']);
  });
});
