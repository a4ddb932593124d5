import type { GuestEvent } from '../../shared/guest-event.ts';
import type { GuestId } from '../../shared/ids.ts';

/** Events that are kept of one guest, and guests of which any are kept. */
const mostOfOne = 200;
const mostGuests = 5000;
/** Events of about one frame travel together. */
const foldMs = 50;

type NewEvent = Omit<GuestEvent, 'id' | 'from'>;

/** What happened to each guest in this run of the app, the newest of it. */
export class History {
  readonly #events = new Map<GuestId, GuestEvent[]>();
  readonly #publish: (events: GuestEvent[]) => void;
  readonly #watchers = new Set<(event: GuestEvent) => void>();
  #waiting: GuestEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(publish: (events: GuestEvent[]) => void) {
    this.#publish = publish;
  }

  add(from: GuestEvent['from'], events: readonly NewEvent[]): void {
    for (const each of events) {
      this.#last += 1;
      const event = { ...each, from, id: this.#last };
      const before = this.#events.get(event.guest) ?? [];
      // Put anew, so that the guest of which least was heard lately is the first in the map.
      this.#events.delete(event.guest);
      this.#events.set(event.guest, [...before.slice(1 - mostOfOne), event]);
      this.#waiting.push(event);
      for (const heard of this.#watchers) heard(event);
    }
    for (const guest of this.#events.keys()) {
      if (this.#events.size <= mostGuests) break;
      this.#events.delete(guest);
    }
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.flush(), foldMs);
  }

  /** Oldest first. */
  of(guest: GuestId): GuestEvent[] {
    return this.#events.get(guest) ?? [];
  }

  /** Calls `heard` with each event as it comes; returns what stops that. */
  watch(heard: (event: GuestEvent) => void): () => void {
    this.#watchers.add(heard);
    return () => this.#watchers.delete(heard);
  }

  /** Publishes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) this.#publish(events);
  }
}
