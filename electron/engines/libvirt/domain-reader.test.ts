import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guest as guestSchema } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { DomainReader } from './domain-reader.ts';
import { makeEndpoint } from './endpoint.ts';
import { definition, FakeDomains } from './testing/fake-domains.ts';
import { libvirtError } from './testing/fakes.ts';

const endpoint = makeEndpoint('qemu:///system');
const never = (): Promise<never> => new Promise(() => undefined);
const noFile = libvirtError(38, 'Tiedostoa ei ole', 2);

let fake: FakeDomains;
let reader: DomainReader;
const found = vi.fn<(guest: GuestId) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  found.mockClear();
  fake = new FakeDomains();
  reader = new DomainReader(fake.host, endpoint, found, fake.mounts);
});
afterEach(() => {
  vi.useRealTimers();
});

async function readAll() {
  const ids = (await reader.list()).map(({ id }) => id);
  const guests = await reader.read(ids);
  for (const each of guests) expect(guestSchema.safeParse(each).error).toBeUndefined();
  return guests;
}

/** Reads while nothing comes of what hangs: rows wait for it a moment only. */
async function readWhileOneHangs() {
  const reading = readAll();
  await vi.advanceTimersByTimeAsync(300);
  return reading;
}

const missing = { code: 'guest-broken', detail: say('failure.detail.diskMissing', { path: '/images/2' }) };

describe('a stopped domain whose disk is missing', () => {
  test('says so in its row by the number of the error, whatever the language, and the others do not', async () => {
    fake.disks.set(2, () => Promise.reject(noFile));
    const guests = await readAll();
    expect(guests.map(({ failure, cpus }) => [failure?.code, cpus])).toEqual([
      [undefined, 2],
      ['guest-broken', 2],
      [undefined, 2],
    ]);
    expect(guests[1]?.failure).toMatchObject({ ...missing, title: { key: 'failure.title.unfit' } });
    expect((await reader.list())[1]?.failure).toMatchObject(missing);
    expect(found).not.toHaveBeenCalled();
  });

  test.each([
    ['there is no right to look', libvirtError(38, 'Permission denied', 13)],
    ['its pool is off', libvirtError(55)],
  ])('is not said to be missing where %s', async (_title, error) => {
    fake.disks.set(2, () => Promise.reject(error));
    expect((await readAll())[1]).not.toHaveProperty('failure');
  });

  test('is not asked about on a network, where the question alone could stop the lists of everybody', async () => {
    fake.imagesLink = '/mnt/nas/images';
    fake.disks.set(2, never);
    expect((await readAll()).map(({ cpus }) => cpus)).toEqual([2, 2, 2]);
    expect(fake.count('DOMAIN_GET_BLOCK_INFO', 'spare')).toBe(0);
  });

  test('has no failure any more once it is back', async () => {
    fake.disks.set(2, () => Promise.reject(noFile));
    await readAll();
    fake.disks.clear();
    expect((await readAll())[1]).not.toHaveProperty('failure');
  });
});

describe('what the disks of a stopped domain hold', () => {
  test('is in its row', async () => {
    expect((await readAll()).map(({ disk }) => disk)).toEqual([
      { size: 1000, used: 100 },
      { size: 2000, used: 200 },
      { size: 3000, used: 300 },
    ]);
    expect((await reader.list())[1]?.disk).toEqual({ size: 2000, used: 200 });
  });

  test('is not known where one of them cannot be asked', async () => {
    fake.disks.set(2, () => Promise.reject(libvirtError(38, 'Permission denied', 13)));
    expect((await readAll()).map(({ disk }) => disk?.size)).toEqual([1000, undefined, 3000]);
  });
});

describe('a disk that is slow to tell', () => {
  test('holds up neither the other rows nor the connection for lists', async () => {
    fake.disks.set(2, never);
    const guests = await readWhileOneHangs();
    expect(guests.map(({ state, cpus }) => [state, cpus])).toEqual([1, 2, 3].map(() => ['stopped', 2]));
    expect([fake.count('DOMAIN_GET_BLOCK_INFO'), fake.count('DOMAIN_GET_BLOCK_INFO', 'spare')]).toEqual([0, 3]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(found).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is told when it has, and the next reading has it without asking again', async () => {
    let tell: (error: Error) => void = () => undefined;
    fake.disks.set(2, () => new Promise((_resolve, reject) => (tell = reject)));
    const [, late] = await readWhileOneHangs();
    expect(late).not.toHaveProperty('failure');
    tell(noFile);
    await vi.waitFor(() => expect(found.mock.calls).toEqual([[late?.id]]));
    const [again] = await reader.read([late?.id as GuestId]);
    expect(again?.failure).toMatchObject(missing);
    expect(fake.count('DOMAIN_GET_BLOCK_INFO', 'spare')).toBe(3);
    expect(found).toHaveBeenCalledTimes(1);
  });

  test('is not told of when it has nothing to tell', async () => {
    let tell: (error: Error) => void = () => undefined;
    fake.disks.set(2, () => new Promise((_resolve, reject) => (tell = reject)));
    await readWhileOneHangs();
    tell(libvirtError(38, 'Permission denied', 13));
    await vi.advanceTimersByTimeAsync(1000);
    expect(found).not.toHaveBeenCalled();
  });

  test('tells nothing of a domain that has another disk since', async () => {
    let tell: (error: Error) => void = () => undefined;
    fake.disks.set(2, () => new Promise((_resolve, reject) => (tell = reject)));
    await readWhileOneHangs();
    fake.disks.delete(2);
    fake.definitions.set(2, definition(2).replace('/images/2', '/images/new'));
    await readAll();
    tell(noFile);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await readAll())[1]).not.toHaveProperty('failure');
  });

  test('keeps what was found before', async () => {
    fake.disks.set(2, () => Promise.reject(noFile));
    await readAll();
    fake.disks.set(2, never);
    expect((await readWhileOneHangs())[1]?.failure).toMatchObject(missing);
  });
});

describe('the addresses of a running domain', () => {
  beforeEach(() => {
    fake.running.add(1).add(2);
    fake.leases.set(1, ['10.0.0.1']);
  });

  test('are in its row, and who has none yet is known', async () => {
    const [first, second] = await readAll();
    expect([first?.addresses, second?.addresses]).toEqual([['10.0.0.1'], []]);
    expect(reader.watched()).toEqual({ all: [first?.id, second?.id], noAddress: [second?.id] });
  });

  test('are told when others are found later, and then are in the row without asking again', async () => {
    const [first, second] = await readAll();
    const { all } = reader.watched();
    await reader.lookAgain(all);
    expect(found).not.toHaveBeenCalled();
    fake.leases.set(1, ['10.0.0.1', 'fd00::1']).set(2, ['10.0.0.2']);
    await reader.lookAgain(all);
    expect(found.mock.calls.flat().sort()).toEqual([first?.id, second?.id].sort());
    const asked = fake.count('DOMAIN_INTERFACE_ADDRESSES');
    const read = await reader.read(all);
    expect(read.map(({ addresses }) => addresses)).toEqual([['10.0.0.1', 'fd00::1'], ['10.0.0.2']]);
    expect(fake.count('DOMAIN_INTERFACE_ADDRESSES')).toBe(asked);
    expect(reader.watched().noAddress).toEqual([]);
  });

  test('are the same in another order', async () => {
    fake.leases.set(1, ['10.0.0.1', '10.0.0.9']);
    await readAll();
    fake.leases.set(1, ['10.0.0.9', '10.0.0.1']);
    await reader.lookAgain(reader.watched().all);
    expect(found).not.toHaveBeenCalled();
  });
});
