import { decodeStruct } from './codec.ts';
import { type ConnectionLostError, LibvirtError, ProtocolError } from './errors.ts';
import { type Frame, messageStatus, mostStreamBytes, prefixBytes } from './frame.ts';
import type { remote_error } from './generated/protocol-types.gen.ts';

/** Unread bytes at which the socket is paused, and below which it goes on. */
const highWater = 1 << 20;
const lowWater = 1 << 18;

/** What a stream needs of its connection. */
export interface StreamLink {
  /** Sends a packet of this stream; false: the socket is full, wait for drained(). */
  send(status: number, payload: Uint8Array): boolean;
  drained(): Promise<void>;
  /** Stops or goes on with reading the whole connection: the protocol has no credits of its own. */
  pause(paused: boolean): void;
  /** No packet of this stream is expected any more. */
  forget(): void;
}

/**
 * Bytes that flow beside the calls of a connection: consoles, volume uploads and downloads. Back-pressure is that of
 * the socket, which all calls of the connection share: give bulk transfers a connection of their own.
 */
export class LibvirtStream implements AsyncIterable<Buffer> {
  readonly #link: StreamLink;
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #paused = false;
  #ended = false;
  #finishing: { resolve(): void; reject(error: Error): void } | undefined;
  #finished: Promise<void> | undefined;
  #error: Error | undefined;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(link: StreamLink) {
    this.#link = link;
  }

  /** Everything that the daemon sends, until it says that there is no more; then the stream is finished. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const chunk = await this.read();
        if (!chunk) break;
        yield chunk;
      }
    } finally {
      // Leaving the loop early, or by an error, gives up the rest.
      if (!this.#ended) this.abort();
    }
    await this.finish();
  }

  /** The next bytes, or undefined at the end of the data. Rejects with what ended the stream early. */
  async read(): Promise<Buffer | undefined> {
    while (this.#unread.length === 0) {
      if (this.#error) throw this.#error;
      if (this.#ended || this.#closed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const chunk = this.#unread.shift();
    this.#unreadBytes -= chunk?.length ?? 0;
    if (this.#unreadBytes < lowWater) this.#resume();
    return chunk;
  }

  /** Sends bytes; resolves when the socket takes more. Rejects with what ended the stream. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += mostStreamBytes) {
      if (this.#error) throw this.#error;
      if (this.#closed || this.#finished) throw new Error('the stream is closed');
      const room = this.#link.send(messageStatus.continue, bytes.subarray(at, at + mostStreamBytes));
      if (!room) await this.#link.drained();
    }
  }

  /**
   * Says that we have sent all and want no more; resolves when the daemon confirms, rejects with its error. What has not
   * been read is given up: the confirmation comes behind it.
   */
  finish(): Promise<void> {
    if (this.#error) return Promise.reject(this.#error);
    if (this.#closed) return Promise.resolve();
    this.#finished ??= new Promise((resolve, reject) => {
      this.#finishing = { resolve, reject };
      this.#unread = [];
      this.#unreadBytes = 0;
      this.#resume();
      this.#link.send(messageStatus.ok, new Uint8Array());
    });
    return this.#finished;
  }

  /** Gives the stream up; what was underway on the daemon's side ends. Safe to call at any time. */
  abort(): void {
    if (this.#closed || this.#error) return;
    this.#closed = true;
    this.#link.send(messageStatus.error, new Uint8Array());
    this.#settle(new Error('the stream was aborted'));
  }

  /** A packet of this stream has come; for the connection only. */
  receive(frame: Frame): void {
    if (frame.status === messageStatus.continue) {
      const payload = frame.bytes.subarray(prefixBytes);
      if (this.#closed) {
        // Late packets of an aborted stream; the empty one confirms that it is over.
        if (payload.length === 0) this.#link.forget();
        return;
      }
      if (payload.length === 0) this.#ended = true;
      else if (!this.#finished) {
        this.#unread.push(payload);
        this.#unreadBytes += payload.length;
        if (this.#unreadBytes > highWater) this.#pause();
      }
      this.#wakeReader();
      return;
    }
    if (frame.status === messageStatus.ok || this.#closed) {
      this.#link.forget();
      this.#closed = true;
      this.#resume();
      this.#finishing?.resolve();
      this.#wakeReader();
    } else if (frame.status === messageStatus.error) {
      // Decoded first: bytes that make no sense end the connection, and this stream with it.
      const error = new LibvirtError(decodeStruct('remote_error', frame.bytes, prefixBytes) as remote_error);
      this.#link.forget();
      this.#settle(error);
    } else throw new ProtocolError(`a stream packet with status ${frame.status}`);
  }

  /** The connection is gone; for the connection only. */
  lose(error: ConnectionLostError): void {
    if (!this.#closed) this.#settle(error);
  }

  #settle(error: Error): void {
    this.#error = error;
    this.#resume();
    this.#finishing?.reject(error);
    this.#wakeReader();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#link.pause(true);
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#link.pause(false);
  }

  #wakeReader(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
