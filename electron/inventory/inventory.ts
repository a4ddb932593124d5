import { isDeepStrictEqual } from 'node:util';
import type { EngineStatus } from '../../shared/engine-status.ts';
import type { Guest } from '../../shared/guest.ts';
import type { EngineId, GuestId, TaskId } from '../../shared/ids.ts';
import type { InventoryCopy, InventoryPatch } from '../../shared/inventory.ts';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';

/** Changes of about one frame travel together. */
const frameMs = 16;

/**
 * What main knows of all engines, guests and tasks, published as numbered patches. A guest of an engine that is not
 * live stays in it; its verbs are then offered with the reason why they cannot be used.
 */
export class Inventory {
  readonly #engines = new Map<EngineId, EngineStatus>();
  readonly #guests = new Map<GuestId, Guest>();
  readonly #tasks = new Map<TaskId, Task>();
  readonly #changedEngines = new Set<EngineId>();
  readonly #changedGuests = new Set<GuestId>();
  readonly #changedTasks = new Set<TaskId>();
  readonly #watchers = new Map<GuestId, Set<() => void>>();
  readonly #liveWatchers = new Set<(engine: EngineId) => void>();
  readonly #publish: (patch: InventoryPatch) => void;
  #serial = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(publish: (patch: InventoryPatch) => void) {
    this.#publish = publish;
  }

  /** The full copy as of now. Changes that wait for their patch are in it already; seeing them twice does no harm. */
  read(): InventoryCopy {
    return {
      serial: this.#serial,
      engines: [...this.#engines.values()],
      guests: [...this.#guests.values()].map((guest) => this.#asShown(guest)),
      tasks: [...this.#tasks.values()],
    };
  }

  /** The guest as the window sees it, or undefined. */
  guest(id: GuestId): Guest | undefined {
    const guest = this.#guests.get(id);
    return guest && this.#asShown(guest);
  }

  guestsOf(engine: EngineId): Guest[] {
    return [...this.#guests.values()].filter((guest) => guest.engine === engine);
  }

  engine(id: EngineId): EngineStatus | undefined {
    return this.#engines.get(id);
  }

  task(id: TaskId): Task | undefined {
    return this.#tasks.get(id);
  }

  tasks(): Task[] {
    return [...this.#tasks.values()];
  }

  setEngine(status: EngineStatus): void {
    const before = this.#engines.get(status.id);
    if (isDeepStrictEqual(before, status)) return;
    this.#engines.set(status.id, status);
    this.#changedEngines.add(status.id);
    // The offers of its guests depend on whether it is live.
    if ((before?.state === 'live') !== (status.state === 'live')) {
      for (const guest of this.#guests.values()) if (guest.engine === status.id) this.#changedGuests.add(guest.id);
    }
    this.#schedule();
    if (status.state !== 'live' || before?.state === 'live') return;
    for (const heard of this.#liveWatchers) heard(status.id);
  }

  /** Calls `heard` whenever an engine has become live, before anybody can ask anything of it. */
  watchLive(heard: (engine: EngineId) => void): void {
    this.#liveWatchers.add(heard);
  }

  /** The person does not want it any more: it and its guests are gone. */
  removeEngine(id: EngineId): void {
    this.removeGuests(this.guestsOf(id).map((guest) => guest.id));
    if (this.#engines.delete(id)) this.#changedEngines.add(id);
    this.#schedule();
  }

  /** Reconciles with a full list of one engine: what is not in it is gone. */
  replaceGuests(engine: EngineId, list: readonly Guest[]): void {
    const listed = new Set(list.map((guest) => guest.id));
    this.putGuests(list);
    this.removeGuests(this.guestsOf(engine).flatMap((guest) => (listed.has(guest.id) ? [] : [guest.id])));
  }

  putGuests(guests: readonly Guest[]): void {
    for (const guest of guests) {
      if (isDeepStrictEqual(this.#guests.get(guest.id), guest)) continue;
      this.#guests.set(guest.id, guest);
      this.#guestChanged(guest.id);
    }
    this.#schedule();
  }

  removeGuests(guests: readonly GuestId[]): void {
    for (const id of guests) if (this.#guests.delete(id)) this.#guestChanged(id);
    this.#schedule();
  }

  /** Calls `heard` after each change of the guest, its end included; returns what stops that. */
  watchGuest(guest: GuestId, heard: () => void): () => void {
    const watchers = this.#watchers.get(guest) ?? new Set();
    this.#watchers.set(guest, watchers.add(heard));
    return () => {
      watchers.delete(heard);
      if (watchers.size === 0 && this.#watchers.get(guest) === watchers) this.#watchers.delete(guest);
    };
  }

  putTask(task: Task): void {
    this.#tasks.set(task.id, task);
    this.#changedTasks.add(task.id);
    this.#schedule();
  }

  removeTasks(tasks: readonly TaskId[]): void {
    for (const id of tasks) if (this.#tasks.delete(id)) this.#changedTasks.add(id);
    this.#schedule();
  }

  /** Publishes what waits for the end of the frame; for the end of the app and for tests. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#changedEngines.size && !this.#changedGuests.size && !this.#changedTasks.size) return;
    const [engines, enginesGone] = split(this.#changedEngines, this.#engines);
    const [guests, guestsGone] = split(this.#changedGuests, this.#guests);
    const [tasks, tasksGone] = split(this.#changedTasks, this.#tasks);
    this.#serial += 1;
    this.#publish({
      serial: this.#serial,
      engines,
      enginesGone,
      guests: guests.map((guest) => this.#asShown(guest)),
      guestsGone,
      tasks,
      tasksGone,
    });
  }

  #guestChanged(id: GuestId): void {
    this.#changedGuests.add(id);
    for (const heard of [...(this.#watchers.get(id) ?? [])]) heard();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), frameMs);
  }

  #asShown(guest: Guest): Guest {
    if (this.#engines.get(guest.engine)?.state === 'live') return guest;
    const because = say('because.engineNotLive');
    return {
      ...guest,
      offers: guest.offers.map(({ verb, label }) => ({ verb, label, ready: false, because })),
    };
  }
}

/** Splits changed ids into what is there now and what is gone, and forgets them. */
function split<Id, T>(changed: Set<Id>, all: ReadonlyMap<Id, T>): [T[], Id[]] {
  const there: T[] = [];
  const gone: Id[] = [];
  for (const id of changed) {
    const item = all.get(id);
    if (item === undefined) gone.push(id);
    else there.push(item);
  }
  changed.clear();
  return [there, gone];
}
