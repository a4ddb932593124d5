import type { ColumnsStore } from './columns-store.ts';
import { firstSort, type GuestListStore } from './guest-list-store.ts';

/** A list that is sorted by a column nobody sees moves for no reason, and measures every guest: it goes by name then. */
export function keepSortShown(list: GuestListStore, columns: ColumnsStore): void {
  function check(): void {
    const { sort, choose } = list.getState();
    if (!columns.getState().columns.some(({ id }) => id === sort.column)) choose({ sort: firstSort });
  }
  columns.subscribe(check);
  list.subscribe((now, before) => {
    if (now.sort !== before.sort) check();
  });
}
