import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { decodeStruct, encodeStruct } from '../codec.ts';
import {
  emptyFrame,
  type Frame,
  FrameSplitter,
  type Header,
  messageStatus,
  messageType,
  prefixBytes,
  rawFrame,
  writeHeader,
} from '../frame.ts';
import type { remote_error } from '../generated/protocol-types.gen.ts';
import { keepaliveProgram } from '../keepalive.ts';
import { procedureNamed, procedureNumbered } from '../procedures.ts';

/** One client of the fake daemon, as a test sees it. */
export class FakeClient {
  readonly socket: net.Socket;
  /** Names of the procedures called, in order. */
  readonly calls: string[] = [];
  pings = 0;
  pongs = 0;

  constructor(socket: net.Socket) {
    this.socket = socket;
  }

  reply(to: Header, value?: unknown): void {
    const { ret } = procedureOf(to);
    const header = { ...to, type: messageType.reply, status: messageStatus.ok };
    this.socket.write(ret ? writeHeader(encodeStruct(ret, value, prefixBytes), header) : emptyFrame(header));
  }

  refuse(to: Header, code: number, message = `error ${code}`): void {
    const header = { ...to, type: messageType.reply, status: messageStatus.error };
    this.socket.write(writeHeader(encodeStruct('remote_error', errorOf(code, message), prefixBytes), header));
  }

  event(name: string, value: unknown): void {
    const { message, program, number } = procedureNamed(name);
    const header = { program, version: 1, procedure: number, type: messageType.message, serial: 0, status: 0 };
    this.socket.write(writeHeader(encodeStruct(message, value, prefixBytes), header));
  }

  /** A stream packet of the call that `to` was. */
  packet(to: Header, status: number, payload: Uint8Array = new Uint8Array()): boolean {
    return this.socket.write(rawFrame({ ...to, type: messageType.stream, status }, payload));
  }

  ping(): void {
    const header = {
      program: keepaliveProgram,
      version: 1,
      procedure: 1,
      type: messageType.message,
      serial: 0,
      status: 0,
    };
    this.socket.write(emptyFrame(header));
  }
}

/** What the fake daemon does with a call: arguments are decoded already. Return false to let it do the usual. */
export type Answer = (client: FakeClient, call: { name: string; args: unknown; frame: Frame }) => unknown;

/**
 * A small libvirt daemon for tests: it greets as one without authentication, and lets the test answer everything else,
 * in any order, or spoil the bytes.
 */
export class FakeServer {
  readonly path: string;
  readonly clients: FakeClient[] = [];
  answer: Answer = () => false;
  /** Answers pings of the client. */
  alive = true;
  readonly #folder: string;
  readonly #server: net.Server;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.path = path.join(folder, name);
    this.#server = net.createServer((socket) => this.#serve(socket));
  }

  /** @param name file name of the socket, for tests of the choice of sockets */
  static async start(name = 'libvirt-sock'): Promise<FakeServer> {
    const server = new FakeServer(await mkdtemp(path.join(os.tmpdir(), 'posada-fake-libvirt-')), name);
    await new Promise<void>((resolve) => server.#server.listen(server.path, resolve));
    return server;
  }

  get folder(): string {
    return this.#folder;
  }

  async stop(): Promise<void> {
    for (const { socket } of this.clients) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await rm(this.#folder, { recursive: true });
  }

  #serve(socket: net.Socket): void {
    const client = new FakeClient(socket);
    this.clients.push(client);
    const splitter = new FrameSplitter();
    // A client that ends the connection in the middle of our answer is what some tests are about.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => splitter.push(chunk, (frame) => this.#receive(client, frame)));
  }

  #receive(client: FakeClient, frame: Frame): void {
    if (frame.program === keepaliveProgram) {
      if (frame.procedure === 2) client.pongs += 1;
      else {
        client.pings += 1;
        if (this.alive) client.socket.write(emptyFrame({ ...frame, procedure: 2 }));
      }
      return;
    }
    const procedure = procedureOf(frame);
    if (frame.type === messageType.call) client.calls.push(procedure.name);
    const args =
      frame.type === messageType.call && procedure.args
        ? decodeStruct(procedure.args, frame.bytes, prefixBytes)
        : undefined;
    if (this.answer(client, { name: procedure.name, args, frame }) !== false) return;
    if (procedure.name === 'AUTH_LIST') client.reply(frame, { types: [0] });
    else if (procedure.name === 'CONNECT_SUPPORTS_FEATURE') client.reply(frame, { supported: 1 });
    else if (procedure.ret === '') client.reply(frame);
    else client.refuse(frame, 3, `${procedure.name} is not scripted`);
  }
}

function procedureOf({ program, procedure }: Header) {
  const found = procedureNumbered(program, procedure);
  if (!found) throw new Error(`no procedure ${procedure} of program ${program}`);
  return found;
}

function errorOf(code: number, message: string): remote_error {
  return {
    code,
    domain: 1,
    message,
    level: 2,
    dom: null,
    str1: null,
    str2: null,
    str3: null,
    int1: 0,
    int2: 0,
    net: null,
  };
}
