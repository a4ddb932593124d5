import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Guest, guest as guestSchema } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { DomainReader } from './domain-reader.ts';
import { DomainStarts } from './domain-starts.ts';
import { makeEndpoint } from './endpoint.ts';
import { FakeDomains } from './testing/fake-domains.ts';
import { fakeDomain } from './testing/fakes.ts';

const endpoint = makeEndpoint('qemu:///system');
const found = vi.fn<(guest: GuestId) => void>();
const mib = 1024 ** 2;
let fake: FakeDomains;
let reader: DomainReader;

beforeEach(() => {
  vi.useFakeTimers();
  found.mockClear();
  fake = new FakeDomains();
  const noProcesses = { commandLines: async () => new Map<number, string[]>(), startOf: async () => undefined };
  reader = new DomainReader(fake.host, endpoint, found, fake.mounts, new DomainStarts(endpoint, noProcesses));
});
afterEach(() => {
  vi.useRealTimers();
});

/** The row of domain 1, read. */
async function row(): Promise<Guest> {
  const [first] = await reader.list();
  const [read] = await reader.read([first?.id as GuestId]);
  expect(guestSchema.safeParse(read).error).toBeUndefined();
  return read as Guest;
}

describe('what the disks of a running domain hold', () => {
  beforeEach(() => {
    fake.running.add(1);
    fake.blocks.set(1, { capacity: 100 * mib, allocation: 0, physical: 10 * mib });
  });

  test('is in its row, and no disk is opened for it', async () => {
    expect((await row()).disk).toEqual({ size: 100 * mib, used: 10 * mib });
    expect(fake.count('DOMAIN_GET_BLOCK_INFO', 'spare')).toBe(0);
  });

  test('stays as it was while the domain is busy', async () => {
    await row();
    fake.blocks.delete(1);
    expect((await row()).disk).toEqual({ size: 100 * mib, used: 10 * mib });
  });

  test('is told when it has grown by so much that it can be seen', async () => {
    const { id } = await row();
    fake.blocks.set(1, { capacity: 100 * mib, physical: 10 * mib + 4096 });
    await reader.lookAgain(reader.watched().all);
    expect(found).not.toHaveBeenCalled();
    fake.blocks.set(1, { capacity: 100 * mib, physical: 12 * mib });
    await reader.lookAgain(reader.watched().all);
    expect(found.mock.calls).toEqual([[id]]);
    expect((await row()).disk?.used).toBe(12 * mib);
  });
});

describe('a domain that was paused for an I/O error', () => {
  beforeEach(() => {
    fake.failing.add(1);
  });

  test.each([
    ['full', [{ disk: 'vda', error: 2 }], { disk: 'vda', reason: 'no-space' }],
    [
      'full, another broken',
      [
        { disk: 'sda', error: 1 },
        { disk: 'vda', error: 2 },
      ],
      { disk: 'vda', reason: 'no-space' },
    ],
    ['broken', [{ disk: 'vda', error: 1 }], { disk: 'vda', reason: 'other' }],
    ['not named', [], { reason: 'other' }],
  ] as const)('says which disk is %s', async (_title, errors, ioError) => {
    fake.diskErrors = errors;
    expect(await row()).toMatchObject({ state: 'paused', stateNote: { key: 'state.note.ioError' }, ioError });
    expect((await reader.list())[0]?.ioError).toEqual(ioError);
  });

  test('has none any more once it goes on', async () => {
    fake.diskErrors = [{ disk: 'vda', error: 2 }];
    await row();
    fake.failing.clear();
    fake.running.add(1);
    expect((await reader.list())[0]).not.toHaveProperty('ioError');
    expect(await row()).not.toHaveProperty('ioError');
    expect(fake.count('DOMAIN_GET_DISK_ERRORS', 'spare')).toBe(1);
  });
});

describe('flags that change without an event', () => {
  test('are found for all domains in a few questions', async () => {
    const rows = await reader.list();
    expect(await reader.changedFlags()).toEqual([]);
    fake.autostart.add(2);
    expect(await reader.changedFlags()).toEqual([rows[1]?.id]);
    const [read] = await reader.read([rows[1]?.id as GuestId]);
    expect(read?.startup).toEqual({ by: 'autostart', on: true });
    expect(await reader.changedFlags()).toEqual([]);
    fake.autostart.clear();
    expect(await reader.changedFlags()).toEqual([rows[1]?.id]);
  });
});

test('a domain whose start was heard of runs since then, until it stops', async () => {
  fake.running.add(1);
  expect(await row()).not.toHaveProperty('startedAt');
  reader.started(fakeDomain(1).uuid, 1234);
  expect((await row()).startedAt).toBe(1234);
  fake.running.clear();
  expect(await row()).not.toHaveProperty('startedAt');
  fake.running.add(1);
  expect(await row()).not.toHaveProperty('startedAt');
});
