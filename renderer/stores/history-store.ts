import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../shared/failure.ts';
import type { GuestEvent } from '../../shared/guest-event.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** As many as main keeps of one guest. */
const mostEvents = 200;

/** What happened to the guest that is shown. */
export interface GuestHistory {
  readonly guest: GuestId | undefined;
  /** Newest first. */
  readonly events: readonly GuestEvent[];
  readonly reading: boolean;
  readonly failure: Failure | undefined;
  /** Shows a guest; undefined: nobody looks. */
  show(guest: GuestId | undefined): void;
  again(): void;
}
export type HistoryStore = StoreApi<GuestHistory>;

/** Asks main for what has happened so far and adds what is told from then on. */
export function createHistoryStore(bridge: Bridge): HistoryStore {
  const store = createStore<GuestHistory>((set, get) => ({
    guest: undefined,
    events: [],
    reading: false,
    failure: undefined,
    show(guest) {
      if (guest === get().guest) return;
      set({ guest, events: [], failure: undefined, reading: false });
      void read();
    },
    again: () => void read(),
  }));

  async function read(): Promise<void> {
    const { guest } = store.getState();
    if (guest === undefined) return;
    store.setState({ reading: true });
    const reply = await bridge.call('guest.events', { guest });
    if (store.getState().guest !== guest) return;
    if (reply.ok) store.setState(({ events }) => ({ events: merged(events, reply.value.events), failure: undefined }));
    else store.setState({ failure: reply.failure });
    store.setState({ reading: false });
  }

  bridge.listen('guest.happened', ({ events }) => {
    const { guest, events: before } = store.getState();
    const mine = events.filter((event) => event.guest === guest);
    if (mine.length > 0) store.setState({ events: merged(before, mine) });
  });
  return store;
}

function merged(one: readonly GuestEvent[], other: readonly GuestEvent[]): readonly GuestEvent[] {
  const all = new Map([...one, ...other].map((event) => [event.id, event]));
  return [...all.values()].sort((a, b) => b.id - a.id).slice(0, mostEvents);
}
