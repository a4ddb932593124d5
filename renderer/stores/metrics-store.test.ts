import { describe, expect, test } from 'vitest';
import type { GuestId } from '../../shared/ids.ts';
import { FakeBridge } from '../bridge/testing/fake-bridge.ts';
import { chartSpan, createMetricsStore, keepForCharts } from './metrics-store.ts';

const guest = (number: number): GuestId => `guest/${number}` as GuestId;

function setUp() {
  const main = new FakeBridge();
  const store = createMetricsStore(main.bridge);
  return {
    store,
    measure: (guests: readonly GuestId[], at: number) =>
      main.send('metrics.sample', { samples: guests.map((id) => ({ guest: id, at, cpu: at })) }),
    kept: (id: GuestId) => store.getState().samples.get(id) ?? [],
  };
}

describe('figures that are kept', () => {
  test('are the newest ones, newest last', () => {
    const { measure, kept } = setUp();
    for (let at = 1; at <= 200; at += 1) measure([guest(1)], at);
    expect([kept(guest(1)).length, kept(guest(1))[0]?.at, kept(guest(1)).at(-1)?.at]).toEqual([150, 51, 200]);
  });

  test('of the guest whose charts are shown reach back over the whole span of the charts, and no further', () => {
    const { store, measure, kept } = setUp();
    keepForCharts(store, guest(1));
    for (let at = 1000; at <= 400_000; at += 1000) measure([guest(1), guest(2)], at);
    expect(kept(guest(2))).toHaveLength(150);
    expect(kept(guest(1))[0]?.at).toBe(400_000 - chartSpan);
    expect(kept(guest(1)).at(-1)?.at).toBe(400_000);
  });

  test('of ten thousand guests together stay within bounds', () => {
    const { store, measure } = setUp();
    const all = Array.from({ length: 10_000 }, (_, number) => guest(number));
    for (let at = 1; at <= 40; at += 1) measure(all, at);
    let together = 0;
    for (const moments of store.getState().samples.values()) together += moments.length;
    expect(together).toBe(300_000);
  });

  test('of a guest that was looked at long ago are no more than those of any other', () => {
    const { store } = setUp();
    for (let number = 1; number <= 10; number += 1) keepForCharts(store, guest(number));
    expect(store.getState().charted).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map(guest));
  });
});
