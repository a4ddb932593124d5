import { authType, ConnectError, type HostEvents, LibvirtHost, type RpcConnection } from './client/index.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { logInWithoutAsking, type PolkitSurroundings } from './polkit.ts';
import { startSession } from './session-daemon.ts';

export interface HostSurroundings {
  readonly polkit?: PolkitSurroundings;
  startSession(signal: AbortSignal): Promise<boolean>;
}

const here: HostSurroundings = { startSession: (signal) => startSession(signal) };

/**
 * Connects to an endpoint as an app may that nobody has just asked to: it causes no question for a password, and starts
 * no daemon but that of the user's own session.
 * @throws what LibvirtHost.open() throws, WouldAskError
 */
export async function openHost(
  endpoint: LibvirtEndpoint,
  signal: AbortSignal,
  events: HostEvents,
  around: HostSurroundings = here,
): Promise<LibvirtHost> {
  const { uri, socketPath } = endpoint;
  const options = {
    ...{ uri, signal, ...(socketPath && { socketPaths: [socketPath] }) },
    authenticators: {
      [authType.polkit]: (connection: RpcConnection) => logInWithoutAsking(connection, around.polkit),
    },
  };
  try {
    return await LibvirtHost.open(options, events);
  } catch (error) {
    if (!isSession(endpoint) || !isNobody(error) || !(await around.startSession(signal))) throw error;
    return LibvirtHost.open(options, events);
  }
}

function isSession({ uri, socketPath }: LibvirtEndpoint): boolean {
  return socketPath === undefined && /^qemu(\+unix)?:\/\/\/session$/.test(uri);
}

function isNobody(error: unknown): boolean {
  return error instanceof ConnectError && error.tried.every(({ code }) => code === 'ENOENT' || code === 'ECONNREFUSED');
}
