import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { GuestSample } from '../../shared/metrics.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** How many moments of a guest are kept for its curve. */
const momentsKept = 60;

/** The last moments of each guest, newest last. Lossy, apart from the inventory: a figure redraws one cell. */
export interface Metrics {
  readonly samples: ReadonlyMap<GuestId, readonly GuestSample[]>;
}
export type MetricsStore = StoreApi<Metrics>;

export function createMetricsStore(bridge: Bridge): MetricsStore {
  const store = createStore<Metrics>(() => ({ samples: new Map() }));
  bridge.listen('metrics.sample', ({ samples }) => {
    const all = new Map(store.getState().samples);
    for (const sample of samples) {
      const before = all.get(sample.guest) ?? [];
      all.set(sample.guest, [...before.slice(1 - momentsKept), sample]);
    }
    store.setState({ samples: all });
  });
  return store;
}

/** Forgets guests that are gone or no longer run: their old figures would be taken for new ones. */
export function forgetSamples(store: MetricsStore, guests: Iterable<GuestId>): void {
  const before = store.getState().samples;
  let after: Map<GuestId, readonly GuestSample[]> | undefined;
  for (const guest of guests) {
    if (!before.has(guest)) continue;
    after ??= new Map(before);
    after.delete(guest);
  }
  if (after) store.setState({ samples: after });
}

/** The newest sample of a guest. */
export function lastSample(metrics: Metrics, guest: GuestId): GuestSample | undefined {
  return metrics.samples.get(guest)?.at(-1);
}
