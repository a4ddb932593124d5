import { type BrowserWindow, screen } from 'electron';
import { JsonFile } from './store/json-file.ts';
import { type Box, fitted, type WindowPlace, windowPlace } from './window-place.ts';

/** While a window is dragged its place changes many times a second. */
const settleMs = 500;

/** Remembers where the window was, from one start to the next. */
export class WindowKeeper {
  readonly #file: JsonFile<typeof windowPlace>;
  #kept: WindowPlace | undefined;
  #keep: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(file: string) {
    this.#file = new JsonFile(file, windowPlace);
  }

  /** Call after `ready`: it asks for the screens. */
  static async open(file: string): Promise<WindowKeeper> {
    const keeper = new WindowKeeper(file);
    try {
      keeper.#kept = await keeper.#file.read();
    } catch (error) {
      console.error('the place of the window cannot be read', error);
    }
    return keeper;
  }

  /** Where the window belongs on the screens that there are now; undefined: the usual place. */
  place(): { box: Box; maximised: boolean } | undefined {
    if (!this.#kept) return undefined;
    const first = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== first.id);
    const box = fitted(
      this.#kept.box,
      [first, ...others].map((display) => display.workArea),
    );
    return box && { box, maximised: this.#kept.maximised };
  }

  follow(window: BrowserWindow): void {
    this.#keep = () => {
      this.#settled();
      if (window.isDestroyed()) return;
      this.#file
        .write({ box: window.getNormalBounds(), maximised: window.isMaximized() })
        .catch((error) => console.error('the place of the window is not kept', error));
    };
    const later = (): void => {
      this.#settled();
      this.#timer = setTimeout(this.#keep, settleMs);
    };
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', later);
  }

  /** Resolves when the last place is on the disk, or could not be written. */
  flush(): Promise<void> {
    if (this.#timer) this.#keep();
    return this.#file.flush();
  }

  #settled(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
