import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { GuestListStore } from './guest-list-store.ts';

/** How a click or key chooses: only this one, this one more or less, or all from the last choice to here. */
export type Choice = 'only' | 'toggle' | 'range';

/** Which guests are chosen, and which one the keyboard is at. */
export interface Selection {
  readonly chosen: ReadonlySet<GuestId>;
  /** Where the keyboard is. */
  readonly at: GuestId | undefined;
  /** Where a range begins. */
  readonly anchor: GuestId | undefined;
  choose(guest: GuestId, how: Choice): void;
  /** Moves the keyboard without choosing. */
  moveTo(guest: GuestId): void;
  chooseAll(): void;
  chooseNone(): void;
}
export type SelectionStore = StoreApi<Selection>;

const nobody: ReadonlySet<GuestId> = new Set();

export function createSelectionStore(list: GuestListStore): SelectionStore {
  const store = createStore<Selection>((set, get) => ({
    chosen: nobody,
    at: undefined,
    anchor: undefined,
    choose(guest, how) {
      const { chosen, anchor } = get();
      if (how === 'range') {
        const { shown } = list.getState();
        const from = anchor !== undefined && shown.includes(anchor) ? anchor : guest;
        set({ chosen: range(shown, from, guest), at: guest, anchor: from });
      } else if (how === 'toggle') {
        const next = new Set(chosen);
        if (!next.delete(guest)) next.add(guest);
        set({ chosen: next, at: guest, anchor: guest });
      } else set({ chosen: new Set([guest]), at: guest, anchor: guest });
    },
    moveTo(guest) {
      set({ at: guest });
    },
    chooseAll() {
      const { shown } = list.getState();
      set({ chosen: new Set(shown), at: get().at ?? shown[0] });
    },
    chooseNone() {
      set({ chosen: nobody });
    },
  }));

  // The keyboard goes to the row that takes the place of a lost one. What the list does not show any more (gone, or
  // hidden by the filter) is not chosen any more either: nothing must be acted on unseen.
  list.subscribe(({ shown }, before) => {
    if (shown === before.shown) return;
    const { at, chosen } = store.getState();
    if (at !== undefined && !shown.includes(at)) {
      const place = Math.max(0, before.shown.indexOf(at));
      store.setState({ at: shown[Math.min(place, shown.length - 1)] });
    }
    if (chosen.size === 0) return;
    const visible = new Set(shown);
    const left = [...chosen].filter((id) => visible.has(id));
    if (left.length < chosen.size) store.setState({ chosen: new Set(left) });
  });
  return store;
}

function range(shown: readonly GuestId[], from: GuestId, to: GuestId): ReadonlySet<GuestId> {
  const a = shown.indexOf(from);
  const b = shown.indexOf(to);
  return new Set(shown.slice(Math.min(a, b), Math.max(a, b) + 1));
}
