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
  readonly ended: Task[];
}

/** The same action for some of the guests of an order. */
export interface OrderPart {
  readonly guests: readonly GuestId[];
  readonly action: Action;
}

/** What was asked of guests in this window, followed until each has its result. */
export interface Orders {
  /** Tries the action on each guest. */
  act(guests: readonly GuestId[], action: Action): Promise<void>;
  /** One order of which each part says more of the verb (what goes with a guest, which file): they end together. */
  actEach(parts: readonly OrderPart[]): Promise<void>;
  /** True for a guest that was acted on since the window opened. */
  wasActedOn(guest: GuestId): boolean;
}

/** Nothing in the window shows that these are done: one that went well is told too. */
const unseen: ReadonlySet<Verb> = new Set<Verb>(['export']);

/** One failure speaks for itself; of many there is one summary with a line for each. */
export function createOrders(bridge: Bridge, inventory: InventoryStore, notices: NoticesStore): Orders {
  const open = new Set<Order>();
  const actedOn = new Set<GuestId>();

  function follow(order: Order): void {
    const { tasks } = inventory.getState();
    for (const id of order.open) {
      const task = tasks.get(id);
      if (!task || task.state === 'waiting' || task.state === 'running') continue;
      order.open.delete(id);
      order.ended.push(task);
    }
    if (order.open.size > 0) return;
    open.delete(order);
    tell(order);
  }

  function tell({ verb, size, ended }: Order): void {
    const failed = ended.filter((task) => task.state === 'failed');
    if (size > 1 || (unseen.has(verb) && ended.some((task) => task.state === 'done'))) {
      const cancelled = ended.filter((task) => task.state === 'cancelled').length;
      const done = ended.length - failed.length - cancelled;
      notices.getState().add({ about: 'order', result: { verb, done, cancelled, failed: failed.length, ended } });
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

  async function actEach(parts: readonly OrderPart[]): Promise<void> {
    const begun: TaskId[] = [];
    for (const { guests, action } of parts) {
      for (const guest of guests) actedOn.add(guest);
      const reply = await bridge.call('guest.act', { guests: [...guests], action });
      if (reply.ok) begun.push(...reply.value.tasks);
      else notices.getState().add({ about: 'failure', failure: reply.failure });
    }
    const [first] = parts;
    if (!first || begun.length === 0) return;
    const order = { verb: first.action.verb, size: begun.length, open: new Set(begun), ended: [] };
    open.add(order);
    follow(order); // quick tasks have ended before the reply came
  }

  return {
    act: (guests, action) => actEach([{ guests, action }]),
    actEach,
    wasActedOn: (guest) => actedOn.has(guest),
  };
}
