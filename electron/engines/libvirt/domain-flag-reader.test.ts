import { describe, expect, test } from 'vitest';
import { flagsOf, flagsOfAll } from './domain-flag-reader.ts';
import { type FakeAnswer, fakeConnection, fakeDomain, libvirtError } from './testing/fakes.ts';

/** Domain 1 is saved, 2 starts with the host and has snapshots, 3 is transient; by the flag of the list. */
const lists: Readonly<Record<number, readonly number[]>> = { 8: [3], 256: [1], 1024: [2], 4096: [2] };
const answer: FakeAnswer = (name, args) => {
  const { dom, flags } = args as { dom?: { id: number }; flags?: number };
  switch (name) {
    case 'CONNECT_LIST_ALL_DOMAINS':
      return { domains: (lists[flags ?? 0] ?? []).map((id) => fakeDomain(id)), ret: 0 };
    case 'DOMAIN_SNAPSHOT_NUM':
      return { num: dom?.id === 2 ? 7 : 0 };
    case 'DOMAIN_HAS_MANAGED_SAVE_IMAGE':
      return { result: dom?.id === 1 ? 1 : 0 };
    case 'DOMAIN_GET_AUTOSTART':
      return { autostart: dom?.id === 2 ? 1 : 0 };
    case 'DOMAIN_IS_PERSISTENT':
      return { persistent: dom?.id === 3 ? 0 : 1 };
    default:
      throw libvirtError(3);
  }
};
const none = { saved: false, autostart: false, transient: false, snapshots: 0 };
const expected = [
  { ...none, saved: true },
  { ...none, autostart: true, snapshots: 7 },
  { ...none, transient: true },
];

describe('the flags of domains', () => {
  test('of all come in one list a flag, and only those with snapshots are asked how many', async () => {
    const { connection, calls } = fakeConnection(answer);
    const flags = await flagsOfAll(connection);
    expect([1, 2, 3, 4].map((id) => flags.get(fakeDomain(id).uuid))).toEqual([...expected, undefined]);
    expect(calls.filter(({ name }) => name === 'DOMAIN_SNAPSHOT_NUM')).toHaveLength(1);
    expect(calls).toHaveLength(5);
  });

  test('of one are the same', async () => {
    const { connection } = fakeConnection(answer);
    expect(await Promise.all([1, 2, 3].map((id) => flagsOf(connection, fakeDomain(id))))).toEqual(expected);
  });

  test('that a driver does not know are not there, and a lost connection is no flag', async () => {
    const lacking = fakeConnection(() => Promise.reject(libvirtError(3)));
    expect((await flagsOfAll(lacking.connection)).size).toBe(0);
    expect(await flagsOf(lacking.connection, fakeDomain(1))).toEqual(none);
    const lost = fakeConnection(() => Promise.reject(new Error('lost')));
    await expect(flagsOf(lost.connection, fakeDomain(1))).rejects.toThrow('lost');
    await expect(flagsOfAll(lost.connection)).rejects.toThrow('lost');
  });
});
