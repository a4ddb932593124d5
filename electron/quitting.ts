/** What quitting depends on. */
export interface QuitSurroundings {
  /** Tasks that would be broken off. */
  atWork(): number;
  /** Asks the person in the window; heard() says that the page has the question. */
  ask(running: number): void;
  /** Puts what is kept on the disk. */
  save(): Promise<void>;
  /** Ends the app; comes back to mayQuit(). */
  quit(): void;
}

/** A page that has not shown the question by then never will. */
const patienceMs = 5000;

/** Nothing that runs is broken off unasked, nothing that is kept is lost, and a dead page keeps nobody from quitting. */
export class Quitting {
  readonly #on: QuitSurroundings;
  #agreed = false;
  #saved = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(on: QuitSurroundings) {
    this.#on = on;
  }

  /** True when the app may end now; else the person is asked. */
  mayQuit(): boolean {
    const running = this.#agreed ? 0 : this.#on.atWork();
    if (running === 0) return true;
    this.#on.ask(running);
    this.#patience ??= setTimeout(() => this.agree(), patienceMs);
    return false;
  }

  /** The page shows the question. */
  heard(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** The person has said yes. */
  agree(): void {
    this.heard();
    this.#agreed = true;
    this.#on.quit();
  }

  /** True when everything is on the disk; else quit() follows when it is. */
  isSaved(): boolean {
    if (this.#saved) return true;
    this.#on
      .save()
      .catch((error) => console.error('not saved', error))
      .finally(() => {
        this.#saved = true;
        this.#on.quit();
      });
    return false;
  }
}
