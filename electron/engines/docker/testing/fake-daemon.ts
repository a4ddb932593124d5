import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import http from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Answers one request; what it returns is sent as JSON with status 200, undefined means that it answered itself. */
export type FakeAnswer = (request: http.IncomingMessage, response: http.ServerResponse, found: string[]) => unknown;

/** A container as the fake daemon lists and inspects it. */
export interface FakeContainer {
  id: string;
  name: string;
  state: string;
  labels?: Record<string, string>;
  /** More of an inspect's HostConfig. */
  host?: object;
  /** Names of its volumes. */
  volumes?: string[];
}

/**
 * A small engine on a socket of its own that does what a test tells it, above all what no real engine does on demand.
 * Answers by rules: the last rule whose pattern fits `METHOD /path` (without version and query) wins.
 */
export class FakeDaemon {
  readonly socket: string;
  /** `GET /v1.41/containers/json?all=1` and so on, in order of arrival. */
  readonly requests: string[] = [];
  readonly containers = new Map<string, FakeContainer>();
  /** Bodies of the requests that had one, parsed, in order of arrival. */
  readonly bodies: unknown[] = [];
  /** Event streams that are open now. */
  readonly streams = new Set<http.ServerResponse>();
  readonly #folder: string;
  readonly #rules: { pattern: RegExp; answer: FakeAnswer }[] = [];
  readonly #sockets = new Set<Socket>();
  #server: http.Server | undefined;
  /** While it is frozen: what it will answer afterwards. */
  #kept: (() => void)[] | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.socket = path.join(folder, 'engine.sock');
    this.on(/^GET \/_ping$/, (_request, response) => {
      response.writeHead(200, { 'Api-Version': '1.41', 'Content-Type': 'text/plain' }).end('OK');
    });
    this.on(/^GET \/info$/, () => ({ CgroupVersion: '2' }));
    this.on(/^GET \/version$/, () => ({ Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' }));
    this.on(/^GET \/events$/, (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
    });
    this.on(/^GET \/containers\/json$/, () => [...this.containers.values()].map(listed));
    this.on(/^GET \/containers\/([^/]+)\/json$/, (_request, response, [, id = '']) => {
      const container = this.containers.get(id);
      return container ? inspected(container) : refuse(response, 404, `No such container: ${id}`);
    });
  }

  static async start(): Promise<FakeDaemon> {
    const daemon = new FakeDaemon(await mkdtemp(path.join(tmpdir(), 'posada-test-fake-')));
    await daemon.listen();
    return daemon;
  }

  /** Listens (again) on the same socket. */
  async listen(): Promise<void> {
    const server = http.createServer((request, response) => this.#answer(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      // A client that leaves early is what some tests are about.
      socket.on('error', () => undefined);
    });
    this.#server = server;
    await rm(this.socket, { force: true });
    server.listen(this.socket);
    await once(server, 'listening');
  }

  on(pattern: RegExp, answer: FakeAnswer): void {
    this.#rules.unshift({ pattern, answer });
  }

  add(id: string, name: string, state = 'running', labels?: Record<string, string>): FakeContainer {
    const container: FakeContainer = { id: id.padEnd(64, 'x'), name, state, ...(labels && { labels }) };
    this.containers.set(container.id, container);
    return container;
  }

  /** Sends one event to every open stream. */
  emit(action: string, container: FakeContainer, type = 'container', attributes: Record<string, string> = {}): void {
    const own = type === 'container' ? { name: container.name, ...container.labels } : { container: container.id };
    const actor = { ID: type === 'container' ? container.id : 'net1', Attributes: { ...own, ...attributes } };
    this.send(`${JSON.stringify({ Type: type, Action: action, Actor: actor })}\n`);
  }

  send(bytes: string | Uint8Array): void {
    for (const stream of this.streams) stream.write(bytes);
  }

  /** How many requests fit. */
  count(pattern: RegExp): number {
    return this.requests.filter((request) => pattern.test(request)).length;
  }

  /** Takes requests and answers none until it is thawed, as a process that is stopped (SIGSTOP). */
  freeze(): void {
    this.#kept ??= [];
  }

  thaw(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const answer of kept) answer();
  }

  /** Goes away as a killed daemon does: the connections break, the socket file stays and nobody answers. */
  async die(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    // Node removes the socket's file on close; a killed daemon leaves it behind.
    await rename(this.socket, `${this.socket}.kept`);
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await rename(`${this.socket}.kept`, this.socket);
  }

  async close(): Promise<void> {
    await this.die();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (pieces.length > 0) this.bodies.push(JSON.parse(Buffer.concat(pieces).toString()));
    });
    if (this.#kept) this.#kept.push(() => this.#obey(request, response));
    else this.#obey(request, response);
  }

  #obey(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = '', url = '' } = request;
    const plain = `${method} ${url.replace(/^\/v\d+\.\d+/, '').replace(/\?.*$/, '')}`;
    for (const { pattern, answer } of this.#rules) {
      const found = pattern.exec(plain);
      if (!found) continue;
      const body = answer(request, response, [...found]);
      if (body !== undefined) {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      }
      return;
    }
    refuse(response, 404, 'page not found');
  }
}

/** Answers with the engine's form of an error. */
export function refuse(response: http.ServerResponse, status: number, message: string): undefined {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
}

const mountsOf = ({ volumes = [] }: FakeContainer): object[] =>
  volumes.map((Name) => ({ Type: 'volume', Name, Source: `/volumes/${Name}`, Destination: `/${Name}`, RW: true }));

function listed(container: FakeContainer): object {
  const { id, name, state, labels = {} } = container;
  return {
    Mounts: mountsOf(container),
    ...{ Id: id, Names: [`/${name}`], Image: 'busybox', Created: 1_700_000_000, State: state, Labels: labels },
    ...{ Ports: [], NetworkSettings: { Networks: {} } },
  };
}

/** The body of an inspect of it. */
export function inspected(container: FakeContainer): object {
  const { id, name, state, labels = {}, host = {} } = container;
  return {
    Mounts: mountsOf(container),
    ...{ Id: id, Name: `/${name}`, Created: '2023-11-14T22:13:20Z', Config: { Image: 'busybox', Labels: labels } },
    State: { Status: state, ExitCode: 0, OOMKilled: false, StartedAt: '2023-11-14T22:13:21Z' },
    ...{ HostConfig: { Memory: 0, NanoCpus: 0, ...host }, NetworkSettings: { Networks: {}, Ports: {} } },
  };
}
