import type { Failure } from '../../shared/failure.ts';
import type { GuestId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Engine } from '../engines/engine.ts';
import { failureFrom } from './engine-failures.ts';
import type { Inventory } from './inventory.ts';

/** Signals of about one frame become one question. */
const foldMs = 16;
/** Pause before a list that failed is asked for again, while the connection lasts. */
const relistPauseMs = 1000;
/** Questions about single guests at once: a guest that is slow to answer must not hold up the others for long. */
const mostReads = 4;

/**
 * Turns an engine's hints into true rows: folds them, reads what they name, never reads the same guest twice at once
 * (an older answer could overtake a newer one), lists again when told that anything may have changed.
 */
export class GuestReader {
  readonly #engine: Engine;
  readonly #inventory: Inventory;
  readonly #heard: { answered(): void; failed(failure: Failure): void };
  readonly #dirty = new Set<GuestId>();
  readonly #reading = new Set<GuestId>();
  #reads = 0;
  #listing = false;
  #allDirty = false;
  #open = false;
  /** Answers to questions of an earlier connection are dropped. */
  #epoch = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(engine: Engine, inventory: Inventory, heard: { answered(): void; failed(failure: Failure): void }) {
    this.#engine = engine;
    this.#inventory = inventory;
    this.#heard = heard;
  }

  /** The first list of a connection. Hints that come while it is under way are read after it. */
  async begin(): Promise<void> {
    this.#epoch += 1;
    const mine = this.#epoch;
    this.#dirty.clear();
    this.#reading.clear();
    this.#reads = 0;
    this.#allDirty = false;
    this.#listing = true;
    this.#open = true;
    try {
      const list = await this.#engine.list();
      if (mine === this.#epoch) this.#inventory.replaceGuests(this.#engine.info.id, list);
    } finally {
      if (mine === this.#epoch) {
        this.#listing = false;
        this.#schedule();
      }
    }
  }

  /** The connection is gone: nothing more is asked, late answers are dropped. */
  end(): void {
    this.#epoch += 1;
    this.#open = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  changed(guests: readonly GuestId[]): void {
    for (const guest of guests) this.#dirty.add(guest);
    this.#schedule();
  }

  changedAll(): void {
    this.#allDirty = true;
    this.#schedule();
  }

  #schedule(pause = foldMs): void {
    if (!this.#open || this.#timer !== undefined || (!this.#allDirty && this.#dirty.size === 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#allDirty) void this.#listAgain();
      else void this.#readDirty();
    }, pause);
  }

  async #listAgain(): Promise<void> {
    if (this.#listing) return;
    const mine = this.#epoch;
    this.#listing = true;
    this.#allDirty = false;
    let pause = foldMs;
    try {
      const list = await this.#engine.list();
      if (mine !== this.#epoch) return;
      this.#inventory.replaceGuests(this.#engine.info.id, list);
      this.#heard.answered();
    } catch (error) {
      if (mine !== this.#epoch) return;
      this.#fail(error);
      pause = relistPauseMs;
    } finally {
      if (mine === this.#epoch) {
        this.#listing = false;
        this.#schedule(pause);
      }
    }
  }

  async #readDirty(): Promise<void> {
    // A list under way is older than these hints: they are read after it. Ends of both schedule again.
    if (this.#listing || this.#reads >= mostReads) return;
    const guests = [...this.#dirty].filter((guest) => !this.#reading.has(guest));
    if (guests.length === 0) return;
    const mine = this.#epoch;
    for (const guest of guests) {
      this.#dirty.delete(guest);
      this.#reading.add(guest);
    }
    this.#reads += 1;
    try {
      const read = await this.#engine.read(guests);
      if (mine !== this.#epoch) return;
      const there = new Set(read.map((guest) => guest.id));
      this.#inventory.putGuests(read);
      this.#inventory.removeGuests(guests.filter((guest) => !there.has(guest)));
    } catch (error) {
      if (mine === this.#epoch) this.#fail(error);
    } finally {
      if (mine === this.#epoch) {
        for (const guest of guests) this.#reading.delete(guest);
        this.#reads -= 1;
        this.#schedule(this.#allDirty ? relistPauseMs : foldMs);
      }
    }
  }

  /** Nothing of what is shown can be trusted now: say so and list again after a pause. */
  #fail(error: unknown): void {
    this.#allDirty = true;
    this.#heard.failed(failureFrom(error, say('failure.title.list', { engine: this.#engine.info.name })));
  }
}
