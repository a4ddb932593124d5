import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { Task } from '../../shared/task.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { NoticesStore } from './notices-store.ts';

/** Guests that have ignored a shut-down so far, each with the task that waits for it. */
export interface IgnoredShutdowns {
  readonly tasks: ReadonlyMap<GuestId, Task>;
}
export type IgnoredShutdownsStore = StoreApi<IgnoredShutdowns>;

/** Follows the tasks, and tells the person once of each guest; the notice goes when the guest is off or given up. */
export function createIgnoredShutdowns(inventory: InventoryStore, notices: NoticesStore): IgnoredShutdownsStore {
  const store = createStore<IgnoredShutdowns>(() => ({ tasks: new Map() }));
  inventory.subscribe(({ tasks }, before) => {
    if (tasks === before.tasks) return;
    const old = store.getState().tasks;
    const now = new Map<GuestId, Task>();
    for (const task of tasks.values()) if (task.ignored && task.state === 'running') now.set(task.guest, task);
    if (now.size === 0 && old.size === 0) return;
    for (const [guest, task] of now) {
      if (old.get(guest)?.id !== task.id) notices.getState().add({ about: 'ignored', task });
    }
    for (const notice of notices.getState().notices) {
      if (notice.about !== 'ignored' || now.get(notice.task.guest)?.id === notice.task.id) continue;
      notices.getState().dismiss(notice.id);
    }
    store.setState({ tasks: now });
  });
  return store;
}
