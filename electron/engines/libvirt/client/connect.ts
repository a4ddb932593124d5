import net from 'node:net';
import os from 'node:os';
import type { Duplex } from 'node:stream';
import { type Authenticators, authenticate } from './auth.ts';
import { type ConnectionEvents, RpcConnection } from './connection.ts';
import { errorCode, feature } from './constants.ts';
import { ConnectError, LibvirtError } from './errors.ts';
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
  readonly keepalive?: { intervalMs: number; count: number };
  readonly environment?: SocketEnvironment;
  /** Gives up: the socket is destroyed and connect() rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Connects, authenticates and opens the URI.
 * @returns an open connection; its owner closes it
 * @throws ConnectError, UnsupportedAuthError, LibvirtError (refused, no such driver), ConnectionLostError, RangeError
 */
export async function connect(options: ConnectOptions, events: ConnectionEvents = {}): Promise<RpcConnection> {
  const { paths, name } = options.transport
    ? { paths: [], name: options.uri }
    : socketsFor(options.uri, options.environment ?? processEnvironment(), options.readOnly);
  const socket = await (options.transport?.() ?? connectFirst(options.socketPaths ?? paths));
  const connection = new RpcConnection(socket, events, options.keepalive);
  const giveUp = (): void => connection.close();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    if (options.signal?.aborted) giveUp();
    await authenticate(connection, options.authenticators);
    // The question also starts the daemon's own pings.
    const { supported } = await connection.call('CONNECT_SUPPORTS_FEATURE', { feature: feature.keepalive });
    if (supported) connection.startKeepalive();
    // A string always: null fails. Once only: a second one would lose the first.
    await connection.call('CONNECT_OPEN', { name, flags: options.readOnly ? 1 : 0 });
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
