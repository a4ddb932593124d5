import { virtualDisplay } from '../setup/display.mjs';
import { makeContainers, makeNodeFile } from './guests.mjs';

export const domains = 1000;
export const containers = 100;

/** The guests that several figures are about. @typedef {{ nodeFile: string }} ManyGuests */

/** What all figures of a run share, and what has to be undone after it. */
export class Bench {
  /** @type {(() => unknown)[]} */
  #undo = [];
  /** @type {Promise<ManyGuests> | undefined} */
  #manyGuests;
  #display = '';

  static async open() {
    const bench = new Bench();
    const screen = await virtualDisplay();
    bench.later(screen.stop);
    bench.#display = screen.display;
    return bench;
  }

  get display() {
    return this.#display;
  }

  /**
   * A thousand domains in a node file of libvirt's test driver and a hundred containers, made when first asked for.
   * @returns {Promise<ManyGuests>}
   */
  manyGuests() {
    this.#manyGuests ??= (async () => {
      const nodeFile = await makeNodeFile(this, domains);
      await makeContainers(this, containers);
      return { nodeFile };
    })();
    return this.#manyGuests;
  }

  /** @param {() => unknown} undo what to do at the end, also after a failure or Ctrl-C */
  later(undo) {
    this.#undo.push(undo);
  }

  async close() {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error('Something could not be undone:', error);
      }
    }
  }
}
