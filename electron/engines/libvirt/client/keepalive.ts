import { emptyFrame, messageStatus, messageType } from './frame.ts';

/** virkeepaliveprotocol.x */
export const keepaliveProgram = 0x6b656570;
const keepaliveProcedure = { ping: 1, pong: 2 } as const;

function keepaliveFrame(procedure: number): Buffer {
  return emptyFrame({
    program: keepaliveProgram,
    version: 1,
    procedure,
    type: messageType.message,
    serial: 0,
    status: messageStatus.ok,
  });
}

/** Asks whether the peer is there when nothing has come for a while. Any byte from it counts as an answer. */
export class Keepalive {
  readonly #intervalMs: number;
  readonly #most: number;
  readonly #send: (frame: Buffer) => void;
  readonly #dead: () => void;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #heard = false;
  #paused = false;

  /**
   * @param intervalMs pause between two questions
   * @param most unanswered questions after which the peer counts as gone
   */
  constructor(intervalMs: number, most: number, send: (frame: Buffer) => void, dead: () => void) {
    this.#intervalMs = intervalMs;
    this.#most = most;
    this.#send = send;
    this.#dead = dead;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.#intervalMs);
    this.#timer.unref?.();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Bytes have come. */
  heard(): void {
    this.#heard = true;
    this.#unanswered = 0;
  }

  /**
   * Nothing is read until further notice. Silence means nothing then, and the peer's questions are unread as well: it
   * gets answers all the same, so that it does not give us up.
   */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** Answers a ping at once; a pong needs nothing. */
  receive(procedure: number): void {
    if (procedure === keepaliveProcedure.ping) this.#send(keepaliveFrame(keepaliveProcedure.pong));
  }

  #tick(): void {
    if (this.#paused) {
      this.#send(keepaliveFrame(keepaliveProcedure.pong));
      return;
    }
    if (this.#heard) {
      this.#heard = false;
      return;
    }
    if (this.#unanswered >= this.#most) {
      this.#dead();
      return;
    }
    this.#unanswered += 1;
    this.#send(keepaliveFrame(keepaliveProcedure.ping));
  }
}
