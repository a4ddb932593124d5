import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineStatus } from '../../shared/engine-status.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Guest } from '../../shared/guest.ts';
import type { EngineId, GuestId, TaskId } from '../../shared/ids.ts';
import type { Task } from '../../shared/task.ts';
import type { InventoryKeeper } from '../bridge/follow-inventory.ts';

/** What main knows, as of the last patch. Every change makes new maps; what has not changed keeps its object. */
export interface Inventory {
  /** False until the first full copy is there. */
  readonly loaded: boolean;
  readonly engines: ReadonlyMap<EngineId, EngineStatus>;
  readonly guests: ReadonlyMap<GuestId, Guest>;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  /** Why there is no copy, while it is asked for again. */
  readonly failure: Failure | undefined;
}
export type InventoryStore = StoreApi<Inventory>;

export function createInventoryStore(): InventoryStore {
  return createStore<Inventory>(() => ({
    loaded: false,
    engines: new Map(),
    guests: new Map(),
    tasks: new Map(),
    failure: undefined,
  }));
}

/** Writes what the bridge hears into the store, each batch as one change. */
export function inventoryKeeper(store: InventoryStore): InventoryKeeper {
  return {
    load(copy) {
      store.setState({
        loaded: true,
        engines: new Map(copy.engines.map((engine) => [engine.id, engine])),
        guests: new Map(copy.guests.map((guest) => [guest.id, guest])),
        tasks: new Map(copy.tasks.map((task) => [task.id, task])),
        failure: undefined,
      });
    },
    apply(patches) {
      const change: { -readonly [K in keyof Inventory]?: Inventory[K] } = {};
      const now = store.getState();
      const engines = patches.flatMap((patch) => [...patch.engines, ...patch.enginesGone]);
      const guests = patches.flatMap((patch) => [...patch.guests, ...patch.guestsGone]);
      const tasks = patches.flatMap((patch) => [...patch.tasks, ...(patch.tasksGone as TaskId[])]);
      if (engines.length > 0) change.engines = changed(now.engines, engines);
      if (guests.length > 0) change.guests = changed(now.guests, guests);
      if (tasks.length > 0) change.tasks = changed(now.tasks, tasks);
      store.setState(change);
    },
    failed(failure) {
      store.setState({ failure });
    },
  };
}

/** A copy of the map in which each item is put, and each bare id is taken out, in order. */
function changed<Id extends string, T extends { readonly id: Id }>(
  before: ReadonlyMap<Id, T>,
  steps: readonly (T | Id)[],
): ReadonlyMap<Id, T> {
  const after = new Map(before);
  for (const step of steps) {
    if (typeof step === 'string') after.delete(step);
    else after.set(step.id, step);
  }
  return after;
}
