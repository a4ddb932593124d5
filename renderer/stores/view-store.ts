import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Verb } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';

/** What is open in the window besides its screen. */
export interface View {
  /** A verb that waits for the person's yes. */
  readonly confirm: { readonly verb: Verb; readonly guests: readonly GuestId[] } | undefined;
  readonly keysShown: boolean;
  /** Whether the pane with the facts of the chosen guest is unfolded. */
  readonly detailOpen: boolean;
}
export type ViewStore = StoreApi<View>;

export function createViewStore(): ViewStore {
  return createStore<View>(() => ({
    confirm: undefined,
    keysShown: false,
    // Whatever the height: a window that is not shown yet has none.
    detailOpen: true,
  }));
}
