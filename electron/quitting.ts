/** What quitting depends on. */
export interface QuitSurroundings {
  /** Tasks that would be broken off. */
  atWork(): number;
  /** Asks the person in the window; heard() says that the page has the question. */
  ask(running: number): void;
  /** Asks them without the page; true is a yes. */
  askWithoutPage(): Promise<boolean>;
  /** Puts what is kept on the disk. */
  save(): Promise<void>;
  /** Ends the app; comes back to mayQuit(). */
  quit(): void;
}

/** A page that has not shown the question by then is too busy, or hangs. */
const patienceMs = 5000;
/** A disk that has not taken everything by then holds nobody up. */
const diskMs = 3000;

/** Nothing that runs is broken off unasked, nothing that is kept is lost, and a dead page keeps nobody from quitting. */
export class Quitting {
  readonly #on: QuitSurroundings;
  #agreed = false;
  #saved = false;
  #saving = false;
  #patience: NodeJS.Timeout | undefined;
  #asking = false;
  #pageGone = false;

  constructor(on: QuitSurroundings) {
    this.#on = on;
  }

  /** True when the app may end now; else the person is asked. */
  mayQuit(): boolean {
    const running = this.#agreed || this.#pageGone ? 0 : this.#on.atWork();
    if (running === 0) return true;
    this.#on.ask(running);
    this.#patience ??= setTimeout(() => void this.#askWithoutPage(), patienceMs);
    return false;
  }

  /** The page shows the question. */
  heard(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** The page has crashed, or is there again: with nothing to see, nobody is kept from quitting. */
  pageGone(gone: boolean): void {
    this.#pageGone = gone;
    if (gone && this.#patience) this.agree();
  }

  /** The person has said yes, or the session ends. */
  agree(): void {
    this.heard();
    this.#agreed = true;
    this.#on.quit();
  }

  async #askWithoutPage(): Promise<void> {
    this.heard();
    if (this.#asking) return;
    this.#asking = true;
    try {
      if (await this.#on.askWithoutPage()) this.agree();
    } catch (error) {
      // Whoever cannot be asked must not be kept either.
      console.error('the question before quitting failed', error);
      this.agree();
    } finally {
      this.#asking = false;
    }
  }

  /** True when everything is on the disk; else quit() follows when it is. */
  isSaved(): boolean {
    if (this.#saved || this.#saving) return this.#saved;
    this.#saving = true;
    let late: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((give) => {
      late = setTimeout(give, diskMs);
    });
    Promise.race([this.#on.save(), enough])
      .catch((error) => console.error('not saved', error))
      .finally(() => {
        clearTimeout(late);
        this.#saved = true;
        this.#on.quit();
      });
    return false;
  }
}
