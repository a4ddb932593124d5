import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { EventLines } from './event-lines.ts';
import type { EngineEvent } from './wire.ts';

/** What the stream needs of the connection and tells it. */
export interface EventStreamOwner {
  /** Opens GET /events; resolves with the head of the answer. */
  subscribe(): Promise<IncomingMessage>;
  /** Waits until a list made now can miss nothing that the new stream will not tell. */
  subscribed(stream: Promise<IncomingMessage>): Promise<void>;
  /** Rejects when the engine is gone; waits while it hangs. */
  ping(): Promise<void>;
  events(events: readonly EngineEvent[]): void;
  /** Subscribed again after a gap: anything may have changed meanwhile. */
  resubscribed(): void;
  /** The engine is gone; the stream has ended for good. */
  lost(error: unknown): void;
}

/**
 * Follows an engine's events for as long as it answers pings. The stream may end in many ways (end, close, error,
 * garbage, a proxy's time limit): each leads to a pause, a ping and a new subscription.
 */
export class EventStream {
  readonly #owner: EventStreamOwner;
  readonly #signal: AbortSignal;
  readonly #pauses: readonly number[];
  /** Subscriptions in a row that brought no event. */
  #fruitless = 0;

  /**
   * @param signal ends the stream without a word
   * @param pauses before each next try in milliseconds; the last one repeats
   */
  constructor(owner: EventStreamOwner, signal: AbortSignal, pauses: readonly number[]) {
    this.#owner = owner;
    this.#signal = signal;
    this.#pauses = pauses;
  }

  /** Follows `first` and what comes after it; never rejects. */
  async follow(first: Promise<IncomingMessage>): Promise<void> {
    let stream = first;
    for (;;) {
      await this.#readToItsEnd(stream);
      if (this.#signal.aborted) return;
      const length = this.#pauses[Math.min(this.#fruitless, this.#pauses.length - 1)] ?? 0;
      this.#fruitless += 1;
      try {
        await pause(length, undefined, { signal: this.#signal });
        await this.#owner.ping();
      } catch (error) {
        if (!this.#signal.aborted) this.#owner.lost(error);
        return;
      }
      stream = this.#owner.subscribe();
      // An engine that answers pings but gives no events is listed again at each try: slow, but true.
      await this.#owner.subscribed(stream).catch(() => undefined);
      if (!this.#signal.aborted) this.#owner.resubscribed();
    }
  }

  async #readToItsEnd(opening: Promise<IncomingMessage>): Promise<void> {
    try {
      const stream = await opening;
      const lines = new EventLines();
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        if (this.#signal.aborted) return;
        const events = lines.push(chunk);
        if (events.length > 0) {
          this.#fruitless = 0;
          this.#owner.events(events);
        }
      }
    } catch {
      // However it ended: the ping that follows tells whether the engine is gone.
    }
  }
}
