import { virtualDisplay } from '../setup/display.mjs';
import { makeContainers, makeNodeFile } from './guests.mjs';

/** Takes what has to be undone later. @typedef {(undo: () => unknown) => void} Later */
/** The guests that several figures are about. @typedef {{ nodeFile: string }} ManyGuests */

export const domains = 1000;
export const containers = 100;

/** What all figures of a run share, and what has to be undone after it. */
export class Bench {
  /** After the run. @type {(() => unknown)[]} */
  #undoAll = [];
  /** After the figure. @type {(() => unknown)[]} */
  #undo = [];
  /** @type {Promise<ManyGuests> | undefined} */
  #manyGuests;
  #display = '';
  #closed = false;

  static async open() {
    const bench = new Bench();
    const screen = await virtualDisplay();
    bench.#undoAll.push(screen.stop);
    bench.#display = screen.display;
    return bench;
  }

  get display() {
    return this.#display;
  }

  get closed() {
    return this.#closed;
  }

  /**
   * A thousand domains in a node file of libvirt's test driver and a hundred containers, made when first asked for.
   * @returns {Promise<ManyGuests>}
   */
  manyGuests() {
    /** @type {Later} */
    const later = (undo) => this.#undoAll.push(undo);
    this.#manyGuests ??= (async () => {
      const nodeFile = await makeNodeFile(later, domains);
      await makeContainers(later, containers);
      return { nodeFile };
    })();
    return this.#manyGuests;
  }

  /** For what lasts as long as the figure that is being measured. @type {Later} */
  later(undo) {
    this.#undo.push(undo);
    if (this.#closed) void this.endFigure();
  }

  /** Ends what the figure has left, also after a failure. */
  async endFigure() {
    await undoAll(this.#undo);
  }

  /** Ends everything, also in the middle of a figure. */
  async close() {
    this.#closed = true;
    await this.#manyGuests?.catch(() => undefined); // else some would be made after their removal
    await this.endFigure();
    await undoAll(this.#undoAll);
  }
}

/** @param {(() => unknown)[]} undos */
async function undoAll(undos) {
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    try {
      await undo();
    } catch (error) {
      console.error('Something could not be undone:', error);
    }
  }
}
