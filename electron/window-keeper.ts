import { type BrowserWindow, screen } from 'electron';
import { JsonFile } from './store/json-file.ts';
import { type Box, fitted, type WindowPlace, windowPlace } from './window-place.ts';

/** While a window is dragged its place changes many times a second. */
const settleMs = 500;

/** Remembers where the window was, from one start to the next. */
export class WindowKeeper {
  readonly #file: JsonFile<typeof windowPlace>;
  #kept: WindowPlace | undefined;

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
    let timer: NodeJS.Timeout | undefined;
    const keep = (): void => {
      clearTimeout(timer);
      if (window.isDestroyed()) return;
      this.#file
        .write({ box: window.getNormalBounds(), maximised: window.isMaximized() })
        .catch((error) => console.error('the place of the window is not kept', error));
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(keep, settleMs);
    };
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', later);
    window.on('close', keep);
  }
}
