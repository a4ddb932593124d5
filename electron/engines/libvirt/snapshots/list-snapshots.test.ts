import { beforeEach, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../../shared/ids.ts';
import { type GuestSnapshots, guestSnapshots } from '../../../../shared/snapshot.ts';
import { domainState } from '../client/index.ts';
import { FakeSnapshots } from '../testing/fake-snapshots.ts';
import { fakeConnection, fakeDomain, libvirtError } from '../testing/fakes.ts';
import { listSnapshots } from './list-snapshots.ts';
import { readMs } from './read-situation.ts';

let fake: FakeSnapshots;
beforeEach(() => {
  fake = new FakeSnapshots();
});

async function list(): Promise<GuestSnapshots> {
  return guestSnapshots.parse(await listSnapshots(fake.connection, fakeDomain(1), 'e/1' as GuestId));
}
const external = "<memory snapshot='no'/><disks><disk snapshot='external'><source file='/o'/></disk></disks>";

test('a guest without snapshots has none, and can have one', async () => {
  expect(await list()).toEqual({
    ...{ guest: 'e/1', snapshots: [], now: 'off', notes: [] },
    takeWithMemory: { ready: false, because: { key: 'because.snapshotOff' } },
    takeDisks: { ready: true, says: [{ key: 'snapshot.says.off' }, { key: 'snapshot.says.grows' }] },
    freeze: { ready: false, because: { key: 'because.snapshotNoFreeze' } },
  });
});

test('they come oldest first; of the same second, what another stands on comes before it', async () => {
  for (const [name, parent, second] of [
    ['late', 'root', 9],
    ['leaf', 'middle', 5],
    ['middle', 'root', 5],
    ['root', undefined, 5],
  ] as const) {
    fake.add(name, parent);
    const xml = fake.snapshots.get(name) ?? '';
    fake.snapshots.set(name, xml.replace(/<creationTime>\d+/, `<creationTime>${second}`));
  }
  const { snapshots, current } = await list();
  expect(snapshots.map(({ id, parent, createdAt }) => [id, parent, createdAt])).toEqual([
    ...[
      ['root', undefined, 5000],
      ['middle', 'root', 5000],
      ['leaf', 'middle', 5000],
      ['late', 'root', 9000],
    ],
  ]);
  expect(current).toBe('root');
});

test.each([
  ['running', 'running'],
  ['paused', 'paused'],
  ['disk-snapshot', 'running'],
  ['shutoff', 'off'],
  ['crashed', 'off'],
])('one that libvirt calls %s was %s', async (state, shown) => {
  fake.add('one');
  fake.snapshots.set('one', (fake.snapshots.get('one') ?? '').replace('<state>shutoff', `<state>${state}`));
  expect((await list()).snapshots[0]?.state).toBe(shown);
});

test.each([
  [domainState.running, 7, 'running'],
  [domainState.paused, 7, 'paused'],
  [domainState.shutdown, 7, 'running'],
  [domainState.shutoff, -1, 'off'],
])('the guest in state %d with id %d is %s now', async (state, domain, now) => {
  Object.assign(fake, { state, domain });
  expect((await list()).now).toBe(now);
});

test('two kinds in one guest are told, and nothing but words is changed then', async () => {
  fake.add('in');
  fake.add('out', 'in', external);
  const { snapshots, notes } = await list();
  expect(notes).toEqual([{ key: 'snapshot.note.mixed' }]);
  const ready = snapshots.map(({ offers }) => offers.filter((each) => each.ready).map(({ verb }) => verb));
  expect(ready).toEqual([
    ['editSnapshot', 'protectSnapshot'],
    ['editSnapshot', 'protectSnapshot'],
  ]);
});

test('one that goes while they are read is left out, and a driver without snapshots has none', async () => {
  fake.add('one');
  fake.add('two', 'one');
  fake.meanwhile = (name, { snap }) => {
    if (name === 'DOMAIN_SNAPSHOT_GET_XML_DESC' && snap?.name === 'one') throw libvirtError(72);
  };
  expect((await list()).snapshots.map(({ id }) => id)).toEqual(['two']);
  fake.meanwhile = (name) => {
    if (name.includes('SNAPSHOT')) throw libvirtError(3);
  };
  expect(await list()).toMatchObject({ snapshots: [] });
});

test('a pool that tells nothing does not keep the list back: what is not known is not said', async () => {
  fake.add('one');
  fake.meanwhile = (name) => {
    if (name === 'STORAGE_VOL_GET_INFO') throw libvirtError(1);
  };
  const [one] = (await list()).snapshots;
  expect(one?.notes).toEqual([]);
  expect(one?.offers.find(({ verb }) => verb === 'restoreSnapshot')).toEqual({ verb: 'restoreSnapshot', ready: true });
});

test('a daemon that does not answer is told in time, not waited for', async () => {
  vi.useFakeTimers();
  try {
    const never = new Promise(() => undefined);
    const { connection } = fakeConnection((name, args) =>
      name === 'DOMAIN_LIST_ALL_SNAPSHOTS' ? never : fake.connection.call(name as never, args as never),
    );
    const asked = listSnapshots(connection, fakeDomain(1), 'e/1' as GuestId).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(readMs);
    expect(await asked).toMatchObject({ code: 'engine-hung' });
  } finally {
    vi.useRealTimers();
  }
});
