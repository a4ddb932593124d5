import type { Action } from '../../shared/action.ts';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import type { Task } from '../../shared/task.ts';
import type { Verb } from '../../shared/verbs.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { NoticesStore } from './notices-store.ts';

interface Order {
  readonly verb: Verb;
  readonly size: number;
  readonly open: Set<TaskId>;
  done: number;
  cancelled: number;
  readonly failed: Task[];
}

/** What was asked of guests in this window, followed until each has its result. */
export interface Orders {
  /** Tries the action on each guest. */
  act(guests: readonly GuestId[], action: Action): Promise<void>;
  /** True for a guest that was acted on since the window opened. */
  wasActedOn(guest: GuestId): boolean;
}

/** One failure speaks for itself; of many there is one summary, and each is in the task list. */
export function createOrders(bridge: Bridge, inventory: InventoryStore, notices: NoticesStore): Orders {
  const open = new Set<Order>();
  const actedOn = new Set<GuestId>();

  function follow(order: Order): void {
    const { tasks } = inventory.getState();
    for (const id of order.open) {
      const task = tasks.get(id);
      if (!task || task.state === 'waiting' || task.state === 'running') continue;
      order.open.delete(id);
      if (task.state === 'done') order.done += 1;
      else if (task.state === 'cancelled') order.cancelled += 1;
      else order.failed.push(task);
    }
    if (order.open.size > 0) return;
    open.delete(order);
    const { verb, size, done, cancelled, failed } = order;
    if (size > 1) {
      notices.getState().add({ about: 'order', result: { verb, done, cancelled, failed: failed.length } });
    } else {
      for (const { failure } of failed) if (failure) notices.getState().add({ about: 'failure', failure });
    }
  }

  inventory.subscribe(({ tasks }, before) => {
    if (tasks === before.tasks) return;
    for (const order of open) {
      for (const id of order.open) {
        // Taken out of the list before its end was heard: nothing will ever be heard of it.
        if (before.tasks.has(id) && !tasks.has(id)) order.open.delete(id);
      }
      follow(order);
    }
  });

  return {
    async act(guests, action) {
      for (const guest of guests) actedOn.add(guest);
      const reply = await bridge.call('guest.act', { guests: [...guests], action });
      if (!reply.ok) {
        notices.getState().add({ about: 'failure', failure: reply.failure });
        return;
      }
      const { tasks } = reply.value;
      const order = { verb: action.verb, size: tasks.length, open: new Set(tasks), done: 0, cancelled: 0, failed: [] };
      open.add(order);
      if (tasks.length > 0) follow(order); // quick tasks have ended before the reply came
    },
    wasActedOn: (guest) => actedOn.has(guest),
  };
}
