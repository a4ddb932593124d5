import type { Duplex } from 'node:stream';

/** Bytes that may wait to be sent before a writer waits as well. */
const mostUnsentBytes = 1 << 20;

/** What is about to be sent: all messages of one turn go out in one write, after the promise callbacks that make them. */
export class Outbox {
  readonly #socket: Duplex;
  #frames: Buffer[] = [];
  #bytes = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Sends a message at the end of this turn; false: enough is unsent, wait for drained(). */
  send(frame: Buffer): boolean {
    this.#bytes += frame.length;
    if (this.#frames.push(frame) === 1) process.nextTick(() => this.#flush());
    // What this turn has not handed to the socket yet counts too: a turn may write a whole volume.
    return !this.#socket.writableNeedDrain && this.#socket.writableLength + this.#bytes < mostUnsentBytes;
  }

  /** Takes a message back; false: it is on its way. */
  withdraw(frame: Buffer): boolean {
    const at = this.#frames.indexOf(frame);
    if (at < 0) return false;
    this.#frames.splice(at, 1);
    this.#bytes -= frame.length;
    return true;
  }

  /** Resolves when the socket takes more, or is gone. */
  drained(): Promise<void> {
    this.#flush();
    if (this.#socket.destroyed || !this.#socket.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done).off('close', done);
        resolve();
      };
      this.#socket.on('drain', done).on('close', done);
    });
  }

  #flush(): void {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    if (frames.length === 0 || this.#socket.destroyed) return;
    this.#socket.write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  }
}
