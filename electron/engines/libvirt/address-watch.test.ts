import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import { AddressWatch } from './address-watch.ts';

const [first, second] = ['g1' as GuestId, 'g2' as GuestId];

let domains: { all: GuestId[]; noAddress: GuestId[] };
let watch: AddressWatch;
const looked = vi.fn<(ids: readonly GuestId[]) => Promise<void>>();

beforeEach(() => {
  vi.useFakeTimers();
  looked.mockReset().mockResolvedValue();
  domains = { all: [first, second], noAddress: [] };
  watch = new AddressWatch({ watched: () => domains, lookAgain: looked });
});
afterEach(() => {
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

async function pass(ms: number): Promise<GuestId[][]> {
  looked.mockClear();
  await vi.advanceTimersByTimeAsync(ms);
  return looked.mock.calls.map(([ids]) => [...ids]);
}

describe('addresses', () => {
  test('that are known are looked for again every minute: a lease changes, IPv6 comes late', async () => {
    watch.plan();
    expect(await pass(59_000)).toEqual([]);
    expect(await pass(1000)).toEqual([[first, second]]);
    expect(await pass(60_000)).toEqual([[first, second]]);
  });

  test('that are missing are looked for soon, then more and more seldom, and with the others each minute', async () => {
    domains.noAddress = [second];
    watch.plan();
    expect(await pass(2000)).toEqual([[second]]);
    expect(await pass(3000)).toEqual([[second]]);
    expect(await pass(5000)).toEqual([[second]]);
    expect(await pass(50_000)).toEqual([[second], [second], [first, second]]);
    domains.noAddress = [];
    expect(await pass(59_000)).toEqual([]);
  });

  test('are looked for soon again after something has changed', async () => {
    domains.noAddress = [second];
    watch.plan();
    await pass(40_000);
    watch.soon();
    watch.plan();
    expect(await pass(2000)).toEqual([[second]]);
  });

  test('are looked for also while something changes all the time', async () => {
    domains.noAddress = [second];
    let calls = 0;
    for (let second = 0; second < 60; second += 1) {
      watch.soon();
      watch.plan();
      calls += (await pass(1000)).length;
    }
    expect(calls).toBe(30);
    expect(looked.mock.lastCall).toEqual([[first, second]]);
  });

  test('are not looked for twice at once, and not after the end', async () => {
    let answer: () => void = () => undefined;
    looked.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    watch.plan();
    expect(await pass(60_000)).toHaveLength(1);
    watch.soon();
    watch.plan();
    expect(await pass(600_000)).toEqual([]);
    answer();
    expect(await pass(60_000)).toHaveLength(1);
    watch.stop();
    answer();
    expect(await pass(600_000)).toEqual([]);
  });

  test('of nobody are nobody asked for', async () => {
    domains = { all: [], noAddress: [] };
    watch.plan();
    expect(await pass(600_000)).toEqual([]);
  });
});
