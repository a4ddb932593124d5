/** Tells of each subject at most once in so long, and never forgets the last hint: for events that come by the second. */
export class Seldom<T> {
  readonly #ms: number;
  readonly #tell: (subject: T) => void;
  readonly #timers = new Map<T, NodeJS.Timeout>();

  /** @param ms milliseconds from a hint until it is told */
  constructor(ms: number, tell: (subject: T) => void) {
    this.#ms = ms;
    this.#tell = tell;
  }

  hint(subject: T): void {
    if (this.#timers.has(subject)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(subject);
      this.#tell(subject);
    }, this.#ms);
    this.#timers.set(subject, timer);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
