import type { InventoryStore } from './inventory-store.ts';
import type { NoticesStore } from './notices-store.ts';

/**
 * Tells of what was broken off and how it has ended, also of what had ended before the window was there: nobody has asked
 * for it, so nobody looks for it. @returns what stops that
 */
export function tellRecoveries(inventory: InventoryStore, notices: NoticesStore): () => void {
  return inventory.subscribe(({ tasks }, before) => {
    if (tasks === before.tasks) return;
    for (const task of tasks.values()) {
      const told = before.tasks.get(task.id);
      if (!task.recovery || task.endedAt === undefined || told?.endedAt === task.endedAt) continue;
      const { add } = notices.getState();
      if (task.recovered) add({ about: 'recovered', task });
      else if (task.failure) add({ about: 'failure', failure: task.failure });
    }
  });
}
