import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineStatus } from '../../shared/engine-status.ts';
import type { Guest } from '../../shared/guest.ts';
import type { EngineId } from '../../shared/ids.ts';
import type { Task } from '../../shared/task.ts';
import { inTrouble, restartMs } from './engine-trouble.ts';
import type { GuestListStore } from './guest-list-store.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { Orders } from './orders.ts';
import type { SelectionStore } from './selection-store.ts';

/** What a screen reader is to say, as facts: the words come from the catalogue. */
export type Announcement =
  | { readonly about: 'state'; readonly guest: Guest }
  | { readonly about: 'task'; readonly task: Task }
  | { readonly about: 'engine'; readonly engine: EngineStatus }
  /** How many guests a filter leaves. */
  | { readonly about: 'filter'; readonly shown: number; readonly total: number }
  | { readonly about: 'many'; readonly count: number };

export interface Announcer {
  readonly now: readonly Announcement[];
}
export type AnnouncerStore = StoreApi<Announcer>;

/** A screen reader needs time to speak: what comes in between is said together, or counted when it is too much. */
const pauseMs = 1500;
const mostAtOnce = 3;

/** A filter is counted when nobody has written for so long. */
const writtenMs = 500;

/** Follows the guests that the person has chosen or acted on, engines that are lost or back, and the filter. */
export function createAnnouncer(
  inventory: InventoryStore,
  selection: SelectionStore,
  orders: Orders,
  list: GuestListStore,
): AnnouncerStore {
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

  /** Engines whose loss was told. */
  const lost = new Set<EngineId>();
  let brief: ReturnType<typeof setTimeout> | undefined;
  function checkEngines(): void {
    const { engines } = inventory.getState();
    for (const id of lost) if (!engines.has(id)) lost.delete(id);
    for (const [id, engine] of engines) {
      const told = lost.has(id);
      const goes = !told && inTrouble(engine, Date.now());
      if (goes) lost.add(id);
      const isBack = told && engine.state === 'live' && lost.delete(id);
      if (goes || isBack) add(`engine ${id}`, { about: 'engine', engine });
    }
    clearTimeout(brief);
    // It may be back soon: looked at again when that is over.
    if ([...engines.values()].some(({ id, state }) => state === 'reconnecting' && !lost.has(id)))
      brief = setTimeout(checkEngines, restartMs);
  }

  let writing: ReturnType<typeof setTimeout> | undefined;
  function count(): void {
    const total = inventory.getState().guests.size;
    add('filter', { about: 'filter', shown: list.getState().shown.length, total });
  }
  list.subscribe((now, before) => {
    if (now.filter === before.filter && (now.caret === before.caret || now.shown === before.shown)) return;
    clearTimeout(writing);
    writing = setTimeout(count, writtenMs);
  });

  inventory.subscribe((now, before) => {
    if (now.engines !== before.engines) checkEngines();
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
