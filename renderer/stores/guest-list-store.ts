import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ColumnId, Grouping } from '../../shared/columns.ts';
import type { GuestId } from '../../shared/ids.ts';
import { beginsGreatest, type FindWords, isMeasured, isOn } from './guest-facts.ts';
import { GuestOrder, type Sort } from './guest-order.ts';
import type { InventoryStore } from './inventory-store.ts';
import { groupRows, isHead, type ListRow, type RowId, sameRows } from './list-rows.ts';
import { forgetSamples, type MetricsStore } from './metrics-store.ts';

/** How long an order by measured figures stands at least: rows that jump under the pointer help nobody. */
const measuredOrderMs = 5000;
/** After a person has chosen a measured column, the first figures come in from one engine after the other. */
const settleMs = 3000;

/** What of the list a person chooses besides its columns. */
export interface ListChoices {
  readonly filter: string;
  readonly sort: Sort;
  readonly groupBy: Grouping;
}

/** What the list shows: which guests, in which order, in which groups. */
export interface GuestList extends ListChoices {
  /** The guests that the filter lets through, in order, each once; also those of closed groups. */
  readonly shown: readonly GuestId[];
  /** The lines of the list. Without groups they are the shown guests. */
  readonly rows: readonly ListRow[];
  /** Heads of groups whose guests are not shown; kept while the app runs. */
  readonly closed: ReadonlySet<RowId>;
  /** Where the person is writing the filter, until the box is left. */
  readonly caret: number | undefined;
  /** What a filter means by names that are not a guest's own. */
  readonly words: FindWords;
  /** @param caret where the person is still writing it; without it the filter is meant as it is */
  setFilter(filter: string, caret?: number): void;
  /** Sorts by the column; again: the other way round. Figures begin with the greatest. */
  sortBy(column: ColumnId, direction?: Sort['direction']): void;
  setGroupBy(groupBy: Grouping): void;
  /** Opens or closes a group. */
  toggleGroup(head: RowId, open?: boolean): void;
  toggleAllGroups(open: boolean): void;
  /** Several choices at once: a saved view. */
  choose(choices: Partial<ListChoices>): void;
  /** Other words for states and kinds: the language has changed. */
  setWords(words: FindWords): void;
}
export type GuestListStore = StoreApi<GuestList>;

export const firstSort: Sort = { column: 'name', direction: 'ascending' };

export function createGuestListStore(
  inventory: InventoryStore,
  metrics: MetricsStore,
  firstWords: FindWords,
): GuestListStore {
  const order = new GuestOrder(firstWords, firstSort);
  let orderedAt = 0;
  let sortedAt = 0;

  const store = createStore<GuestList>((set, get) => ({
    filter: '',
    sort: firstSort,
    groupBy: 'none',
    shown: [],
    rows: [],
    closed: new Set(),
    caret: undefined,
    words: firstWords,
    setFilter(filter, caret) {
      set({ filter, caret, ...look({ ...get(), filter, caret }) });
    },
    sortBy(column, direction) {
      const { sort } = get();
      const first = beginsGreatest(column) ? 'descending' : 'ascending';
      const other = first === 'ascending' ? 'descending' : 'ascending';
      const again = sort.column === column && sort.direction === first;
      get().choose({ sort: { column, direction: direction ?? (again ? other : first) } });
    },
    setGroupBy: (groupBy) => get().choose({ groupBy }),
    toggleGroup(head, open) {
      const closed = new Set(get().closed);
      if (open ?? closed.has(head)) closed.delete(head);
      else closed.add(head);
      set({ closed, rows: rowsOf(get().shown, { ...get(), closed }) });
    },
    toggleAllGroups(open) {
      const heads = get().rows.filter(isHead);
      const closed = new Set(open ? [] : heads.map((head) => head.id));
      set({ closed, rows: rowsOf(get().shown, { ...get(), closed }) });
    },
    choose(choices) {
      const next = { ...get(), ...choices, ...(choices.filter !== undefined && { caret: undefined }) };
      if (choices.sort) {
        sortedAt = performance.now();
        rebuild(choices.sort, next.words);
      }
      // One change: nobody sees the new filter with the old rows.
      set({ ...choices, caret: next.caret, ...look(next) });
    },
    setWords(words) {
      rebuild(get().sort, words);
      set({ words });
      show();
    },
  }));

  function rebuild(sort: Sort, words: FindWords): void {
    order.rebuild(inventory.getState().guests, sort, words, metrics.getState());
    orderedAt = performance.now();
  }

  function rowsOf(shown: readonly GuestId[], { groupBy, closed, words }: GuestList): readonly ListRow[] {
    return groupBy === 'none' ? shown : groupRows(shown, inventory.getState().guests, groupBy, closed, words);
  }

  /** What is to be shown. What has stayed the same stays the same array: the list is redrawn only when it is another one. */
  function look(list: GuestList): Pick<GuestList, 'shown' | 'rows'> {
    const next = order.shown(list.filter, list.caret);
    const shown = sameRows(next, list.shown) ? list.shown : next;
    const rows = rowsOf(shown, list);
    return { shown, rows: sameRows(rows, list.rows) ? list.rows : rows };
  }

  function show(): void {
    const before = store.getState();
    const next = look(before);
    if (next.shown !== before.shown || next.rows !== before.rows) store.setState(next);
  }

  inventory.subscribe((now, before) => {
    const renamed = now.engines !== before.engines && engineNames(now.engines) !== engineNames(before.engines);
    if (now.guests === before.guests && !renamed) return;
    let changed: Iterable<GuestId>;
    if (renamed) {
      const words = { ...store.getState().words }; // engines are looked up through it: a new object makes every entry anew
      rebuild(store.getState().sort, words);
      store.setState({ words });
      changed = now.guests.keys();
    } else changed = order.update(now.guests, metrics.getState());
    forgetSamples(
      metrics,
      [...changed].filter((id) => {
        const guest = now.guests.get(id);
        return !guest || !isOn(guest);
      }),
    );
    show();
  });

  metrics.subscribe(() => {
    const { sort } = store.getState();
    if (!isMeasured(sort.column)) return;
    const now = performance.now();
    if (now - sortedAt > settleMs && now - orderedAt < measuredOrderMs) return;
    rebuild(sort, store.getState().words);
    show();
  });

  return store;
}

function engineNames(engines: ReturnType<InventoryStore['getState']>['engines']): string {
  return Array.from(engines.values(), (engine) => `${engine.id} ${engine.name}`).join('\n');
}
