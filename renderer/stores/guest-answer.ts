import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../shared/failure.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { Reply } from '../../shared/ipc/bridge.ts';
import type { InventoryStore } from './inventory-store.ts';

/** A row that changes several times in a moment is asked about once. */
const settleMs = 200;

/** What main has answered about one guest. */
export interface Answer<T> {
  /** The last that was heard: it stays while it is asked for again, and when that fails. */
  readonly value?: T;
  /** When that was heard, Unix time in milliseconds. */
  readonly at?: number;
  readonly reading: boolean;
  /** Why the last question was not answered. */
  readonly failure?: Failure;
}

/** One question about the guest that is shown, asked again whenever the answer may be another. */
export interface GuestAnswer<T> {
  readonly guest: GuestId | undefined;
  readonly answer: Answer<T>;
  /** Shows a guest; undefined: nobody looks, nothing is asked. */
  show(guest: GuestId | undefined): void;
  again(): void;
}
export type GuestAnswerStore<T> = StoreApi<GuestAnswer<T>>;

const nothing = { reading: false } as const;

/**
 * Asks when a guest is shown, when its row changes, when its engine is back, and when the window gets the focus; not
 * while its engine is not live.
 * @param remembered of how many guests the last answer is kept: it is shown at once, and asked for again
 */
export function createGuestAnswer<T>(
  ask: (guest: GuestId) => Promise<Reply<T>>,
  inventory: InventoryStore,
  remembered: number,
): { store: GuestAnswerStore<T>; stop(): void } {
  const known = new Map<GuestId, Answer<T>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let question = 0;

  const store = createStore<GuestAnswer<T>>((set, get) => ({
    guest: undefined,
    answer: nothing,
    show(guest) {
      if (guest === get().guest) return;
      clearTimeout(timer);
      question += 1;
      set({ guest, answer: (guest !== undefined && known.get(guest)) || nothing });
      void read();
    },
    again: () => void read(),
  }));

  function isLive(guest: GuestId): boolean {
    const { guests, engines } = inventory.getState();
    const engine = guests.get(guest)?.engine;
    return engine !== undefined && engines.get(engine)?.state === 'live';
  }

  async function read(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { guest } = store.getState();
    if (guest === undefined || !isLive(guest)) return;
    question += 1;
    const mine = question;
    store.setState(({ answer }) => ({ answer: { ...answer, reading: true } }));
    const reply = await ask(guest);
    if (mine !== question) return; // another guest is shown, or it was asked again
    const { failure: _old, ...before } = store.getState().answer;
    const answer: Answer<T> = reply.ok
      ? { value: reply.value, at: Date.now(), reading: false }
      : { ...before, reading: false, failure: reply.failure };
    remember(guest, answer);
    store.setState({ answer });
  }

  function remember(guest: GuestId, answer: Answer<T>): void {
    known.delete(guest);
    if (answer.value !== undefined) known.set(guest, answer);
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break;
      known.delete(oldest);
    }
  }

  const unsubscribe = inventory.subscribe((now, before) => {
    const { guest } = store.getState();
    if (guest === undefined) return;
    const row = now.guests.get(guest);
    if (!row) return;
    const old = before.guests.get(guest);
    const wasLive = before.engines.get(row.engine)?.state === 'live';
    if (row === old && (wasLive || !isLive(guest))) return;
    clearTimeout(timer);
    timer = setTimeout(() => void read(), settleMs);
  });
  const focused = (): void => void read();
  window.addEventListener('focus', focused);

  return {
    store,
    stop() {
      clearTimeout(timer);
      question += 1;
      unsubscribe();
      window.removeEventListener('focus', focused);
    },
  };
}
