import type { Duplex } from 'node:stream';
import { decodeStruct, encodeStruct } from './codec.ts';
import { ConnectionLostError, LibvirtError, ProtocolError } from './errors.ts';
import {
  emptyFrame,
  type Frame,
  FrameSplitter,
  messageStatus,
  messageType,
  prefixBytes,
  rawFrame,
  writeHeader,
} from './frame.ts';
import type { EventMessages, Procedures, remote_error, StreamProcedure } from './generated/protocol-types.gen.ts';
import { Keepalive, keepaliveProgram } from './keepalive.ts';
import { Outbox } from './outbox.ts';
import { type Procedure, procedureNamed, procedureNumbered } from './procedures.ts';
import { LibvirtStream } from './stream.ts';

/** The daemon stops reading a client's socket past 5 calls (max_client_requests): one stays free for its pings. */
const mostInFlight = 4;
const protocolVersion = 1;

export interface CallOptions {
  /**
   * A call that has not been sent yet never is. One that has been goes on, and only the waiting stops: the protocol has
   * no cancel, and the call's place stays taken until it ends.
   */
  readonly signal?: AbortSignal | undefined;
}

type ArgsOf<P extends keyof Procedures> = Procedures[P]['args'] extends undefined
  ? [args?: undefined, options?: CallOptions]
  : [args: Procedures[P]['args'], options?: CallOptions];

export interface ConnectionEvents {
  /** A message that was registered for; it may come before the reply of the call that caused it. */
  event?<E extends keyof EventMessages>(name: E, message: EventMessages[E]): void;
  /** Told once, after every waiting call has been rejected with the same error. */
  lost?(error: ConnectionLostError): void;
  /** One of these threw. The connection goes on; without this the error is thrown again outside of it, uncaught. */
  listenerFailed?(error: unknown): void;
}

interface Pending {
  readonly procedure: Procedure;
  readonly frame: Buffer;
  settle(reply: { value: unknown } | { error: Error }): void;
}

/**
 * One connection to a libvirt daemon over any byte stream: calls, events, streams and keepalive. It trusts nothing
 * that comes in: bytes that make no sense end this connection, with an error for everything that waits on it.
 */
export class RpcConnection {
  readonly #socket: Duplex;
  readonly #events: ConnectionEvents;
  readonly #splitter = new FrameSplitter();
  readonly #outbox: Outbox;
  readonly #keepalive: Keepalive;
  readonly #inFlight = new Map<number, Pending>();
  readonly #streams = new Map<number, LibvirtStream>();
  readonly #queue: { serial: number; pending: Pending }[] = [];
  #serial = 0;
  #pauses = 0;
  #lost: ConnectionLostError | undefined;

