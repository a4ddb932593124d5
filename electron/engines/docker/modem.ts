import http from 'node:http';
import https from 'node:https';
import { abortError } from './deadline.ts';
import type { DockerTarget } from './docker-endpoint.ts';
import { DockerError, fromNetwork } from './docker-error.ts';

/** More than any answer in use here needs; a stream is not counted. */
const mostBytes = 64 * 1024 * 1024;

/** How long a TCP connection may be idle before the system asks whether the other side is still there. */
const idleMs = 30_000;

/** A request in dockerode's words: what its classes give to `modem.dial`. Only what we use of it. */
export interface Dial {
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly statusCodes: Readonly<Record<number, boolean | string>>;
  readonly isStream?: boolean;
  readonly abortSignal?: AbortSignal | undefined;
  readonly hijack?: boolean;
  readonly openStdin?: boolean;
  readonly file?: unknown;
}

/**
 * What carries dockerode's requests to the engine. dockerode takes any object with `dial`; this one stands in for
 * docker-modem because that one loads ssh2 (0.1 s), reads DOCKER_HOST behind our back, follows redirects, and never
 * answers when a body is cut off. One connection for each request: a daemon that restarts leaves no dead ones behind.
 */
export class Modem {
  /** dockerode makes its promises with this. */
  readonly Promise = Promise;
  /** Put before each path, for example `v1.41`; empty until it has been negotiated. */
  version = '';
  readonly #target: Exclude<DockerTarget, { kind: 'none' }>;

  constructor(target: Exclude<DockerTarget, { kind: 'none' }>) {
    this.#target = target;
  }

  /** dockerode's way in: the callback gets a {@link DockerError}, or parsed JSON, text, or the response's stream. */
  dial(dial: Dial, callback: (error: unknown, data: unknown) => void): void {
    if (dial.hijack || dial.openStdin || dial.file !== undefined) {
      callback(new DockerError('garbage', 'this modem has no hijacked or uploading requests yet'), undefined);
      return;
    }
    const { abortSignal: _signal, ...options } = dial.options ?? {};
    const query = dial.path.endsWith('?') ? queryString(options) : '';
    const path = (this.version && `/${this.version}`) + dial.path.replace(/\?$/, query && `?${query}`);
    const body = dial.method === 'POST' && Object.keys(options).length > 0 ? JSON.stringify(options) : undefined;
    const accepts = (status: number): boolean => dial.statusCodes[status] === true;
    this.request(dial.method, path, { body, signal: dial.abortSignal, accepts })
      .then((response) => (dial.isStream ? response : readAnswer(response)))
      .then(
        (data) => callback(null, data),
        (error: unknown) => callback(error, undefined),
      );
  }

  /** GETs a path of the negotiated version and gives its JSON. */
  get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.getAnywhere(`/${this.version}${path}`, signal);
  }

  /** The same with a path that begins with a version of its own. */
  async getAnywhere(path: string, signal: AbortSignal): Promise<unknown> {
    return readAnswer(await this.request('GET', path, { signal }));
  }

  /** Sends a change to a path with its version and waits for the whole answer, which says nothing of interest. */
  async change(method: 'POST' | 'DELETE', path: string, body: object | undefined, signal: AbortSignal): Promise<void> {
    const text = body && JSON.stringify(body);
    await readText(await this.request(method, path, { body: text, signal }));
  }

  /**
   * Sends a request; resolves with the response when its head is there and its status is accepted.
   * @param path with the version and the query
   * @throws DockerError
   */
  request(
    method: string,
    path: string,
    more: { body?: string | undefined; signal?: AbortSignal | undefined; accepts?: (status: number) => boolean },
  ): Promise<http.IncomingMessage> {
    const { body, signal, accepts = (status) => status >= 200 && status < 300 } = more;
    return new Promise((resolve, reject) => {
      const request = this.#begin(method, path, body);
      const onAbort = (): void => {
        if (signal) request.destroy(abortError(signal));
      };
      if (signal?.aborted) onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      request.on('close', () => signal?.removeEventListener('abort', onAbort));
      request.on('error', (error) => reject(fromNetwork(error)));
      request.on('response', (response) => {
        // A response destroyed by an abort or cut off by the engine emits this; whoever reads it hears it too.
        response.on('error', () => undefined);
        const status = response.statusCode ?? 0;
        if (accepts(status)) resolve(response);
        else readText(response).then((text) => reject(fromStatus(status, text)), reject);
      });
      request.end(body);
    });
  }

  #begin(method: string, path: string, body: string | undefined): http.ClientRequest {
    const target = this.#target;
    const headers = {
      // Docker wants a host, whatever it is.
      Host: target.kind === 'tcp' ? `${target.host}:${target.port}` : 'docker',
      ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    };
    if (target.kind === 'socket') return http.request({ socketPath: target.path, method, path, headers, agent: false });
    const { host, port, tls } = target;
    const options = { host, port, method, path, headers, agent: false as const };
    const { skipVerify, ...material } = tls ?? {};
    const request = tls
      ? https.request({ ...options, ...material, rejectUnauthorized: !skipVerify })
      : http.request(options);
    // Events, verbs and pings wait without a bound, and a network that drops an idle connection tells nobody.
    request.setSocketKeepAlive(true, idleMs);
    return request;
  }
}

/** What a body brings, as it is asked for. @throws DockerError when it is cut off or `signal` gives it up */
export async function* piecesOf(response: http.IncomingMessage, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* response as AsyncIterable<Buffer>;
  } catch (error) {
    throw signal.aborted ? abortError(signal) : fromNetwork(error);
  }
}

/** Reads a body to its end. @throws DockerError when it is cut off or far too large */
async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > mostBytes) throw new DockerError('garbage', `an answer of over ${mostBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw fromNetwork(error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readAnswer(response: http.IncomingMessage): Promise<unknown> {
  const text = await readText(response);
  if (text === '') return undefined;
  // Podman 4.3 sends figures without a content type; they are JSON all the same.
  if (!(response.headers['content-type'] ?? 'json').includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DockerError('garbage', `no JSON: ${text.slice(0, 200)}`, { cause: error });
  }
}

/** The engine's error body: `{message}`, from Podman also `{cause, response}`; old Docker sends plain text. */
function fromStatus(status: number, text: string): DockerError {
  let message = text.trim();
  let podmanCause: string | undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) {
      if ('message' in body && typeof body.message === 'string') message = body.message;
      if ('cause' in body && typeof body.cause === 'string') podmanCause = body.cause;
    }
  } catch {
    // Plain text is the message itself.
  }
  const told = message.slice(0, 4000) || http.STATUS_CODES[status] || String(status);
  return new DockerError('status', told, { status, ...(podmanCause !== undefined && { podmanCause }) });
}

/** As docker-modem writes it: objects as JSON, lists as repeated names. */
function queryString(options: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    for (const each of values) query.append(name, typeof each === 'object' ? JSON.stringify(each) : String(each));
  }
  return query.toString();
}
