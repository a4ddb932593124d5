import { describe, expect, test } from 'vitest';
import { FakeStorage } from '../testing/fake-storage.ts';
import { libvirtError } from '../testing/fakes.ts';
import { planDelete } from './delete-plan.ts';

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

  test('is none where a pool cannot look at its folder: what stands on a disk would not be known', async () => {
    const world = new FakeStorage();
    world.chain('a');
    const busy = libvirtError(1, 'pool has asynchronous jobs running');
    world.meanwhile = (name) => {
      if (name === 'STORAGE_POOL_REFRESH') throw busy;
    };
    await expect(planDelete(world.connection, world.domain(1, '/pool/a').dom)).rejects.toBe(busy);
  });
});