  /** @param keepalive our own pings: interval in milliseconds, and how many may stay unanswered */
  constructor(socket: Duplex, events: ConnectionEvents = {}, keepalive = { intervalMs: 5000, count: 6 }) {
    this.#socket = socket;
    this.#outbox = new Outbox(socket);
    this.#events = events;
    this.#keepalive = new Keepalive(
      keepalive.intervalMs,
      keepalive.count,
      (frame) => this.#outbox.send(frame),
      () => {
        const seconds = Math.round((keepalive.intervalMs * keepalive.count) / 1000);
        const words = `no sign of life for ${seconds} seconds`;
        this.#lose(new ConnectionLostError('keepalive', words, undefined, seconds));
      },
    );
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error: Error) => this.#lose(new ConnectionLostError('socket', error.message, error)));
    socket.on('end', () => this.#lose(new ConnectionLostError('ended', 'the daemon ended the connection')));
    socket.on('close', () => this.#lose(new ConnectionLostError('ended', 'the connection was closed')));
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Begins our own pings. Every daemon since 0.9.8 answers them, before authentication too. */
  startKeepalive(): void {
    if (!this.#lost) this.#keepalive.start();
  }

  /**
   * Calls a procedure. At most four are under way at once, the others wait here.
   * @throws LibvirtError what the daemon answers; ConnectionLostError; RangeError for arguments that cannot be sent
   */
  call<P extends keyof Procedures>(name: P, ...[args, options]: ArgsOf<P>): Promise<Procedures[P]['ret']> {
    return this.#call(procedureNamed(name), args, options).then(({ value }) => value as Procedures[P]['ret']);
  }

  /** Calls a procedure that opens a stream. */
  async openStream<P extends StreamProcedure>(
    name: P,
    args: Procedures[P]['args'],
  ): Promise<{ stream: LibvirtStream; ret: Procedures[P]['ret'] }> {
    const procedure = procedureNamed(name);
    let stream: LibvirtStream | undefined;
    let serial = 0;
    // The stream must be there before the call is sent: the daemon's threads may send packets before the reply.
    const called = this.#call(procedure, args, undefined, (own) => {
      serial = own;
      stream = this.#makeStream(procedure, own);
    });
    try {
      const { value } = await called;
      if (!stream) throw new Error('unreachable: a reply without its serial');
      return { stream, ret: value as Procedures[P]['ret'] };
    } catch (error) {
      this.#streams.delete(serial);
      throw error;
    }
  }

  /** Ends the connection at once; waiting calls are rejected with the reason. `lost` is not told. */
  close(reason = new ConnectionLostError('closed', 'the connection was closed by us')): void {
    this.#lose(reason, false);
  }

  #call(
    procedure: Procedure,
    args: unknown,
    options?: CallOptions,
    begun?: (serial: number) => void,
  ): Promise<{ value: unknown }> {
    return new Promise((resolve, reject) => {
      if (this.#lost) throw this.#lost;
      options?.signal?.throwIfAborted();
      this.#serial = (this.#serial + 1) >>> 0;
      const serial = this.#serial;
      const header = {
        program: procedure.program,
        version: protocolVersion,
        procedure: procedure.number,
        type: messageType.call,
        serial,
        status: messageStatus.ok,
      };
      const frame = procedure.args
        ? writeHeader(encodeStruct(procedure.args, args, prefixBytes), header)
        : emptyFrame(header);
      const stopWaiting = (): void => {
        this.#withdraw(serial);
        reject(options?.signal?.reason);
      };
      options?.signal?.addEventListener('abort', stopWaiting, { once: true });
      begun?.(serial);
      this.#queue.push({
        serial,
        pending: {
          procedure,
          frame,
          settle: (reply) => {
            options?.signal?.removeEventListener('abort', stopWaiting);
            if ('error' in reply) reject(reply.error);
            else resolve(reply);
          },
        },
      });
      this.#sendQueued();
    });
  }

  #sendQueued(): void {
    while (this.#inFlight.size < mostInFlight) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#inFlight.set(next.serial, next.pending);
      this.#outbox.send(next.pending.frame);
    }
  }

  /** Drops a call that has not been sent. */
  #withdraw(serial: number): void {
    const at = this.#queue.findIndex((each) => each.serial === serial);
    if (at >= 0) this.#queue.splice(at, 1);
    const pending = this.#inFlight.get(serial);
    if (pending && this.#outbox.withdraw(pending.frame)) {
      this.#inFlight.delete(serial);
      this.#sendQueued();
    }
  }

  #makeStream(procedure: Procedure, serial: number): LibvirtStream {
    const stream = new LibvirtStream({
      send: (status, payload) => {
        const header = {
          program: procedure.program,
          version: protocolVersion,
          procedure: procedure.number,
          type: messageType.stream,
          serial,
          status,
        };
        return this.#outbox.send(rawFrame(header, payload));
      },
      drained: () => this.#outbox.drained(),
      pause: (paused) => {
        this.#pauses += paused ? 1 : -1;
        this.#keepalive.pause(this.#pauses > 0);
        if (this.#pauses > 0) this.#socket.pause();
        else this.#socket.resume();
      },
      forget: () => this.#streams.delete(serial),
    });
    this.#streams.set(serial, stream);
    return stream;
  }

  #receive(chunk: Buffer): void {
    if (this.#lost) return;
    this.#keepalive.heard();
    try {
      this.#splitter.push(chunk, (frame) => {
        if (!this.#lost) this.#route(frame);
      });
    } catch (error) {
      this.#lose(new ConnectionLostError('protocol', error instanceof Error ? error.message : String(error), error));
    }
  }

  #route(frame: Frame): void {
    if (frame.version !== protocolVersion) throw new ProtocolError(`protocol version ${frame.version}`);
    if (frame.program === keepaliveProgram) this.#keepalive.receive(frame.procedure);
    else if (frame.type === messageType.reply) this.#routeReply(frame);
    else if (frame.type === messageType.message) this.#routeEvent(frame);
    else if (frame.type === messageType.stream) this.#streams.get(frame.serial)?.receive(frame);
    else throw new ProtocolError(`a message of type ${frame.type}`);
  }

  #routeReply(frame: Frame): void {
    const pending = this.#inFlight.get(frame.serial);
    if (pending?.procedure.number !== frame.procedure || pending.procedure.program !== frame.program) {
      throw new ProtocolError(`a reply to no call: procedure ${frame.procedure}, serial ${frame.serial}`);
    }
    const { ret } = pending.procedure;
    let reply: { value: unknown } | { error: Error };
    if (frame.status === messageStatus.ok) {
      reply = { value: ret ? decodeStruct(ret, frame.bytes, prefixBytes) : undefined };
    } else if (frame.status === messageStatus.error) {
      reply = { error: new LibvirtError(decodeStruct('remote_error', frame.bytes, prefixBytes) as remote_error) };
    } else throw new ProtocolError(`a reply with status ${frame.status}`);
    this.#inFlight.delete(frame.serial);
    pending.settle(reply);
    this.#sendQueued();
  }

  #routeEvent(frame: Frame): void {
    const procedure = procedureNumbered(frame.program, frame.procedure);
    if (!procedure?.message) return; // of a newer daemon; nothing that was registered for
    const message = decodeStruct(procedure.message, frame.bytes, prefixBytes);
    this.#tell(() => this.#events.event?.(procedure.name as keyof EventMessages, message as never));
  }

  /** What a listener does wrong is no fault of the connection. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      queueMicrotask(() => {
        if (!this.#events.listenerFailed) throw error;
        this.#events.listenerFailed(error);
      });
    }
  }

  #lose(error: ConnectionLostError, tell = true): void {
    if (this.#lost) return;
    this.#lost = error;
    this.#keepalive.stop();
    this.#socket.destroy();
    const waiting = [...this.#inFlight.values(), ...this.#queue.map(({ pending }) => pending)];
    this.#inFlight.clear();
    this.#queue.length = 0;
    for (const pending of waiting) pending.settle({ error });
    for (const stream of this.#streams.values()) stream.lose(error);
    this.#streams.clear();
    if (tell) this.#tell(() => this.#events.lost?.(error));
  }
}
