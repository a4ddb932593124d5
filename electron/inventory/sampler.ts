import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { GuestSample } from '../../shared/metrics.ts';
import type { Engine } from '../engines/engine.ts';
import type { Inventory } from './inventory.ts';

/** Pauses between two rounds in milliseconds, until the person's settings are known. */
const samplerPauses = { onScreen: 2000, all: 10_000 };

/**
 * Measures guests: those on screen fast, all of them slowly when the list is sorted by a measured column, none while
 * the window is hidden. An engine that has not answered the last round is left out of the next.
 */
export class Sampler {
  readonly #inventory: Inventory;
  readonly #engines: () => Iterable<Engine>;
  readonly #publish: (samples: GuestSample[]) => void;
  readonly #busy = new Set<EngineId>();
  readonly #reported = new Set<EngineId>();
  #onScreen: readonly GuestId[] = [];
  #all = false;
  #visible = true;
  #allDue = 0;
  #pauses = samplerPauses;
  #timer: NodeJS.Timeout | undefined;

  constructor(inventory: Inventory, engines: () => Iterable<Engine>, publish: (samples: GuestSample[]) => void) {
    this.#inventory = inventory;
    this.#engines = engines;
    this.#publish = publish;
  }

  watch(onScreen: readonly GuestId[], all: boolean): void {
    if (all && !this.#all) this.#allDue = 0;
    this.#onScreen = onScreen;
    this.#all = all;
    this.#wake();
  }

  /** @param pauses in milliseconds; they hold from the next round on */
  setPauses(pauses: { onScreen: number; all: number }): void {
    this.#pauses = pauses;
    this.#allDue = 0;
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    this.#wake();
  }

  stop(): void {
    this.#visible = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Scrolling calls this often: a round that is planned already stays where it is. */
  #wake(): void {
    const wanted = this.#visible && (this.#all || this.#onScreen.length > 0);
    if (!wanted) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setTimeout(() => this.#round(), 50);
  }

  #round(): void {
    const now = Date.now();
    const everything = this.#all && now >= this.#allDue;
    if (everything) this.#allDue = now + this.#pauses.all;
    const chosen = new Set(this.#onScreen);
    for (const engine of this.#engines()) {
      const { id } = engine.info;
      if (this.#busy.has(id) || this.#inventory.engine(id)?.state !== 'live') continue;
      const guests = this.#inventory
        .guestsOf(id)
        .filter((guest) => guest.state === 'running' || guest.state === 'paused')
        .map((guest) => guest.id);
      const wanted = everything ? guests : guests.filter((guest) => chosen.has(guest));
      if (wanted.length > 0) void this.#sample(engine, wanted);
    }
    this.#timer = setTimeout(() => this.#round(), this.#pauses.onScreen);
  }

  async #sample(engine: Engine, guests: readonly GuestId[]): Promise<void> {
    const { id } = engine.info;
    this.#busy.add(id);
    try {
      const samples = await engine.sample(guests);
      this.#reported.delete(id);
      if (samples.length > 0 && this.#visible) this.#publish(samples);
    } catch (error) {
      // The inventory notices and shows a dead engine by itself; missing figures alone are no event for the person.
      if (!this.#reported.has(id)) console.error(`no figures from ${id}`, error);
      this.#reported.add(id);
    } finally {
      this.#busy.delete(id);
    }
  }
}
