import type { EngineStatus } from '../../shared/engine-status.ts';
import type { Guest } from '../../shared/guest.ts';
import type { InventoryPatch } from '../../shared/inventory.ts';
import { emptyPatch, FakeBridge } from '../bridge/testing/fake-bridge.ts';
import { createGuestListStore } from '../stores/guest-list-store.ts';
import { createInventoryStore, inventoryKeeper } from '../stores/inventory-store.ts';
import { createMetricsStore } from '../stores/metrics-store.ts';
import { idOf, plainWords } from './guests.ts';

/** The stores behind the list without a window: what main says is put in by hand, and holds at once. */
export function connectedList(guests: readonly Guest[], engines: readonly EngineStatus[] = []) {
  const main = new FakeBridge();
  const inventory = createInventoryStore();
  const metrics = createMetricsStore(main.bridge);
  const words = { ...plainWords, engine: (id: Guest['engine']) => inventory.getState().engines.get(id)?.name ?? id };
  const list = createGuestListStore(inventory, metrics, words);
  const keeper = inventoryKeeper(inventory);
  keeper.load({ serial: 0, engines: [...engines], guests: [...guests], tasks: [] });
  return {
    main,
    inventory,
    metrics,
    list,
    patch: (part: Partial<InventoryPatch>): void => keeper.apply([{ ...emptyPatch, ...part }]),
    /** CPU in percent by the guests' names. */
    measure(figures: Readonly<Record<string, number>>): void {
      const samples = Object.entries(figures).map(([name, cpu]) => ({ guest: idOf(name), at: 1, cpu }));
      main.send('metrics.sample', { samples });
    },
    /** The names that the list shows, in order. */
    names(): (string | undefined)[] {
      return list.getState().shown.map((id) => inventory.getState().guests.get(id)?.name);
    },
  };
}
