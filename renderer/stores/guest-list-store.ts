import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import { type FindWords, isMeasured, type SortColumn } from './guest-facts.ts';
import { GuestOrder, type Sort } from './guest-order.ts';
import type { InventoryStore } from './inventory-store.ts';
import { forgetSamples, type MetricsStore } from './metrics-store.ts';

/** How long an order by measured figures stands at least: rows that jump under the pointer help nobody. */
const measuredOrderMs = 5000;
/** After a person has chosen a measured column, the first figures come in from one engine after the other. */
const settleMs = 3000;

/** What the list shows: which guests, in which order. */
export interface GuestList {
  readonly filter: string;
  readonly sort: Sort;
  /** The guests that the filter lets through, in order. */
  readonly shown: readonly GuestId[];
  setFilter(filter: string): void;
  /** Sorts by the column; again: the other way round. Figures begin with the greatest. */
  sortBy(column: SortColumn): void;
  /** Other words for states and kinds: the language has changed. */
  setWords(words: FindWords): void;
}
export type GuestListStore = StoreApi<GuestList>;

export function createGuestListStore(
  inventory: InventoryStore,
  metrics: MetricsStore,
  firstWords: FindWords,
): GuestListStore {
  let words = firstWords;
  const firstSort: Sort = { column: 'name', direction: 'ascending' };
  const order = new GuestOrder(words, firstSort);
  let orderedAt = 0;
  let sortedAt = 0;

  const store = createStore<GuestList>((set, get) => ({
    filter: '',
    sort: firstSort,
    shown: [],
    setFilter(filter) {
      set({ filter, shown: order.shown(filter) });
    },
    sortBy(column) {
      const { sort } = get();
      const first = isMeasured(column) ? 'descending' : 'ascending';
      const other = first === 'ascending' ? 'descending' : 'ascending';
      const next: Sort = {
        column,
        direction: sort.column === column && sort.direction === first ? other : first,
      };
      sortedAt = performance.now();
      rebuild(next);
      set({ sort: next, shown: order.shown(get().filter) });
    },
    setWords(now) {
      words = now;
      rebuild(get().sort);
      show();
    },
  }));

  function rebuild(sort: Sort): void {
    order.rebuild(inventory.getState().guests, sort, words, metrics.getState());
    orderedAt = performance.now();
  }

  /** The same ids in the same order stay the same array: the list is redrawn only when it is another one. */
  function show(): void {
    const { filter, shown } = store.getState();
    const next = order.shown(filter);
    if (next.length !== shown.length || next.some((id, place) => shown[place] !== id)) store.setState({ shown: next });
  }

  inventory.subscribe((now, before) => {
    const renamed = now.engines !== before.engines && engineNames(now.engines) !== engineNames(before.engines);
    if (now.guests === before.guests && !renamed) return;
    let changed: Iterable<GuestId>;
    if (renamed) {
      words = { ...words }; // engines are looked up through it: a new object makes every entry anew
      rebuild(store.getState().sort);
      changed = now.guests.keys();
    } else changed = order.update(now.guests, metrics.getState());
    forgetSamples(
      metrics,
      [...changed].filter((id) => !measurable(now.guests.get(id)?.state)),
    );
    show();
  });

  metrics.subscribe(() => {
    const { sort } = store.getState();
    if (!isMeasured(sort.column)) return;
    const now = performance.now();
    if (now - sortedAt > settleMs && now - orderedAt < measuredOrderMs) return;
    rebuild(sort);
    show();
  });

  return store;
}

function engineNames(engines: ReturnType<InventoryStore['getState']>['engines']): string {
  return Array.from(engines.values(), (engine) => `${engine.id} ${engine.name}`).join('\n');
}

function measurable(state: string | undefined): boolean {
  return state === 'running' || state === 'paused';
}
