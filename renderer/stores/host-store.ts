import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HostSample } from '../../shared/metrics.ts';
import type { Bridge } from '../bridge/bridge.ts';

/** The host's last figures; none while nobody looks. */
export interface Host {
  readonly sample: HostSample | undefined;
}
export type HostStore = StoreApi<Host>;

export function createHostStore(bridge: Bridge): HostStore {
  const store = createStore<Host>(() => ({ sample: undefined }));
  bridge.listen('host.sample', (sample) => store.setState({ sample }));
  return store;
}
