import type { GuestId } from '../../../shared/ids.ts';
import type { DomainReader } from './domain-reader.ts';

/** libvirt 9.0 has no event for autostart, snapshots and managed save images that somebody else changes. */
const pauseMs = 10_000;

/** Looks from time to time for flags of domains that changed without an event: a few questions for all domains. */
export class FlagWatch {
  readonly #reader: Pick<DomainReader, 'changedFlags'>;
  readonly #changed: (guests: readonly GuestId[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(reader: Pick<DomainReader, 'changedFlags'>, changed: (guests: readonly GuestId[]) => void) {
    this.#reader = reader;
    this.#changed = changed;
  }

  /** The next look comes after the last one has been answered: a daemon that hangs is not asked more and more. */
  start(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), pauseMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    // A connection that is lost is told elsewhere; one refusal is no reason not to look again.
    const changed = await this.#reader.changedFlags().catch(() => []);
    if (!this.#stopped && changed.length > 0) this.#changed(changed);
    this.start();
  }
}
