import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { GuestSample } from '../../shared/metrics.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** Of all guests together this many moments are kept, so that ten thousand of them cost no more than one thousand. */
const mostTogether = 300_000;
/** What the small curve shows; and what any guest gets while there are few. */
const fewestOfOne = 30;
const mostOfOne = 150;
/** How far back the charts go, in milliseconds. */
export const chartSpan = 300_000;
/** A guest whose charts were looked at keeps all of that span: at one measurement a second, with some room. */
const mostOfCharted = 330;
/** Guests whose charts were looked at last. */
const mostCharted = 8;

/** The last moments of each guest, newest last. Lossy, apart from the inventory: a figure redraws one cell. */
export interface Metrics {
  readonly samples: ReadonlyMap<GuestId, readonly GuestSample[]>;
  /** Guests of which the whole span of the charts is kept, the last looked at last. */
  readonly charted?: readonly GuestId[];
}
export type MetricsStore = StoreApi<Metrics>;

export function createMetricsStore(bridge: Bridge): MetricsStore {
  const store = createStore<Metrics>(() => ({ samples: new Map() }));
  bridge.listen('metrics.sample', ({ samples }) => {
    const { samples: before, charted = [] } = store.getState();
    const all = new Map(before);
    const most = Math.max(fewestOfOne, Math.min(mostOfOne, Math.floor(mostTogether / Math.max(1, all.size))));
    for (const sample of samples) {
      const old = all.get(sample.guest) ?? [];
      all.set(
        sample.guest,
        charted.includes(sample.guest) ? withinSpan([...old, sample], sample.at) : [...old.slice(1 - most), sample],
      );
    }
    store.setState({ samples: all });
  });
  return store;
}

function withinSpan(samples: readonly GuestSample[], now: number): readonly GuestSample[] {
  return samples.slice(-mostOfCharted).filter(({ at }) => at >= now - chartSpan);
}

/** From now on the whole span of the charts is kept of this guest, until others have been looked at. */
export function keepForCharts(store: MetricsStore, guest: GuestId): void {
  const others = (store.getState().charted ?? []).filter((id) => id !== guest);
  store.setState({ charted: [...others.slice(1 - mostCharted), guest] });
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
