import type { LibvirtHost, RpcConnection } from './client/index.ts';
import { tooLate, within } from './deadline.ts';

/** The daemon answers no more calls of one connection at a time. */
const mostAtOnce = 4;

/**
 * Questions that may hang, over a spare connection, so that neither lists nor what a person asked for wait behind them.
 * One that is given up goes on in the daemon, and takes one of its few workers with it: so while four hang, nothing more
 * is asked.
 */
export class SideCalls {
  readonly #host: LibvirtHost;
  readonly #ms: number;
  readonly #waiting: ((mayAsk: boolean) => void)[] = [];
  #taken = 0;
  #stuck = 0;
  #opening: Promise<RpcConnection> | undefined;

  /** @param ms milliseconds for each answer */
  constructor(host: LibvirtHost, ms: number) {
    this.#host = host;
    this.#ms = ms;
  }

  async ask<T>(question: (connection: RpcConnection) => Promise<T>): Promise<T | typeof tooLate> {
    if (!(await this.#place())) return tooLate;
    const asked = this.#connection().then(question);
    let [ended, late] = [false, false];
    const back = (): void => {
      ended = true;
      if (late) this.#stuck -= 1;
      this.#free();
    };
    asked.then(back, back);
    const answer = await within(asked, this.#ms);
    if (answer === tooLate && !ended) {
      late = true;
      this.#stuck += 1;
      if (this.#stuck === mostAtOnce) for (const wait of this.#waiting.splice(0)) wait(false);
    }
    return answer;
  }

  #place(): Promise<boolean> {
    if (this.#stuck === mostAtOnce) return Promise.resolve(false);
    if (this.#taken === mostAtOnce) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
    return Promise.resolve(true);
  }

  #free(): void {
    const next = this.#waiting.shift();
    if (next) next(true);
    else this.#taken -= 1;
  }

  async #connection(): Promise<RpcConnection> {
    const before = this.#opening;
    const known = await before?.catch(() => undefined);
    if (known && !known.isLost) return known;
    if (known) this.#host.release(known);
    if (this.#opening === before) this.#opening = this.#host.spare();
    return this.#opening as Promise<RpcConnection>;
  }
}
