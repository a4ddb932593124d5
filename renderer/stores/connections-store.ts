import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection } from '../../shared/connection.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** The connections that there are, used or not; asked for when somebody first looks. */
export interface Connections {
  readonly connections: readonly Connection[];
  /** False until main has found all of them. */
  readonly complete: boolean;
  readonly failure: Failure | undefined;
  /** Asks main, and again whenever it says that they have changed. */
  watch(): void;
}
export type ConnectionsStore = StoreApi<Connections>;

export function createConnectionsStore(bridge: Bridge): ConnectionsStore {
  let watching = false;
  const store = createStore<Connections>(() => ({
    connections: [],
    complete: false,
    failure: undefined,
    watch() {
      if (watching) return;
      watching = true;
      bridge.listen('connection.changed', () => void read());
      void read();
    },
  }));
  async function read(): Promise<void> {
    const reply = await bridge.call('connection.list', {});
    if (reply.ok) store.setState({ ...reply.value, failure: undefined });
    else store.setState({ failure: reply.failure });
  }
  return store;
}
