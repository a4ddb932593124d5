import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { GuestListStore } from './guest-list-store.ts';
import type { InventoryStore } from './inventory-store.ts';
import { guestOf, isHead, type ListRow, placeOf, type RowId, rowIdOf } from './list-rows.ts';

/** How a click or key chooses: only this one, this one more or less, or all from the last choice to here. */
export type Choice = 'only' | 'toggle' | 'range';

/**
 * Which guests are chosen, and which row the keyboard is at. A guest may have several rows (it is in several groups);
 * it is chosen or not in all of them. A row may be named by its guest's id: the first one is meant.
 */
export interface Selection {
  /** Those that can be seen: nothing is acted on unseen. */
  readonly chosen: ReadonlySet<GuestId>;
  /** Chosen ones that the filter hides now: chosen again as soon as it shows them. */
  readonly hidden: ReadonlySet<GuestId>;
  /** Where the keyboard is. */
  readonly at: RowId | undefined;
  /** Where a range begins. */
  readonly anchor: RowId | undefined;
  /** On the head of a group `toggle` means all of its guests, `only` goes there and chooses nobody. */
  choose(row: RowId, how: Choice): void;
  /** All guests from one row to another; with `more` also those, and what is hidden stays chosen. */
  chooseBetween(from: RowId, to: RowId, more?: ReadonlySet<GuestId>): void;
  /** Exactly these. */
  chooseGuests(guests: readonly GuestId[]): void;
  /** Moves the keyboard without choosing. */
  moveTo(row: RowId): void;
  chooseAll(): void;
  chooseNone(): void;
}
export type SelectionStore = StoreApi<Selection>;

const nobody: ReadonlySet<GuestId> = new Set();

export function createSelectionStore(list: GuestListStore, inventory: InventoryStore): SelectionStore {
  const store = createStore<Selection>((set, get) => ({
    chosen: nobody,
    hidden: nobody,
    at: undefined,
    anchor: undefined,
    choose(named, how) {
      const { chosen, anchor } = get();
      openGroupOf(list, named);
      const { rows } = list.getState();
      const place = findRow(rows, named);
      const row = rows[place];
      if (row === undefined) return;
      const id = rowIdOf(row);
      if (how === 'range') {
        const from = placeOf(rows, anchor);
        const begin = from < 0 ? place : from;
        set({ chosen: range(rows, begin, place), hidden: nobody, at: id, anchor: rowIdOf(rows[begin] as ListRow) });
      } else if (how === 'toggle') {
        const guests = guestsOf(row);
        const next = new Set(chosen);
        const all = guests.every((guest) => next.has(guest));
        for (const guest of guests)
          if (all) next.delete(guest);
          else next.add(guest);
        set({ chosen: next, at: id, anchor: id });
      } else {
        const guest = guestOf(row);
        set({ chosen: guest === undefined ? nobody : new Set([guest]), hidden: nobody, at: id, anchor: id });
      }
    },
    chooseBetween(from, to, more) {
      const { rows } = list.getState();
      const hidden = more ? get().hidden : nobody;
      const [a, b] = [findRow(rows, from), findRow(rows, to)];
      if (a < 0 || b < 0) return;
      set({ chosen: new Set([...(more ?? []), ...range(rows, a, b)]), hidden, at: to, anchor: from });
    },
    chooseGuests(guests) {
      set({ chosen: new Set(guests), hidden: nobody });
    },
    moveTo(named) {
      const { rows } = list.getState();
      const row = rows[findRow(rows, named)];
      if (row !== undefined) set({ at: rowIdOf(row) });
    },
    chooseAll() {
      const { shown, rows } = list.getState();
      set({ chosen: new Set(shown), hidden: nobody, at: get().at ?? (rows[0] && rowIdOf(rows[0])) });
    },
    chooseNone() {
      set({ chosen: nobody, hidden: nobody });
    },
  }));

  // The keyboard goes to the row that takes the place of a lost one. What the filter hides waits among the hidden.
  // Guests of a closed group stay chosen: its head says so.
  list.subscribe((now, before) => {
    if (now.rows !== before.rows) {
      const { at } = store.getState();
      if (at !== undefined && placeOf(now.rows, at) < 0) store.setState({ at: insteadOf(at, before.rows, now.rows) });
    }
    if (now.shown === before.shown) return;
    const { chosen, hidden } = store.getState();
    if (chosen.size + hidden.size === 0) return;
    const visible = new Set(now.shown);
    const { guests } = inventory.getState();
    const all = [...chosen, ...hidden].filter((id) => guests.has(id));
    const seen = all.filter((id) => visible.has(id));
    const same = seen.length === chosen.size && seen.every((id) => chosen.has(id));
    store.setState({
      chosen: same ? chosen : new Set(seen),
      hidden: new Set(all.filter((id) => !visible.has(id))),
    });
  });
  // A guest that is gone is not chosen any more when it comes back.
  inventory.subscribe((now, before) => {
    const { hidden } = store.getState();
    if (now.guests === before.guests || hidden.size === 0) return;
    const left = [...hidden].filter((id) => now.guests.has(id));
    if (left.length < hidden.size) store.setState({ hidden: new Set(left) });
  });
  return store;
}

/** The row of that id, or the first one of that guest. */
function findRow(rows: readonly ListRow[], named: RowId): number {
  const exact = placeOf(rows, named);
  return exact >= 0 ? exact : rows.findIndex((row) => guestOf(row) === named);
}

/** A guest that is asked for by name is to be seen: of the groups that hide it the first is opened. */
function openGroupOf(list: GuestListStore, named: RowId): void {
  const { rows, toggleGroup } = list.getState();
  if (findRow(rows, named) >= 0) return;
  const head = rows.filter(isHead).find(({ guests }) => guests.some((guest) => guest === named));
  if (head) toggleGroup(head.id, true);
}

/** Where the keyboard goes when its row is lost: to its guest elsewhere, to the head of its closed group, or to what takes its place. */
function insteadOf(at: RowId, before: readonly ListRow[], now: readonly ListRow[]): RowId | undefined {
  const place = placeOf(before, at);
  const row = before[place];
  const guest = guestOf(row);
  if (typeof row === 'object' && 'head' in row) {
    const head = now[placeOf(now, row.head)];
    if (isHead(head) && !head.open) return head.id;
  }
  const same = guest === undefined ? undefined : now.find((other) => guestOf(other) === guest);
  const next = same ?? now[Math.min(Math.max(0, place), now.length - 1)];
  return next && rowIdOf(next);
}

function guestsOf(row: ListRow): readonly GuestId[] {
  if (isHead(row)) return row.guests;
  const guest = guestOf(row);
  return guest === undefined ? [] : [guest];
}

/** The guests from one place to another; heads of groups between them count for nothing. */
function range(rows: readonly ListRow[], from: number, to: number): ReadonlySet<GuestId> {
  return new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).flatMap((row) => guestOf(row) ?? []));
}
