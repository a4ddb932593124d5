import type { DomainReader } from './domain-reader.ts';

/** DHCP leases and ARP entries come without an event: looked for again while a guest has none. */
const pausesMs = [2000, 3000, 5000, 10_000, 20_000, 60_000];
/** What is known changes without an event too: another lease, an IPv6 address that came late, disks that grow. */
const refreshMs = 60_000;

/** Looks at active domains again from time to time, for what changes without an event. */
export class AddressWatch {
  readonly #reader: Pick<DomainReader, 'watched' | 'lookAgain'>;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer is due, in milliseconds. */
  #due = 0;
  #allDue = Date.now() + refreshMs;
  #tries = 0;
  #looking = false;
  #stopped = false;

  constructor(reader: Pick<DomainReader, 'watched' | 'lookAgain'>) {
    this.#reader = reader;
  }

  /** A guest has started or changed, and is read now: it may have an address a moment after that. */
  soon(): void {
    this.#tries = 0;
  }

  /** To be called after each reading: plans the next look. One that is due earlier already stays. */
  plan(): void {
    if (this.#looking || this.#stopped) return;
    const now = Date.now();
    const pause = pausesMs[Math.min(this.#tries, pausesMs.length - 1)] ?? refreshMs;
    const missing = this.#reader.watched().noAddress.length > 0;
    const due = missing ? Math.min(now + pause, this.#allDue) : this.#allDue;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#look(), due - now);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#tries += 1;
    const { all, noAddress } = this.#reader.watched();
    const everything = Date.now() >= this.#allDue;
    if (everything) this.#allDue = Date.now() + refreshMs;
    const wanted = everything ? all : noAddress;
    this.#looking = true;
    try {
      if (wanted.length > 0) await this.#reader.lookAgain(wanted);
    } finally {
      this.#looking = false;
      this.plan();
    }
  }
}
