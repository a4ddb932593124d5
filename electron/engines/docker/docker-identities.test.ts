import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

const label = { 'io.posada.guest': 'shop' };

describe('ids of guests', () => {
  let setup: FakeSetup;
  let old: GuestId;
  /** Of a container that was removed while nobody looked. */
  const oldNative = 'o'.repeat(64);

  beforeEach(async () => {
    setup = await fakeSetup();
    old = setup.identities.guestFor(setup.engine.info.id, oldNative, 'shop');
    await setup.open();
  });
  afterEach(() => setup.close());

  test('of containers that a complete list does not have are forgotten, and their labels are free', async () => {
    const web = setup.daemon.add('a', 'web', 'running', label);
    expect((await setup.engine.list()).map(({ id }) => id)).toEqual([old]);
    expect(setup.identities.nativeFor(old)).toBe(web.id);
    setup.daemon.containers.clear();
    expect(await setup.engine.list()).toEqual([]);
    expect(setup.identities.nativeFor(old)).toBeUndefined();
  });

  test('come back with their containers, when the socket has shown another daemon for a while', async () => {
    const web = setup.daemon.add('a', 'web');
    const [before] = await setup.engine.list();
    setup.daemon.containers.clear();
    const other = setup.daemon.add('b', 'other');
    const [meanwhile] = await setup.engine.list();
    expect(meanwhile?.id).not.toBe(before?.id);
    setup.daemon.containers.delete(other.id);
    setup.daemon.containers.set(web.id, web);
    expect((await setup.engine.list()).map(({ id }) => id)).toEqual([before?.id]);
  });

  test('stay when the list fails', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, (_request, response) => refuse(response, 500, 'busy'));
    await failureOf(setup.engine.list());
    expect(setup.identities.nativeFor(old)).toBe(oldNative);
  });

  test('stay when an event comes before the first list', async () => {
    setup.daemon.emit('destroy', { id: 'x'.repeat(64), name: 'x', state: 'exited' });
    await vi.waitFor(() => expect(setup.changed).toHaveLength(1));
    expect(setup.identities.nativeFor(old)).toBe(oldNative);
  });

  test('of another engine stay', async () => {
    const other = setup.identities.guestFor('docker:unix:///other' as EngineId, oldNative);
    await setup.engine.list();
    expect(setup.identities.nativeFor(old)).toBeUndefined();
    expect(setup.identities.nativeFor(other)).toBe(oldNative);
  });

  test('do not pile up while containers come and go', async () => {
    await setup.settle();
    const ids: GuestId[] = [];
    for (const round of ['1', '2', '3']) {
      const passing = setup.daemon.add(round, `run-${round}`);
      setup.daemon.emit('create', passing);
      await vi.waitFor(() => expect(setup.changed.flat()).toHaveLength(1));
      ids.push(...setup.changed.flat());
      setup.changed.length = 0;
      setup.daemon.containers.delete(passing.id);
      setup.daemon.emit('destroy', passing);
      await vi.waitFor(() => expect(setup.changed.flat()).toEqual(ids.slice(-1)));
      setup.changed.length = 0;
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids.map((id) => setup.identities.nativeFor(id))).toEqual([undefined, undefined, undefined]);
  });
});
