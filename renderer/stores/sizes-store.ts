import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../bridge/bridge.ts';
import type { NoticesStore } from './notices-store.ts';

/** A pane that is being dragged is not written down at every step. */
const settleMs = 400;

/** Sizes of panes in CSS pixels, by name, kept over restarts. */
export interface Sizes {
  readonly sizes: Readonly<Record<string, number>>;
  set(name: string, size: number): void;
}
export type SizesStore = StoreApi<Sizes>;

/** Keeps sizes from when main has told the last ones (read). */
export function createSizesStore(
  bridge: Bridge,
  notices: NoticesStore,
): { store: SizesStore; read(): Promise<void>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    timer = undefined;
    void bridge.call('views.keep', { sizes: { ...store.getState().sizes } }).then((reply) => {
      if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
    });
  }

  const store = createStore<Sizes>((set, get) => ({
    sizes: {},
    set(name, size) {
      const whole = Math.round(size);
      if (get().sizes[name] === whole) return;
      set({ sizes: { ...get().sizes, [name]: whole } });
      clearTimeout(timer);
      timer = setTimeout(keep, settleMs);
    },
  }));
  return {
    store,
    async read() {
      const reply = await bridge.call('views.read', {});
      // What was dragged before the answer came is newer.
      if (reply.ok) store.setState(({ sizes }) => ({ sizes: { ...reply.value.sizes, ...sizes } }));
    },
    stop() {
      if (timer === undefined) return;
      clearTimeout(timer);
      keep();
    },
  };
}
