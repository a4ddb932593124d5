import net from 'node:net';
import os from 'node:os';
import type { Duplex } from 'node:stream';
import { type Authenticators, authenticate } from './auth.ts';
import { type ConnectionEvents, RpcConnection } from './connection.ts';
import { errorCode, feature } from './constants.ts';
import { ConnectError, LibvirtError } from './errors.ts';
import { answerWithin, handshakeMs } from './handshake.ts';
import { type SocketEnvironment, socketsFor } from './uri.ts';

/** Opens the byte stream to a daemon. ssh and TLS come in here: any Duplex will do. */
export type Transport = () => Promise<Duplex>;

export interface ConnectOptions {
  /** For example qemu:///system; '' lets the daemon choose. */
  readonly uri: string;
  readonly readOnly?: boolean;
  /** Instead of the sockets that the URI stands for. */
  readonly socketPaths?: readonly string[] | undefined;
  readonly transport?: Transport | undefined;
  readonly authenticators?: Authenticators;
  /** Our own pings: the pause between two, and how many may stay unanswered. */
  readonly keepalive?: { intervalMs: number; count: number };
  /**
   * Whether the daemon pings as well (it does unless this is false), and drops us when we do not answer. Not where bulk
   * may pause the connection for long: only its owner knows for how long.
   */
  readonly daemonPings?: boolean;
  /** Milliseconds for each answer of the handshake that needs no person; 15 000 unless given. */
  readonly handshakeMs?: number;
  readonly environment?: SocketEnvironment;
  /** Gives up: the socket is destroyed and connect() rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Connects, authenticates and opens the URI.
 * @returns an open connection; its owner closes it
 * @throws ConnectError, UnsupportedAuthError, LibvirtError (refused, no such driver), ConnectionLostError (also when the
 *   daemon keeps silent), RangeError
 */
export async function connect(options: ConnectOptions, events: ConnectionEvents = {}): Promise<RpcConnection> {
  const { paths, name } = options.transport
    ? { paths: [], name: options.uri }
    : socketsFor(options.uri, options.environment ?? processEnvironment(), options.readOnly);
  const socket = await (options.transport?.() ?? connectFirst(options.socketPaths ?? paths));
  const connection = new RpcConnection(socket, events, options.keepalive);
  const giveUp = (): void => connection.close();
  const answerMs = options.handshakeMs ?? handshakeMs;
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    if (options.signal?.aborted) giveUp();
    // From the beginning: a daemon that dies while a person is asked for a password is noticed too.
    connection.startKeepalive();
    await authenticate(connection, options.authenticators, answerMs);
    // The question is what starts the daemon's own pings.
    if (options.daemonPings ?? true) {
      const asked = connection.call('CONNECT_SUPPORTS_FEATURE', { feature: feature.keepalive });
      await answerWithin(connection, answerMs, asked);
    }
    // A string always: null fails. Once only: a second one would lose the first.
    const opened = connection.call('CONNECT_OPEN', { name, flags: options.readOnly ? 1 : 0 });
    await answerWithin(connection, answerMs, opened);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** Registers to hear when the daemon loses the hypervisor behind the connection; not every daemon has that. */
export async function watchClose(connection: RpcConnection): Promise<void> {
  try {
    await connection.call('CONNECT_REGISTER_CLOSE_CALLBACK');
  } catch (error) {
    const missing = [errorCode.noSupport, errorCode.rpc] as readonly number[];
    if (!(error instanceof LibvirtError && missing.includes(error.code))) throw error;
  }
}

function processEnvironment(): SocketEnvironment {
  return { runtimeDirectory: process.env.XDG_RUNTIME_DIR, home: os.homedir() };
}

async function connectFirst(paths: readonly string[]): Promise<Duplex> {
  const tried: { path: string; code: string }[] = [];
  for (const path of paths) {
    try {
      return await connectSocket(path);
    } catch (error) {
      tried.push({ path, code: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN' });
    }
  }
  throw new ConnectError(tried);
}

function connectSocket(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = net.createConnection(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
