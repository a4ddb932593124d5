import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Guest } from '../../shared/guest.ts';
import type { Task } from '../../shared/task.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { Orders } from './orders.ts';
import type { SelectionStore } from './selection-store.ts';

/** What a screen reader is to say, as facts: the words come from the catalogue. */
export type Announcement =
  | { readonly about: 'state'; readonly guest: Guest }
  | { readonly about: 'task'; readonly task: Task }
  | { readonly about: 'many'; readonly count: number };

export interface Announcer {
  readonly now: readonly Announcement[];
}
export type AnnouncerStore = StoreApi<Announcer>;

/** A screen reader needs time to speak: what comes in between is said together, or counted when it is too much. */
const pauseMs = 1500;
const mostAtOnce = 3;

/** Follows the guests that the person has chosen or acted on. */
export function createAnnouncer(inventory: InventoryStore, selection: SelectionStore, orders: Orders): AnnouncerStore {
  const store = createStore<Announcer>(() => ({ now: [] }));
  const waiting = new Map<string, Announcement>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function speak(): void {
    timer = undefined;
    if (waiting.size === 0) return;
    const all = [...waiting.values()];
    waiting.clear();
    store.setState({ now: all.length > mostAtOnce ? [{ about: 'many', count: all.length }] : all });
    timer = setTimeout(speak, pauseMs);
  }

  function add(key: string, announcement: Announcement): void {
    waiting.set(key, announcement);
    if (timer === undefined) timer = setTimeout(speak, 0);
  }

  inventory.subscribe((now, before) => {
    if (now.guests !== before.guests && before.loaded) {
      const { chosen } = selection.getState();
      for (const [id, guest] of now.guests) {
        const old = before.guests.get(id);
        if (!old || old === guest || old.state === guest.state) continue;
        if (chosen.has(id) || orders.wasActedOn(id)) add(`guest ${id}`, { about: 'state', guest });
      }
    }
    if (now.tasks !== before.tasks && before.loaded) {
      for (const [id, task] of now.tasks) {
        const old = before.tasks.get(id);
        if (old === task || task.endedAt === undefined || old?.endedAt !== undefined) continue;
        if (orders.wasActedOn(task.guest)) add(`task ${id}`, { about: 'task', task });
      }
    }
  });
  return store;
}
